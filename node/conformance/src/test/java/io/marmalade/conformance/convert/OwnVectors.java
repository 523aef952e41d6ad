package io.marmalade.conformance.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.chain.authoring.ValidatorSecrets;
import io.marmalade.conformance.json.Structures;
import io.marmalade.crypto.bandersnatch.RingRoots;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.crypto.shuffle.Shuffle;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.ValidatorKeys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Vectors of our own for what 0.8.0 changed in the transition, built from the paper's text: states
 * and outputs are written down here, not taken from the transition. {@code main} writes them as
 * resources, in the format of the public vectors.
 *
 * <p>Sets of other sizes than six need parameters with more than two cores: the full ones, under
 * which a chain may have as few validators as it likes.
 */
final class OwnVectors {
    /**
     * A vector.
     *
     * @param label what of the paper it tests
     */
    record Case(String part, String size, String name, String label, String text, ObjectNode json) {
        ProtocolConfig config() {
            return OwnVectors.config(size);
        }

        String file() {
            return part + "/" + size + "/" + name + "-1";
        }

        byte[] encoded() {
            return Structures.named("stf-" + part).orElseThrow().encode(config(), json);
        }
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String INVALID = "jam_invalid";

    private final List<Case> cases = new ArrayList<>();
    private final DevelopmentKeys keys = new DevelopmentKeys();

    private OwnVectors() {
        disputes();
        assurances();
        safrole();
        reports();
        statistics();
        history();
        cases.addAll(AccumulateCases.all());
    }

    static List<Case> all() {
        return List.copyOf(new OwnVectors().cases);
    }

    static ProtocolConfig config(String size) {
        return size.equals("tiny")
                ? ProtocolConfig.tiny(ProtocolVersion.V0_8_0)
                : ProtocolConfig.full(ProtocolVersion.V0_8_0);
    }

