package io.marmalade.conformance.convert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.HostCallName;
import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Vectors of accumulation: service 1000 makes one host call and writes down under the key {@code r}
 * what it was answered. Expected gas is the cost of its one block of code, and the prices as the
 * paper has them.
 */
final class AccumulateCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long SELF = 1000;
    private static final long OTHER = 2000;
    private static final long NOW = 43;
    private static final long OK = 0;
    private static final long NONE = -1;
    private static final long HUH = -9;
    private static final long FULL = -5;
    private static final long CORE = -6;
    private static final long DATA = 0x20000;
    private static final int RESULT = 3000;
    private static final int KEY = 3100;
    private static final int DATA_SIZE = 4096;

    /** Of one octet of key and eight of value: 2442 + ⌈3358 ÷ 1024⌉ + ⌈216 · 8 ÷ 1024⌉. */
    private static final long WRITE_PRICE = 2448;

    private static final Hash WANTED = Blake2b.hash(new byte[] {1, 2, 3});
    private static final Bytes PREIMAGE = Bytes.of(new byte[] {1, 2, 3});

    private final List<OwnVectors.Case> cases = new ArrayList<>();

    /** What a case is about, with everything in its usual place. */
    private static final class Setting {
        final HostCallName call;
        final long[] registers;
        final long price;
        final long answer;
        final ObjectNode privileges = privileges();
        boolean report = true;
        Consumer<ObjectNode> before = state -> {};
        Consumer<ObjectNode> after = state -> {};

        Setting(HostCallName call, long price, long answer, long... registers) {
            this.call = call;
            this.price = price;
            this.answer = answer;
            this.registers = registers;
        }

        Setting before(Consumer<ObjectNode> change) {
            before = change;
            return this;
        }

        Setting after(Consumer<ObjectNode> change) {
            after = change;
            return this;
        }
    }

    static List<OwnVectors.Case> all() {
        AccumulateCases all = new AccumulateCases();
        all.build();
        return all.cases;
    }

    private void build() {
        long long32 = 1L << 32;
        add(
                "solicit_length_2_32",
                "a length of 2^32 is refused",
                new Setting(HostCallName.SOLICIT, 2193, HUH, 0x4000_0000L, long32));
        add(
                "solicit_length_2_32_less_1",
                "the longest preimage, with the balance for it",
                new Setting(HostCallName.SOLICIT, 2193, OK, DATA, long32 - 1)
                        .after(state -> {
                            request(account(state, SELF), WANTED, long32 - 1);
                            grow(account(state, SELF), 2, 81 + long32 - 1);
                        }));
        add(
                "solicit_length_2_32_less_1_unpaid",
                "the longest preimage, without the balance for it",
                new Setting(HostCallName.SOLICIT, 2193, FULL, DATA, long32 - 1)
                        .before(state -> service(state, SELF).put("balance", 100_000)));
        add(
                "forget_length_2_32",
                "a length of 2^32 is refused",
                new Setting(HostCallName.FORGET, 3250, HUH, 0x4000_0000L, long32));
        add(
                "forget_length_2_32_less_1",
                "there is no such request",
                new Setting(HostCallName.FORGET, 3250, HUH, DATA, long32 - 1));
        add(
                "query_length_2_32",
                "a length of 2^32 is refused before memory is read",
                new Setting(HostCallName.QUERY, 643, HUH, 0x4000_0000L, long32));
        add(
                "designate_five",
                "five are no set",
                new Setting(HostCallName.DESIGNATE, 1100 + 5 * 302, HUH, DATA, 5)
                        .before(state -> privilegesOf(state).put("designate", SELF)));
        add(
                "designate_six",
                "six are a set",
                new Setting(HostCallName.DESIGNATE, 1100 + 6 * 302, OK, DATA, 6)
                        .before(state -> privilegesOf(state).put("designate", SELF)));
        add(
                "designate_by_a_stranger",
                "only the delegator may",
                new Setting(HostCallName.DESIGNATE, 1100 + 6 * 302, HUH, DATA, 6));
        add(
                "assign_by_a_stranger",
                "only the core's assigner may",
                new Setting(HostCallName.ASSIGN, 1818, HUH, 1, DATA, OTHER));
        add(
                "assign_core_out_of_range",
                "there is no core 2",
                new Setting(HostCallName.ASSIGN, 1818, CORE, 2, DATA, OTHER));
        add(
                "assign_hands_over",
                "the assigner names the next",
                new Setting(HostCallName.ASSIGN, 1818, OK, 1, DATA, OTHER)
                        .before(state -> assigner(state, SELF))
                        .after(state -> assigner(state, OTHER)));
        add(
                "upgrade",
                "code hash and gas change",
                new Setting(HostCallName.UPGRADE, 1028, OK, DATA, 77, 88)
                        .after(state ->
                                service(state, SELF)
                                        .put("code_hash", WANTED.toString())
                                        .put("min_item_gas", 77)
                                        .put("min_memo_gas", 88)));
        add(
                "lookup_of_a_foreign_preimage",
                "answers its length",
                new Setting(HostCallName.LOOKUP, 600 + 1, 3, OTHER, DATA, DATA + 64, 0, 3)
                        .before(state -> preimage(account(state, OTHER))));
        add(
                "provide_refused",
                "nobody asked for it",
                new Setting(HostCallName.PROVIDE, 3980 + 7, HUH, OTHER, DATA + 32, 3));
        add(
                "provide_accepted",
                "the other service gets its preimage",
                new Setting(HostCallName.PROVIDE, 3980 + 7, OK, OTHER, DATA + 32, 3)
                        .before(state -> request(account(state, OTHER), WANTED, 3))
                        .after(state -> {
                            ((ArrayNode) account(state, OTHER).path("preimage_requests"))
                                    .removeAll();
                            preimage(account(state, OTHER));
                        }));
        add(
                "new_with_a_requested_index",
                "the registrar chooses 300",
                new Setting(HostCallName.NEW, 3855, 300, DATA, 9, 5, 6, 0, 300)
                        .before(state -> privilegesOf(state).put("register", SELF))
                        .after(state -> {
                            // The threshold of a service with one request: 100 + 10·2 + 81 + 9.
                            ObjectNode self = service(state, SELF);
                            self.put("balance", self.path("balance").asLong() - 210);
                            ObjectNode account = newAccount(300, WANTED, 210);
                            request(account(account), WANTED, 9);
                            ((ObjectNode) account.path("data").path("service"))
                                    .put("min_item_gas", 5)
                                    .put("min_memo_gas", 6)
                                    .put("bytes", 90)
                                    .put("items", 2)
                                    .put("creation_slot", NOW)
                                    .put("parent_service", SELF);
                            ((ArrayNode) state.path("accounts")).insert(0, account);
                        }));
        for (boolean report : new boolean[] {true, false}) {
            Setting free =
                    new Setting(HostCallName.QUERY, 643, NONE, DATA, 3)
                            .before(state ->
                                    ((ArrayNode) privilegesOf(state).path("always_acc"))
                                            .addObject()
                                            .put("id", SELF)
                                            .put("gas", 50_000));
            free.report = report;
            add(
                    report ? "always_accumulates_with_a_report" : "always_accumulates_without_one",
                    report ? "one run for both" : "a run on its own gas, with no items",
                    free);
        }
        add(
                "transfer_to_a_live_service",
                "its gas is the sender's; the receiver has no code",
                new Setting(HostCallName.TRANSFER, 575 + 1000, OK, OTHER, 5000, 1000, DATA)
                        .after(state -> {
                            ObjectNode self = service(state, SELF);
                            self.put("balance", self.path("balance").asLong() - 5000);
                            ObjectNode other = service(state, OTHER);
                            other.put("balance", other.path("balance").asLong() + 5000)
                                    .put("last_accumulation_slot", NOW);
                            statistics(state, OTHER, 0, 1, 0);
                        }));
    }

    // ---- the state

    private static ObjectNode privileges() {
        ObjectNode privileges = JSON.objectNode().put("bless", 0);
        privileges.putArray("assign").add(0).add(0);
        privileges.put("designate", 0).put("register", 0).putArray("always_acc");
        return privileges;
    }

    private static ObjectNode privilegesOf(ObjectNode state) {
        return (ObjectNode) state.path("privileges");
    }

    private static void assigner(ObjectNode state, long service) {
        ((ArrayNode) privilegesOf(state).path("assign")).removeAll().add(0).add(service);
    }

    private static ObjectNode newAccount(long index, Hash codeHash, long balance) {
        ObjectNode account = JSON.objectNode().put("id", index);
        ObjectNode data = account.putObject("data");
        data.putObject("service")
                .put("version", 0)
                .put("code_hash", codeHash.toString())
                .put("balance", balance)
                .put("min_item_gas", 10)
                .put("min_memo_gas", 10)
                .put("bytes", 0)
                .put("deposit_offset", 0)
                .put("items", 0)
                .put("creation_slot", 0)
                .put("last_accumulation_slot", 0)
                .put("parent_service", 0);
        data.putArray("storage");
        data.putArray("preimage_blobs");
        data.putArray("preimage_requests");
        return account;
    }

    private static ObjectNode account(ObjectNode account) {
        return (ObjectNode) account.path("data");
    }

    private static ObjectNode account(ObjectNode state, long index) {
        for (var account : state.path("accounts")) {
            if (account.path("id").asLong() == index) {
                return (ObjectNode) account.path("data");
            }
        }
        throw new IllegalArgumentException("no service " + index);
    }

    private static ObjectNode service(ObjectNode state, long index) {
        return (ObjectNode) account(state, index).path("service");
    }

    private static void grow(ObjectNode data, long items, long octets) {
        ObjectNode service = (ObjectNode) data.path("service");
        service.put("items", service.path("items").asLong() + items);
        service.put("bytes", service.path("bytes").asLong() + octets);
    }

    private static void request(ObjectNode data, Hash hash, long length) {
        ObjectNode request = ((ArrayNode) data.path("preimage_requests")).addObject();
        request.putObject("key").put("hash", hash.toString()).put("length", length);
        request.putArray("value");
    }

    private static void preimage(ObjectNode data) {
        ((ArrayNode) data.path("preimage_blobs"))
                .addObject()
                .put("hash", WANTED.toString())
                .put("blob", PREIMAGE.toString());
        ObjectNode request = ((ArrayNode) data.path("preimage_requests")).addObject();
        request.putObject("key").put("hash", WANTED.toString()).put("length", 3);
        request.putArray("value").add(NOW);
    }

    private static void statistics(
            ObjectNode state, long service, int items, int transfers, long gas) {
        ObjectNode record =
                ((ArrayNode) state.path("statistics"))
                        .addObject()
                        .put("id", service)
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
                        "exports")) {
            record.put(name, 0);
        }
        record.put("accumulate_count", items)
                .put("accumulate_transfers", transfers)
                .put("accumulate_gas_used", gas);
    }

    // ---- the service

    private static Assembler program(Setting setting) {
        Assembler code = new Assembler(Dialect.V0_8_0);
        int main = code.label();
        code.add(Opcode.JUMP, main).place(main);
        for (int i = 0; i < setting.registers.length; i++) {
            code.add(Opcode.LOAD_IMM_64, 7 + i, setting.registers[i]);
        }
        code.add(Opcode.ECALLI, setting.call.number(ProtocolVersion.V0_8_0))
                .add(Opcode.STORE_U64, 7, DATA + RESULT)
                .add(Opcode.LOAD_IMM_64, 7, DATA + KEY)
                .add(Opcode.LOAD_IMM_64, 8, 1)
                .add(Opcode.LOAD_IMM_64, 9, DATA + RESULT)
                .add(Opcode.LOAD_IMM_64, 10, 8)
                .add(Opcode.ECALLI, HostCallName.WRITE.number(ProtocolVersion.V0_8_0))
                .add(Opcode.LOAD_IMM_64, 7, 0)
                .add(Opcode.LOAD_IMM_64, 8, 0)
                .add(Opcode.JUMP_IND, 0, 0);
        return code;
    }

    private void add(String name, String text, Setting setting) {
        Assembler code = program(setting);
        long cost =
                Program.decode(code.blob(), ProtocolVersion.V0_8_0)
                        .orElseThrow()
                        .blockCosts()
                        .cost(5);
        byte[] data = new byte[DATA_SIZE];
        System.arraycopy(WANTED.octets(), 0, data, 0, Hash.SIZE);
        System.arraycopy(PREIMAGE.octets(), 0, data, 32, 3);
        data[KEY] = 'r';
        byte[] standard = code.standardProgram(new byte[0], data, 0, 4096);
        byte[] blob = new byte[standard.length + 1];
        System.arraycopy(standard, 0, blob, 1, standard.length);
        Hash codeHash = Blake2b.hash(blob);

        ObjectNode prior = JSON.objectNode().put("slot", NOW - 1);
        prior.put("entropy", Hash.ZERO.toString());
        ArrayNode ready = prior.putArray("ready_queue");
        ArrayNode accumulated = prior.putArray("accumulated");
        for (int i = 0; i < 12; i++) {
            ready.addArray();
            accumulated.addArray();
        }
        prior.set("privileges", setting.privileges);
        prior.putArray("statistics");
        ObjectNode self = newAccount(SELF, codeHash, 10_000_000_000L);
        ((ArrayNode) account(self).path("preimage_blobs"))
                .addObject()
                .put("hash", codeHash.toString())
                .put("blob", Bytes.of(blob).toString());
        ObjectNode request = ((ArrayNode) account(self).path("preimage_requests")).addObject();
        request.putObject("key").put("hash", codeHash.toString()).put("length", blob.length);
        request.putArray("value").add(0);
        grow(account(self), 2, 81 + blob.length);
        prior.putArray("accounts").add(self).add(newAccount(OTHER, Hash.ZERO, 1_000_000));
        setting.before.accept(prior);

        ObjectNode report = OwnVectors.report(0, 6, Hash.ZERO, 30);
        ((ObjectNode) report.path("results").get(0))
                .put("service_id", SELF)
                .put("code_hash", codeHash.toString())
                .put("accumulate_gas", 1_000_000);
        ObjectNode input = JSON.objectNode().put("slot", NOW);
        ArrayNode reports = input.putArray("reports");
        if (setting.report) {
            reports.add(report);
        }

        ObjectNode posterior = prior.deepCopy().put("slot", NOW);
        // The queue moves on by one slot, and ends with the package that was accumulated.
        if (setting.report) {
            ((ArrayNode) posterior.path("accumulated").get(11))
                    .add(report.path("package_spec").path("hash"));
        }
        ByteBuffer answer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        answer.putLong(setting.answer);
        ((ArrayNode) account(posterior, SELF).path("storage"))
                .addObject()
                .put("key", Bytes.of(new byte[] {'r'}).toString())
                .put("value", Bytes.of(answer.array()).toString());
        grow(account(posterior, SELF), 1, 34 + 1 + 8);
        service(posterior, SELF).put("last_accumulation_slot", NOW);
        statistics(posterior, SELF, setting.report ? 1 : 0, 0, cost + setting.price + WRITE_PRICE);
        setting.after.accept(posterior);
        sortRequests(posterior);

        ObjectNode vector = JSON.objectNode();
        vector.set("input", input);
        vector.set("pre_state", prior);
        vector.putObject("output").put("ok", Hash.ZERO.toString());
        vector.set("post_state", posterior);
        cases.add(
                new OwnVectors.Case(
                        "accumulate", "tiny", name, "sec:accumulatefunctions", text, vector));
    }

    private static void sortRequests(ObjectNode state) {
        for (var account : state.path("accounts")) {
            ArrayNode requests = (ArrayNode) account.path("data").path("preimage_requests");
            List<com.fasterxml.jackson.databind.JsonNode> sorted = new ArrayList<>();
            requests.forEach(sorted::add);
            sorted.sort(Comparator.comparing(each -> each.path("key").path("hash").asText()));
            requests.removeAll();
            sorted.forEach(requests::add);
        }
    }
}
