package io.marmalade.conformance.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.marmalade.base.Hash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What 0.8.0 changes in a vector; the rules are applied in this order. */
enum Rule {
    CONTEXTS_NAME_SLOTS(
            "A refinement context gets the number of its anchor among the vector's recent blocks as"
                    + " anchor slot (0 if it is none of them), and a lookup-anchor state root of"
                    + " zeroes.",
            vector ->
                    vector.eachObject(object -> {
                        if (object.has("lookup_anchor_slot")) {
                            object.put(
                                    "anchor_slot",
                                    vector.slots.getOrDefault(object.path("anchor").asText(), 0L));
                            object.put("lookup_anchor_state_root", Hash.ZERO.toString());
                        }
                    })),

    SPECIFICATIONS_COUNT_SHARDS(
            "An availability specification gets as many erasure shards as there are active"
                    + " validators.",
            vector ->
                    vector.eachObject(object -> {
                        if (object.has("erasure_root")) {
                            object.put("erasure_shards", vector.activeValidators());
                        }
                    })),

    RECENT_BLOCKS_HAVE_SLOTS(
            "A recent block gets its number among the vector's recent blocks as slot; so does the"
                    + " input of history, whose block is the last.",
            vector -> {
                vector.eachObject(object -> {
                    if (Conversion.isRecentBlock(object)) {
                        object.put("slot", vector.slots.get(object.path("header_hash").asText()));
                    }
                });
                if (vector.part.equals("history")) {
                    ((ObjectNode) vector.json.path("input"))
                            .put("slot", vector.slots.get(vector.input("header_hash").asText()));
                }
            }),

    SERVICES_COUNT_TRANSFERS(
            "A service's record gets a count of no transfers.",
            vector ->
                    vector.eachObject(object -> {
                        if (object.has("accumulate_count")) {
                            object.put("accumulate_transfers", 0);
                        }
                    })),

    TICKETS_BY_SET_SIZE(
            "Where a ticket is refused for its entry index, what was the old bound becomes the new"
                    + " one: 2E over the size of the pending set, rounded up.",
            vector -> {
                if (vector.part.equals("safrole") && vector.error().equals("bad_ticket_attempt")) {
                    int bound =
                            Math.ceilDiv(
                                    2 * vector.after.epochLength(), vector.prior("gamma_k").size());
                    for (JsonNode ticket : vector.input("extrinsic")) {
                        if (ticket.path("attempt").asInt() == vector.before.ticketEntries()) {
                            ((ObjectNode) ticket).put("attempt", bound);
                        }
                    }
                }
            }),

    GUARANTEES_ARE_SIGNED_AGAIN(
            "A guarantor's signature that is valid is made again, by the same development key, for"
                    + " the report's new hash; one that is not stays what it is.",
            Rule::signGuarantees),

    PENDING_REPORTS_KEEP_GUARANTEES(
            "A pending report becomes a guarantee of it: the one of the input that put it there, or"
                    + " else one of the slot it was reported at, without signatures.",
            Rule::keepGuarantees),

    DISPUTES_NAME_NEW_HASHES(
            "Disputes about a pending report name its new hash: targets and records change with it,"
                    + " both are sorted again if they were sorted, and valid signatures are made"
                    + " again.",
            Rule::nameNewHashes),

    BAD_VERDICTS_NEED_NO_CULPRITS(
            "Where there were not enough culprits, the block is valid: the report is bad, and those"
                    + " culprits that there are become offenders.",
            Rule::acceptBadVerdicts),

    ASSURANCES_COUNT_BEFORE_ROTATION(
            "In the first block of an epoch, assurances are counted in the records of the epoch"
                    + " that ended.",
            Rule::countAssurancesBefore);

    private static final String GUARANTEE = "jam_guarantee";

    private final String text;
    private final Consumer<Conversion> change;

    Rule(String text, Consumer<Conversion> change) {
        this.text = text;
        this.change = change;
    }

    void apply(Conversion vector) {
        change.accept(vector);
    }

    @Override
    public String toString() {
        return text;
    }