    /**
     * Writes all vectors.
     *
     * @param arguments the folder that they go to
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        StringBuilder list = new StringBuilder();
        for (Case each : all()) {
            Path file = folder.resolve(each.file() + ".bin");
            Files.createDirectories(file.getParent());
            Files.write(file, each.encoded());
            if (each.size.equals("tiny")) {
                Files.writeString(
                        folder.resolve(each.file() + ".json"),
                        new ObjectMapper()
                                        .writerWithDefaultPrettyPrinter()
                                        .writeValueAsString(each.json)
                                + "\n");
            }
            list.append(each.file()).append("  ").append(each.label).append("  ");
            list.append(each.text).append('\n');
        }
        Files.writeString(folder.resolve("cases.txt"), list.toString());
    }

    private void add(
            String part, String size, String name, String label, String text, ObjectNode json) {
        cases.add(new Case(part, size, name, label, text, json));
    }

    // ---- what all parts have

    private static Hash hash(String text) {
        return Blake2b.hash(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String zeroes(int octets) {
        return Bytes.of(new byte[octets]).toString();
    }

    private static ValidatorKeys keysOf(int seed) {
        return ValidatorSecrets.ofSeed(ValidatorSecrets.trivialSeed(seed)).keys();
    }

    private static ArrayNode validators(int from, int count) {
        ArrayNode set = JSON.arrayNode();
        for (int i = from; i < from + count; i++) {
            set.addObject()
                    .put("bandersnatch", keysOf(i).bandersnatch().toString())
                    .put("ed25519", keysOf(i).ed25519().toString())
                    .put("bls", zeroes(144))
                    .put("metadata", zeroes(128));
        }
        return set;
    }

    private String sign(int validator, String context, Hash hash) {
        return keys.sign(keysOf(validator).ed25519().toString(), context, hash);
    }

    static ObjectNode report(int core, int shards, Hash anchor, long anchorSlot) {
        ObjectNode report = JSON.objectNode();
        report.putObject("package_spec")
                .put("hash", hash("package " + core).toString())
                .put("length", 1000)
                .put("erasure_root", hash("erasure root").toString())
                .put("erasure_shards", shards)
                .put("exports_root", hash("exports root").toString())
                .put("exports_count", 0);
        report.putObject("context")
                .put("anchor", anchor.toString())
                .put("anchor_slot", anchorSlot)
                .put("state_root", hash("state root").toString())
                .put("beefy_root", hash("super-peak").toString())
                .put("lookup_anchor", hash("lookup anchor").toString())
                .put("lookup_anchor_slot", anchorSlot)
                .put("lookup_anchor_state_root", hash("lookup state root").toString())
                .putArray("prerequisites");
        report.put("core_index", core)
                .put("authorizer_hash", hash("authorizer").toString())
                .put("auth_gas_used", 0)
                .put("auth_output", "0x");
        report.putArray("segment_root_lookup");
        ObjectNode digest = report.putArray("results").addObject();
        digest.put("service_id", 42)
                .put("code_hash", hash("code").toString())
                .put("payload_hash", hash("payload").toString())
                .put("accumulate_gas", 100);
        digest.putObject("result").put("ok", "0x");
        digest.putObject("refine_load")
                .put("gas_used", 0)
                .put("imports", 0)
                .put("extrinsic_count", 0)
                .put("extrinsic_size", 0)
                .put("exports", 0);
        return report;
    }

    private static ArrayNode nothing(int count) {
        ArrayNode list = JSON.arrayNode();
        IntStream.range(0, count).forEach(i -> list.addNull());
        return list;
    }

    private static ObjectNode pending(ObjectNode report, long slot) {
        ObjectNode pending = JSON.objectNode();
        ObjectNode guarantee = pending.putObject("guarantee");
        guarantee.set("report", report);
        guarantee.put("slot", slot).putArray("signatures");
        return pending.put("timeout", slot);
    }

    private static ObjectNode vector(
            ObjectNode input, ObjectNode prior, JsonNode output, ObjectNode posterior) {
        ObjectNode vector = JSON.objectNode();
        vector.set("input", input);
        vector.set("pre_state", prior);
        vector.set("output", output);
        vector.set("post_state", posterior);
        return vector;
    }

    private static ObjectNode error(String name) {
        return JSON.objectNode().put("err", name);
    }

    // ---- disputes

    private ObjectNode verdict(Hash target, long epoch, int firstSeed, int... indices) {
        ObjectNode verdict = JSON.objectNode().put("target", target.toString()).put("age", epoch);
        ArrayNode votes = verdict.putArray("votes");
        for (int index : indices) {
            votes.addObject()
                    .put("vote", false)
                    .put("index", index)
                    .put("signature", sign(firstSeed + index, INVALID, target));
        }
        return verdict;
    }

    private static ObjectNode judged(
            int cores, long timeslot, ArrayNode active, ArrayNode previous) {
        ObjectNode state = JSON.objectNode();
        ObjectNode records = state.putObject("psi");
        for (String kind : List.of("good", "bad", "wonky", "offenders")) {
            records.putArray(kind);
        }
        state.set("rho", nothing(cores));
        state.put("tau", timeslot);
        state.set("kappa", active);
        state.set("lambda", previous);
        return state;
    }

    private static ObjectNode found(List<ObjectNode> verdicts) {
        ObjectNode input = JSON.objectNode();
        ObjectNode disputes = input.putObject("disputes");
        disputes.putArray("verdicts").addAll(verdicts);
        disputes.putArray("culprits");
        disputes.putArray("faults");
        return input;
    }

    private static ObjectNode bad(ObjectNode prior, List<Hash> targets) {
        ObjectNode posterior = prior.deepCopy();
        targets.stream()
                .sorted()
                .forEach(target ->
                        ((ArrayNode) posterior.path("psi").path("bad")).add(target.toString()));
        return posterior;
    }

    private static ObjectNode noOffenders() {
        ObjectNode output = JSON.objectNode();
        output.putObject("ok").putArray("offenders_mark");
        return output;
    }

    private void disputes() {
        ObjectNode six = judged(2, 5, validators(0, 6), validators(6, 6));
        Hash target = hash("a disputed report");
        List<ObjectNode> one = List.of(verdict(target, 0, 0, 0, 1, 2, 3, 4));
        add(
                "disputes",
                "tiny",
                "bad_verdict_without_culprits",
                "sec:disputes",
                "no culprit is needed",
                vector(found(one), six, noOffenders(), bad(six, List.of(target))));
        ObjectNode engaged = six.deepCopy();
        ObjectNode report = report(1, 6, hash("anchor"), 3);
        Hash reportHash = Conversion.reportHash(config("tiny"), report);
        ((ArrayNode) engaged.path("rho")).set(1, pending(report, 4));
        ObjectNode cleared = bad(six, List.of(reportHash));
        add(
                "disputes",
                "tiny",
                "bad_verdict_clears_the_core",
                "eq:removenonpositive",
                "a pending report is known by its hash under 0.8.0",
                vector(
                        found(List.of(verdict(reportHash, 0, 0, 1, 2, 3, 4, 5))),
                        engaged,
                        noOffenders(),
                        cleared));
        add(
                "disputes",
                "tiny",
                "too_few_votes",
                "eq:verdicts",
                "four votes of six validators",
                vector(
                        found(List.of(verdict(target, 0, 0, 0, 1, 2, 3))),
                        six,
                        error("bad_judgement_count"),
                        six));
        add(
                "disputes",
                "tiny",
                "too_many_votes",
                "eq:verdicts",
                "six votes of six validators",
                vector(
                        found(List.of(verdict(target, 0, 0, 0, 1, 2, 3, 4, 5))),
                        six,
                        error("bad_judgement_count"),
                        six));
        add(
                "disputes",
                "tiny",
                "repeated_vote",
                "eq:verdicts",
                "the fourth judge twice",
                vector(
                        found(List.of(verdict(target, 0, 0, 0, 1, 2, 3, 3))),
                        six,
                        error("judgements_not_sorted_unique"),
                        six));
        for (String list : List.of("culprits", "faults")) {
            ObjectNode many = found(one);
            IntStream.range(0, 17)
                    .mapToObj(OwnVectors::keysOf)
                    .map(ValidatorKeys::ed25519)
                    .sorted()
                    .forEach(key -> {
                        ObjectNode item =
                                ((ArrayNode) many.path("disputes").path(list)).addObject();
                        item.put("target", target.toString());
                        if (list.equals("faults")) {
                            item.put("vote", true);
                        }
                        String context = list.equals("faults") ? "jam_valid" : "jam_guarantee";
                        item.put("key", key.toString())
                                .put("signature", keys.sign(key.toString(), context, target));
                    });
            add(
                    "disputes",
                    "tiny",
                    "seventeen_" + list,
                    "sec:disputes",
                    "at most sixteen " + list,
                    vector(many, six, error("too_many"), six));
        }
        for (int count : new int[] {16, 17}) {
            List<Hash> targets =
                    IntStream.range(0, count).mapToObj(i -> hash("report " + i)).sorted().toList();
            List<ObjectNode> verdicts =
                    targets.stream().map(each -> verdict(each, 0, 0, 0, 1, 2, 3, 4)).toList();
            add(
                    "disputes",
                    "tiny",
                    count == 16 ? "sixteen_verdicts" : "seventeen_verdicts",
                    "sec:disputes",
                    "at most sixteen verdicts",
                    vector(
                            found(verdicts),
                            six,
                            count == 16 ? noOffenders() : error("too_many"),
                            count == 16 ? bad(six, targets) : six));
        }
        ObjectNode resized = judged(341, 600, validators(0, 6), validators(6, 9));
        add(
                "disputes",
                "full",
                "verdict_of_a_larger_previous_set",
                "eq:verdicts",
                "seven votes of nine validators of the epoch before, among them the ninth",
                vector(
                        found(List.of(verdict(target, 0, 6, 1, 2, 3, 5, 6, 7, 8))),
                        resized,
                        noOffenders(),
                        bad(resized, List.of(target))));
        add(
                "disputes",
                "full",
                "votes_counted_by_the_wrong_set",
                "eq:verdicts",
                "five votes, which would do in the present epoch",
                vector(
                        found(List.of(verdict(target, 0, 6, 0, 1, 2, 3, 4))),
                        resized,
                        error("bad_judgement_count"),
                        resized));
        add(
                "disputes",
                "full",
                "verdict_of_a_smaller_active_set",
                "eq:verdicts",
                "five votes of six validators of the present epoch",
                vector(
                        found(List.of(verdict(target, 1, 0, 1, 2, 3, 4, 5))),
                        resized,
                        noOffenders(),
                        bad(resized, List.of(target))));
    }

    // ---- assurances

    private ArrayNode assurances(int cores, Hash parent, int count) {
        byte[] bits = new byte[(cores + 7) / 8];
        bits[0] = 1;
        Hash signed = Blake2b.hash(parent.octets(), bits);
        ArrayNode assurances = JSON.arrayNode();
        for (int i = 0; i < count; i++) {
            assurances
                    .addObject()
                    .put("anchor", parent.toString())
                    .put("bitfield", Bytes.of(bits).toString())
                    .put("validator_index", i)
                    .put("signature", sign(i, "jam_available", signed));
        }
        return assurances;
    }

    private void assurances() {
        Hash parent = hash("parent");
        record Shape(String name, String text, int after, int assurers, boolean kept) {}
        for (Shape shape :
                List.of(
                        new Shape("resize_clears_all_cores", "nothing is stale", 6, 6, false),
                        new Shape("available_while_resizing", "7 of 9 assure", 6, 7, false),
                        new Shape("growing_clears_all_cores", "from 9 to 12", 12, 0, false),
                        new Shape("same_size_clears_nothing", "6 of 9 assure", 9, 6, true))) {
            ObjectNode input = JSON.objectNode();
            input.set("assurances", assurances(341, parent, shape.assurers));
            input.put("slot", 601).put("parent", parent.toString());
            ObjectNode prior = JSON.objectNode();
            ArrayNode cores = nothing(341);
            for (int core = 0; core < 3; core++) {
                cores.set(core, pending(report(core, 9, hash("anchor"), 590), 599));
            }
            prior.set("avail_assignments", cores);
            prior.set("curr_validators", validators(0, 9));
            ObjectNode posterior = prior.deepCopy();
            posterior.set("curr_validators", validators(0, shape.after));
            if (!shape.kept) {
                posterior.set("avail_assignments", nothing(341));
            }
            ObjectNode output = JSON.objectNode();
            ArrayNode reported = output.putObject("ok").putArray("reported");
            if (shape.assurers > 6) {
                reported.add(report(0, 9, hash("anchor"), 590));
            }
            add(
                    "assurances",
                    "full",
                    shape.name,
                    "eq:reportspostguaranteesdef",
                    shape.text,
                    vector(input, prior, output, posterior));
        }
    }

    // ---- Safrole

    private static ArrayNode hashes(Hash... hashes) {
        ArrayNode list = JSON.arrayNode();
        for (Hash each : hashes) {
            list.add(each.toString());
        }
        return list;
    }

    private static String ringRoot(int from, int count) {
        List<BandersnatchKey> ring =
                IntStream.range(from, from + count)
                        .mapToObj(i -> keysOf(i).bandersnatch())
                        .toList();
        return RingRoots.of(ring).toString();
    }

    private static ObjectNode fallback(Hash entropy, int from, int count) {
        ObjectNode choice = JSON.objectNode();
        ArrayNode sequence = choice.putArray("keys");
        for (int i = 0; i < 600; i++) {
            byte[] slot = {(byte) i, (byte) (i >> 8), 0, 0};
            byte[] draw = Blake2b.hash(entropy.octets(), slot).toArray();
            long number = 0;
            for (int octet = 3; octet >= 0; octet--) {
                number = number << 8 | draw[octet] & 0xff;
            }
            sequence.add(keysOf(from + (int) (number % count)).bandersnatch().toString());
        }
        return choice;
    }

    private void safrole() {
        Hash[] eta = {hash("eta 0"), hash("eta 1"), hash("eta 2"), hash("eta 3")};
        Hash entropy = hash("entropy");
        ObjectNode prior = JSON.objectNode().put("tau", 599);
        prior.set("eta", hashes(eta));
        prior.set("lambda", validators(0, 12));
        prior.set("kappa", validators(12, 6));
        prior.set("gamma_k", validators(18, 9));
        prior.set("iota", validators(27, 15));
        prior.putArray("gamma_a");
        prior.set("gamma_s", fallback(eta[2], 12, 6));
        prior.put("gamma_z", ringRoot(18, 9)).putArray("post_offenders");
        ObjectNode input = JSON.objectNode().put("slot", 600).put("entropy", entropy.toString());
        input.putArray("extrinsic");
        ObjectNode posterior = prior.deepCopy().put("tau", 600);
        Hash mixed = Blake2b.hash(eta[0].octets(), entropy.octets());
        posterior.set("eta", hashes(mixed, eta[0], eta[1], eta[2]));
        posterior.set("lambda", validators(12, 6));
        posterior.set("kappa", validators(18, 9));
        posterior.set("gamma_k", validators(27, 15));
        posterior.set("gamma_s", fallback(eta[1], 18, 9));
        posterior.put("gamma_z", ringRoot(27, 15));
        ObjectNode output = JSON.objectNode();
        ObjectNode marks = output.putObject("ok");
        ObjectNode mark = marks.putObject("epoch_mark");
        mark.put("entropy", eta[0].toString()).put("tickets_entropy", eta[1].toString());
        ArrayNode marked = mark.putArray("validators");
        for (int i = 27; i < 42; i++) {
            marked.addObject()
                    .put("bandersnatch", keysOf(i).bandersnatch().toString())
                    .put("ed25519", keysOf(i).ed25519().toString());
        }
        marks.putNull("tickets_mark");
        add(
                "safrole",
                "full",
                "epoch_change_with_resize",
                "eq:fallbackkeysequence",
                "sets of 12, 6, 9 and 15 validators move up",
                vector(input, prior, output, posterior));
        record Bound(int pending, int attempt) {}
        for (Bound bound : List.of(new Bound(6, 200), new Bound(9, 134), new Bound(15, 80))) {
            ObjectNode set = prior.deepCopy().put("tau", 5);
            set.set("gamma_k", validators(18, bound.pending));
            set.put("gamma_z", ringRoot(18, bound.pending));
            ObjectNode ticket = input.deepCopy().put("slot", 6);
            ((ArrayNode) ticket.path("extrinsic"))
                    .addObject()
                    .put("attempt", bound.attempt)
                    .put("signature", zeroes(784));
            add(
                    "safrole",
                    "full",
                    "attempt_at_the_bound_of_" + bound.pending,
                    "eq:ticketsextrinsic",
                    "entries 0.." + (bound.attempt - 1) + " with " + bound.pending + " validators",
                    vector(ticket, set, error("bad_ticket_attempt"), set));
            ObjectNode below = ticket.deepCopy();
            ((ObjectNode) below.path("extrinsic").get(0)).put("attempt", bound.attempt - 1);
            add(
                    "safrole",
                    "full",
                    "attempt_below_the_bound_of_" + bound.pending,
                    "eq:ticketsextrinsic",
                    "the entry is allowed, its proof is of zeroes",
                    vector(below, set, error("bad_ticket_proof"), set));
        }
    }

    // ---- reports

    private static final Hash ANCHOR = hash("anchor");
    private static final long ANCHOR_SLOT = 596;

    private static ObjectNode reporting(
            int cores, Hash[] eta, ArrayNode active, ArrayNode previous) {
        ObjectNode state = JSON.objectNode();
        state.set("avail_assignments", nothing(cores));
        state.set("curr_validators", active);
        state.set("prev_validators", previous);
        state.set("entropy", hashes(eta));
        state.putArray("offenders");
        ObjectNode history = state.putObject("recent_blocks");
        ObjectNode block = history.putArray("history").addObject();
        block.put("header_hash", ANCHOR.toString())
                .put("beefy_root", hash("super-peak").toString())
                .put("state_root", hash("state root").toString())
                .put("slot", ANCHOR_SLOT)
                .putArray("reported");
        history.putObject("mmr").putArray("peaks");
        ArrayNode pools = state.putArray("auth_pools");
        for (int core = 0; core < cores; core++) {
            pools.addArray().add(hash("authorizer").toString());
        }
        ObjectNode account = state.putArray("accounts").addObject().put("id", 42);
        account.putObject("data")
                .putObject("service")
                .put("version", 0)
                .put("code_hash", hash("code").toString())
                .put("balance", 10_000)
                .put("min_item_gas", 10)
                .put("min_memo_gas", 10)
                .put("bytes", 0)
                .put("deposit_offset", 0)
                .put("items", 0)
                .put("creation_slot", 0)
                .put("last_accumulation_slot", 0)
                .put("parent_service", 0);
        ArrayNode statistics = state.putArray("cores_statistics");
        for (int core = 0; core < cores; core++) {
            statistics.add(coreRecord(0));
        }
        state.putArray("services_statistics");
        return state;
    }

    private static ObjectNode coreRecord(int bundleSize) {
        ObjectNode record = JSON.objectNode();
        for (String name :
                List.of("da_load", "popularity", "imports", "extrinsic_count", "extrinsic_size")) {
            record.put(name, 0);
        }
        return record.put("exports", 0).put("bundle_size", bundleSize).put("gas_used", 0);
    }

    /** Returns who may guarantee on a core: the definition, of a set of any size. */
    private static List<Integer> assigned(
            Hash entropy, int validators, int phase, int rotationPeriod, int core) {
        int[] cores = IntStream.range(0, validators).map(i -> i / 3).toArray();
        int[] shuffled = Shuffle.shuffle(cores, entropy);
        return IntStream.range(0, validators)
                .filter(i -> (shuffled[i] + phase / rotationPeriod) % (validators / 3) == core)
                .boxed()
                .toList();
    }

    private ObjectNode guaranteed(
            ProtocolConfig config,
            ObjectNode report,
            long slot,
            long now,
            int firstSeed,
            List<Integer> guarantors) {
        Hash hash = Conversion.reportHash(config, report);
        ObjectNode input = JSON.objectNode();
        ObjectNode guarantee = input.putArray("guarantees").addObject();
        guarantee.set("report", report);
        guarantee.put("slot", slot);
        ArrayNode signatures = guarantee.putArray("signatures");
        for (int guarantor : guarantors) {
            signatures
                    .addObject()
                    .put("validator_index", guarantor)
                    .put("signature", sign(firstSeed + guarantor, "jam_guarantee", hash));
        }
        input.put("slot", now).putArray("known_packages");
        return input;
    }

    private static ObjectNode reported(
            ObjectNode prior, ObjectNode input, int core, long now, ObjectNode output) {
        ObjectNode posterior = prior.deepCopy();
        JsonNode guarantee = input.path("guarantees").get(0);
        ObjectNode pending = JSON.objectNode();
        pending.set("guarantee", guarantee.deepCopy());
        pending.put("timeout", now);
        ((ArrayNode) posterior.path("avail_assignments")).set(core, pending);
        ((ArrayNode) posterior.path("cores_statistics")).set(core, coreRecord(1000));
        ObjectNode service =
                ((ArrayNode) posterior.path("services_statistics"))
                        .addObject()
                        .put("id", 42)
                        .putObject("record");
        for (String name :
                List.of(
                        "provided_count",
                        "provided_size",
                        "refinement_count",
                        "refinement_gas_used",
                        "imports",
                        "extrinsic_count",
                        "extrinsic_size",
                        "exports",
                        "accumulate_count",
                        "accumulate_transfers",
                        "accumulate_gas_used")) {
            service.put(name, name.equals("refinement_count") ? 1 : 0);
        }
        ObjectNode ok = output.putObject("ok");
        ok.putArray("reported")
                .addObject()
                .put("work_package_hash", hash("package " + core).toString())
                .put("segment_tree_root", hash("exports root").toString());
        return posterior;
    }