    private static void signGuarantees(Conversion vector) {
        int next = 0;
        for (JsonNode guarantee : vector.input("guarantees")) {
            Hash oldHash = vector.guaranteedHashes.get(next++);
            Hash newHash = Conversion.reportHash(vector.after, guarantee.path("report"));
            for (JsonNode credential : guarantee.path("signatures")) {
                int index = credential.path("validator_index").asInt();
                for (String set : List.of("curr_validators", "prev_validators")) {
                    String key = vector.prior(set).path(index).path("ed25519").asText();
                    if (!key.isEmpty()
                            && DevelopmentKeys.isSigned(
                                    key,
                                    GUARANTEE,
                                    oldHash,
                                    credential.path("signature").asText())) {
                        ((ObjectNode) credential)
                                .put("signature", vector.keys.sign(key, GUARANTEE, newHash));
                        break;
                    }
                }
            }
        }
    }

    private static void keepGuarantees(Conversion vector) {
        for (String name : List.of("avail_assignments", "rho")) {
            for (String state : List.of("pre_state", "post_state")) {
                JsonNode cores = vector.json.path(state).path(name);
                for (int core = 0; core < cores.size(); core++) {
                    if (cores.get(core) instanceof ObjectNode pending) {
                        JsonNode report = pending.remove("report");
                        boolean isNew =
                                state.equals("post_state") && vector.prior(name).get(core).isNull();
                        pending.set(
                                "guarantee",
                                isNew ? guaranteeOf(vector, report) : unsigned(pending, report));
                    }
                }
            }
        }
    }

    private static JsonNode guaranteeOf(Conversion vector, JsonNode report) {
        for (JsonNode guarantee : vector.input("guarantees")) {
            if (guarantee.path("report").equals(report)) {
                return guarantee.deepCopy();
            }
        }
        throw new IllegalArgumentException("a new pending report without its guarantee");
    }

    private static JsonNode unsigned(ObjectNode pending, JsonNode report) {
        ObjectNode guarantee = pending.objectNode();
        guarantee.set("report", report);
        guarantee.set("slot", pending.path("timeout"));
        guarantee.set("signatures", pending.arrayNode());
        return guarantee;
    }

    private static void nameNewHashes(Conversion vector) {
        if (!vector.part.equals("disputes")) {
            return;
        }
        Map<String, Hash> renamed = new HashMap<>();
        for (int core = 0; core < vector.pendingHashes.size(); core++) {
            JsonNode pending = vector.prior("rho").get(core);
            if (!pending.isNull()) {
                renamed.put(
                        vector.pendingHashes.get(core).toString(),
                        Conversion.reportHash(
                                vector.after, pending.path("guarantee").path("report")));
            }
        }
        JsonNode disputes = vector.input("disputes");
        long epoch = vector.prior("tau").asLong() / vector.before.epochLength();
        for (JsonNode verdict : disputes.path("verdicts")) {
            String set = verdict.path("age").asLong() == epoch ? "kappa" : "lambda";
            for (JsonNode vote : verdict.path("votes")) {
                int index = vote.path("index").asInt();
                String key = vector.prior(set).path(index).path("ed25519").asText();
                signAgain(vector, renamed, verdict, vote, key, judgement(vote));
            }
        }
        for (JsonNode culprit : disputes.path("culprits")) {
            String key = culprit.path("key").asText();
            signAgain(vector, renamed, culprit, culprit, key, GUARANTEE);
        }
        for (JsonNode fault : disputes.path("faults")) {
            String key = fault.path("key").asText();
            signAgain(vector, renamed, fault, fault, key, judgement(fault));
        }
        for (String list : List.of("verdicts", "culprits", "faults")) {
            JsonNode items = disputes.path(list);
            boolean sorted = list.equals("verdicts") && isSortedByTarget(items);
            for (JsonNode item : items) {
                Hash target = renamed.get(item.path("target").asText());
                if (target != null) {
                    ((ObjectNode) item).put("target", target.toString());
                }
            }
            if (sorted) {
                sortByTarget((ArrayNode) items);
            }
        }
        for (String state : List.of("pre_state", "post_state")) {
            JsonNode records = vector.json.path(state).path("psi");
            for (String kind : List.of("good", "bad", "wonky")) {
                if (records.path(kind) instanceof ArrayNode hashes) {
                    for (int i = 0; i < hashes.size(); i++) {
                        Hash target = renamed.get(hashes.get(i).asText());
                        if (target != null) {
                            hashes.set(i, target.toString());
                        }
                    }
                    Conversion.sort(hashes);
                }
            }
        }
    }