    private static void reporters(ObjectNode output, int firstSeed, List<Integer> guarantors) {
        ArrayNode list = ((ObjectNode) output.path("ok")).putArray("reporters");
        guarantors.stream()
                .map(i -> keysOf(firstSeed + i).ed25519().toString())
                .sorted(Comparator.naturalOrder())
                .forEach(list::add);
    }

    private void reports() {
        Hash[] eta = {hash("eta 0"), hash("eta 1"), hash("eta 2"), hash("eta 3")};
        ObjectNode six = reporting(2, eta, validators(0, 6), validators(6, 6));
        // Slot 602 of tiny is phase 2 of its epoch.
        List<Integer> onCoreOne = assigned(eta[2], 6, 2, 4, 1);
        accept(
                "tiny",
                "report_of_six_validators",
                "sec:coresandvalidators",
                six,
                1,
                6,
                602,
                602,
                0,
                onCoreOne,
                report -> {});
        refuse(
                "tiny",
                "wrong_anchor_slot",
                "sec:contextualvalidity",
                "bad_anchor_slot",
                six,
                1,
                6,
                602,
                602,
                0,
                onCoreOne,
                report ->
                        ((ObjectNode) report.path("context")).put("anchor_slot", ANCHOR_SLOT + 1));
        refuse(
                "tiny",
                "wrong_shard_count",
                "eq:avspec",
                "bad_shard_count",
                six,
                1,
                1023,
                602,
                602,
                0,
                onCoreOne,
                report -> {});
        for (int count : new int[] {8, 9}) {
            refuse(
                    "tiny",
                    count == 8 ? "eight_dependencies" : "nine_dependencies",
                    "eq:limitreportdeps",
                    count == 8 ? "dependency_missing" : "too_many_dependencies",
                    six,
                    1,
                    6,
                    602,
                    602,
                    0,
                    onCoreOne,
                    report -> {
                        List<Hash> packages =
                                IntStream.range(0, count)
                                        .mapToObj(i -> hash("dependency " + i))
                                        .sorted()
                                        .toList();
                        for (Hash each : packages.subList(0, 4)) {
                            ((ArrayNode) report.path("segment_root_lookup"))
                                    .addObject()
                                    .put("work_package_hash", each.toString())
                                    .put("segment_tree_root", each.toString());
                        }
                        for (Hash each : packages.subList(4, count)) {
                            ((ArrayNode) report.path("context").path("prerequisites"))
                                    .add(each.toString());
                        }
                    });
        }

        // κ' has six validators and λ' nine; slot 605 is the first rotation of epoch 1.
        ObjectNode shrunken = reporting(341, eta, validators(0, 6), validators(6, 9));
        List<Integer> active = assigned(eta[2], 6, 5, 10, 0);
        accept(
                "full",
                "report_of_a_small_set",
                "sec:coresandvalidators",
                shrunken,
                0,
                6,
                605,
                605,
                0,
                active,
                report -> {});
        refuse(
                "full",
                "inactive_core",
                "sec:coresandvalidators",
                "bad_core_index",
                shrunken,
                2,
                6,
                605,
                605,
                0,
                active,
                report -> {});
        // Slot 599 is in the last rotation of epoch 0: phase 599, three cores.
        List<Integer> before = assigned(eta[3], 9, 595, 10, 1);
        accept(
                "full",
                "guaranteed_by_the_larger_set_before",
                "eq:priorassignments",
                shrunken,
                1,
                6,
                599,
                605,
                6,
                before,
                report -> {});
        refuse(
                "full",
                "core_of_the_larger_set_before",
                "eq:priorassignments",
                "bad_core_index",
                shrunken,
                2,
                6,
                599,
                605,
                6,
                assigned(eta[3], 9, 595, 10, 2),
                report -> {});
        refuse(
                "full",
                "shards_of_the_larger_set_before",
                "eq:avspec",
                "bad_shard_count",
                shrunken,
                1,
                9,
                599,
                605,
                6,
                before,
                report -> {});
    }

    private void accept(
            String size,
            String name,
            String label,
            ObjectNode prior,
            int core,
            int shards,
            long slot,
            long now,
            int firstSeed,
            List<Integer> guarantors,
            Consumer<ObjectNode> change) {
        ObjectNode report = report(core, shards, ANCHOR, ANCHOR_SLOT);
        change.accept(report);
        ObjectNode input = guaranteed(config(size), report, slot, now, firstSeed, guarantors);
        ObjectNode output = JSON.objectNode();
        ObjectNode posterior = reported(prior, input, core, now, output);
        reporters(output, firstSeed, guarantors);
        String text = shards + " shards on core " + core;
        add("reports", size, name, label, text, vector(input, prior, output, posterior));
    }

    private void refuse(
            String size,
            String name,
            String label,
            String error,
            ObjectNode prior,
            int core,
            int shards,
            long slot,
            long now,
            int firstSeed,
            List<Integer> guarantors,
            Consumer<ObjectNode> change) {
        ObjectNode report = report(core, shards, ANCHOR, ANCHOR_SLOT);
        change.accept(report);
        ObjectNode input = guaranteed(config(size), report, slot, now, firstSeed, guarantors);
        String text = shards + " shards on core " + core;
        add("reports", size, name, label, text, vector(input, prior, error(error), prior));
    }