    private static String judgement(JsonNode item) {
        return item.path("vote").asBoolean() ? "jam_valid" : "jam_invalid";
    }

    private static void signAgain(
            Conversion vector,
            Map<String, Hash> renamed,
            JsonNode about,
            JsonNode signed,
            String key,
            String context) {
        Hash target = renamed.get(about.path("target").asText());
        if (target != null
                && !key.isEmpty()
                && DevelopmentKeys.isSigned(
                        key,
                        context,
                        Conversion.hash(about.path("target")),
                        signed.path("signature").asText())) {
            ((ObjectNode) signed).put("signature", vector.keys.sign(key, context, target));
        }
    }

    private static boolean isSortedByTarget(JsonNode items) {
        for (int i = 1; i < items.size(); i++) {
            String target = items.get(i).path("target").asText();
            if (items.get(i - 1).path("target").asText().compareTo(target) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static void sortByTarget(ArrayNode items) {
        List<JsonNode> sorted = new ArrayList<>();
        items.forEach(sorted::add);
        sorted.sort(Comparator.comparing(item -> item.path("target").asText()));
        items.removeAll();
        sorted.forEach(items::add);
    }

    private static void acceptBadVerdicts(Conversion vector) {
        if (!vector.error().equals("not_enough_culprits")) {
            return;
        }
        JsonNode disputes = vector.input("disputes");
        ObjectNode posterior = vector.prior("psi").deepCopy();
        for (JsonNode verdict : disputes.path("verdicts")) {
            for (JsonNode vote : verdict.path("votes")) {
                if (vote.path("vote").asBoolean()) {
                    throw new IllegalArgumentException("not enough culprits of a verdict not bad");
                }
            }
            ((ArrayNode) posterior.path("bad")).add(verdict.path("target"));
            JsonNode cores = vector.posterior("rho");
            for (int core = 0; core < cores.size(); core++) {
                JsonNode report = cores.get(core).path("guarantee").path("report");
                if (report.isObject()
                        && Conversion.reportHash(vector.after, report)
                                .equals(Conversion.hash(verdict.path("target")))) {
                    ((ArrayNode) cores).set(core, NullNode.getInstance());
                }
            }
        }
        Conversion.sort(posterior.path("bad"));
        ObjectNode output = vector.json.putObject("output");
        ArrayNode mark = output.putObject("ok").putArray("offenders_mark");
        for (String list : List.of("culprits", "faults")) {
            for (JsonNode item : disputes.path(list)) {
                mark.add(item.path("key"));
                ((ArrayNode) posterior.path("offenders")).add(item.path("key"));
            }
        }
        Conversion.sort(posterior.path("offenders"));
        ((ObjectNode) vector.json.path("post_state")).set("psi", posterior);
    }

    private static void countAssurancesBefore(Conversion vector) {
        if (!vector.part.equals("statistics")) {
            return;
        }
        long epochLength = vector.before.epochLength();
        long epoch = vector.input("slot").asLong() / epochLength;
        if (epoch == vector.prior("slot").asLong() / epochLength) {
            return;
        }
        for (JsonNode assurance : vector.input("extrinsic").path("assurances")) {
            int index = assurance.path("validator_index").asInt();
            count(vector.posterior("vals_curr_stats").path(index), -1);
            count(vector.posterior("vals_last_stats").path(index), 1);
        }
    }

    private static void count(JsonNode record, int difference) {
        ((ObjectNode) record).put("assurances", record.path("assurances").asLong() + difference);
    }
}