    // ---- statistics

    private static ArrayNode records(int count, int first) {
        ArrayNode list = JSON.arrayNode();
        for (int i = 0; i < count; i++) {
            list.addObject()
                    .put("blocks", first)
                    .put("tickets", 0)
                    .put("pre_images", 0)
                    .put("pre_images_size", 0)
                    .put("guarantees", 0)
                    .put("assurances", first + i);
        }
        return list;
    }

    private void statistics() {
        ObjectNode input = JSON.objectNode().put("slot", 600).put("author_index", 5);
        ObjectNode extrinsic = input.putObject("extrinsic");
        extrinsic.putArray("tickets");
        extrinsic.putArray("preimages");
        extrinsic.putArray("guarantees");
        ArrayNode assurances = extrinsic.putArray("assurances");
        for (int index : new int[] {0, 8}) {
            assurances
                    .addObject()
                    .put("anchor", zeroes(32))
                    .put("bitfield", zeroes(43))
                    .put("validator_index", index)
                    .put("signature", zeroes(64));
        }
        ObjectNode disputes = extrinsic.putObject("disputes");
        disputes.putArray("verdicts");
        disputes.putArray("culprits");
        disputes.putArray("faults");
        ObjectNode prior = JSON.objectNode();
        prior.set("vals_curr_stats", records(9, 10));
        prior.set("vals_last_stats", records(12, 20));
        prior.put("slot", 599).set("curr_validators", validators(0, 9));
        ObjectNode posterior = JSON.objectNode();
        ArrayNode current = records(6, 0);
        for (JsonNode record : current) {
            ((ObjectNode) record).put("assurances", 0);
        }
        ((ObjectNode) current.get(5)).put("blocks", 1);
        ArrayNode last = records(9, 10);
        for (int index : new int[] {0, 8}) {
            ((ObjectNode) last.get(index)).put("assurances", 10 + index + 1);
        }
        posterior.set("vals_curr_stats", current);
        posterior.set("vals_last_stats", last);
        posterior.put("slot", 599).set("curr_validators", validators(9, 6));
        add(
                "statistics",
                "full",
                "assurances_of_a_resized_epoch",
                "eq:activityspec",
                "counted for nine validators, before six begin with nothing",
                vector(input, prior, NullNode.getInstance(), posterior));
    }

    // ---- history

    private void history() {
        ObjectNode input =
                JSON.objectNode()
                        .put("header_hash", hash("header 2").toString())
                        .put("parent_state_root", hash("root 1").toString())
                        .put("accumulate_root", zeroes(32))
                        .put("slot", 0xffff_ffffL);
        input.putArray("work_packages");
        ObjectNode prior = JSON.objectNode();
        ObjectNode beta = prior.putObject("beta");
        ArrayNode blocks = beta.putArray("history");
        blocks.addObject()
                .put("header_hash", hash("header 1").toString())
                .put("beefy_root", hash("super-peak 1").toString())
                .put("state_root", zeroes(32))
                .put("slot", 7)
                .putArray("reported");
        beta.putObject("mmr").putArray("peaks");
        ObjectNode posterior = prior.deepCopy();
        ArrayNode after = (ArrayNode) posterior.path("beta").path("history");
        ((ObjectNode) after.get(0)).put("state_root", hash("root 1").toString());
        // The super-peak of a log with one peak is that peak.
        after.addObject()
                .put("header_hash", hash("header 2").toString())
                .put("beefy_root", zeroes(32))
                .put("state_root", zeroes(32))
                .put("slot", 0xffff_ffffL)
                .putArray("reported");
        ((ArrayNode) posterior.path("beta").path("mmr").path("peaks")).add(zeroes(32));
        add(
                "history",
                "tiny",
                "entries_carry_slots",
                "eq:recenthistorydef",
                "the new entry has the block's slot, the old one keeps its own",
                vector(input, prior, NullNode.getInstance(), posterior));
    }
}
