package io.marmalade.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.marmalade.bench.input.Guest;
import io.marmalade.bench.input.HostCallLoop;
import io.marmalade.bench.input.Kernel;
import io.marmalade.bench.input.Sample;
import io.marmalade.bench.input.Services;
import io.marmalade.bench.result.Work;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The published PolkaVM engines, measured by the oracle of {@code polkavm-diff} within its process.
 */
final class PolkaVm implements AutoCloseable {
    private static final int RUNS = 7;
    private static final int WARM_UPS = 2;
    private static final long ARGUMENTS =
            (1L << 32) - StandardProgram.ZONE_SIZE - StandardProgram.MAX_ARGUMENTS;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer to;
    private final BufferedReader from;

    PolkaVm(Path program) throws IOException {
        process =
                new ProcessBuilder(program.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        to = process.outputWriter(StandardCharsets.UTF_8);
        from = process.inputReader(StandardCharsets.UTF_8);
    }

    private JsonNode ask(String request) throws IOException {
        to.write(request);
        to.write('\n');
        to.flush();
        String answer = from.readLine();
        if (answer == null) {
            throw new IOException("PolkaVM's oracle has ended");
        }
        JsonNode node = JSON.readTree(answer);
        if (node.hasNonNull("error")) {
            throw new IOException("PolkaVM: " + node.get("error").asText());
        }
        return node;
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Has a program compiled and run, again and again. */
    private JsonNode times(ObjectNode question) throws IOException {
        ObjectNode measured = question.deepCopy();
        measured.put("operation", "measure").put("times", RUNS + WARM_UPS);
        return ask(measured.toString());
    }

    /** Reads how long parts of something took. */
    private static List<Double> nanos(JsonNode answer, String name, int parts) throws IOException {
        List<Double> values = new ArrayList<>();
        for (JsonNode value : answer.path(name)) {
            values.add(value.asDouble() / parts);
        }
        if (values.size() != RUNS + WARM_UPS) {
            throw new IOException("PolkaVM's oracle says nothing of " + name);
        }
        return values.subList(WARM_UPS, values.size());
    }

    private static String name(String backend) {
        return switch (backend) {
            case "interpreter" -> "polkavm interpreter";
            case "generic" -> "polkavm recompiler";
            default -> "polkavm recompiler, own process";
        };
    }

    /** A program without memory, at its beginning, with gas without end. */
    private static ObjectNode question(byte[] code, ProtocolVersion version, String backend) {
        boolean first = version == ProtocolVersion.V0_7_2;
        ObjectNode question = JSON.createObjectNode();
        question.put("program", HexFormat.of().formatHex(code));
        question.put("id", 1).put("backend", backend).put("pc", 0);
        question.put("isa", first ? "revive_v1" : "jam_v1");
        question.put("cost", first ? "unit" : "pipeline");
        return question.put("metering", "block").put("gas", Long.toString(1L << 50));
    }

    /** A service's code, compiled. */
    record Compile(
            PolkaVm oracle,
            String program,
            String backend,
            boolean pipeline,
            String what,
            Map<String, String> parameters)
            implements Subject {
        @Override
        public String how() {
            return name(backend) + (pipeline ? "" : ", flat gas");
        }

        @Override
        public @Nullable Work work() throws IOException {
            return new Work(Services.blob(program).length, "octets");
        }

        @Override
        public Round measure() throws IOException {
            byte[] blob = Services.blob(program);
            byte[] code = Services.decode(program, blob).program().blob();
            ObjectNode question = question(code, Services.version(program), backend);
            question.put("cost", pipeline ? "pipeline" : "unit").put("gas", "0");
            return new Round(nanos(oracle.times(question), "compile", 1), null);
        }
    }

    /** Calls of the host that each read one register. */
    record HostCalls(
            PolkaVm oracle,
            ProtocolVersion version,
            String backend,
            boolean each,
            String what,
            Map<String, String> parameters)
            implements Subject {
        @Override
        public String how() {
            return name(backend);
        }

        @Override
        public @Nullable Work work() {
            return each ? null : new Work(HostCallLoop.CALLS, "host calls");
        }

        @Override
        public Round measure() throws IOException {
            byte[] blob = HostCallLoop.blob(version);
            Program program = StandardProgram.decode(blob, version).orElseThrow().program();
            ObjectNode question = question(program.blob(), version, backend);
            ArrayNode registers = question.putArray("registers");
            for (int register = 0; register < 13; register++) {
                long halt = register == 0 ? StandardProgram.HALT_ADDRESS : 0;
                registers.add(Long.toString(register == 7 ? HostCallLoop.CALLS : halt));
            }
            JsonNode answer = oracle.times(question);
            if (!answer.path("sum").asText().equals(Long.toString(HostCallLoop.SUM))) {
                throw new IOException("PolkaVM's host calls are others: " + answer.path("status"));
            }
            return new Round(nanos(answer, "run", each ? HostCallLoop.CALLS : 1), null);
        }
    }

    /** A guest without host calls on one of the engines. */
    record Run(
            PolkaVm oracle,
            Guest guest,
            ProtocolVersion version,
            String backend,
            String what,
            Map<String, String> parameters)
            implements Subject {
        @Override
        public String how() {
            return name(backend);
        }

        @Override
        public Round measure() throws IOException {
            ObjectNode question = request(guest.argument().orElse(ARGUMENTS));
            check(question, oracle.ask(question.toString()));
            return new Round(nanos(oracle.times(question), "run", 1), null);
        }

        /** Asks once more, for the answer; engines of one version all answer the same. */
        private void check(ObjectNode question, JsonNode answer) throws IOException {
            JsonNode registers = answer.path("registers");
            boolean right = answer.path("status").asText().equals("halt");
            switch (guest) {
                case Kernel kernel ->
                        right &=
                                registers
                                        .path(7)
                                        .asText()
                                        .equals(Long.toUnsignedString(kernel.answer()));
                case Sample sample -> {
                    ObjectNode again = question.deepCopy();
                    again.putArray("read")
                            .addObject()
                            .put("address", registers.path(7).asLong())
                            .put("length", registers.path(8).asLong());
                    String octets = oracle.ask(again.toString()).path("read").path(0).asText();
                    right &= octets.equals(HexFormat.of().formatHex(sample.answer()));
                }
            }
            if (!right) {
                throw new IOException("PolkaVM's answer to " + guest.title() + " is another");
            }
        }

        private ObjectNode request(long argument) throws IOException {
            ByteBuffer own = ByteBuffer.wrap(guest.blob(version)).order(ByteOrder.LITTLE_ENDIAN);
            int readOnly = own.getInt(0) & 0xffffff;
            int readWrite = own.getInt(3) & 0xffffff;
            int heap = own.getShort(6) & 0xffff;
            int stack = own.getInt(8) & 0xffffff;
            int codeAt = 11 + readOnly + readWrite + 4;
            long zone = StandardProgram.ZONE_SIZE;
            long stackEnd = (1L << 32) - 2 * zone - StandardProgram.MAX_ARGUMENTS;
            byte[] code = Arrays.copyOfRange(own.array(), codeAt, own.capacity());
            ObjectNode request = question(code, version, backend);
            ArrayNode registers = request.putArray("registers");
            for (int register = 0; register < 13; register++) {
                long value =
                        switch (register) {
                            case 0 -> StandardProgram.HALT_ADDRESS;
                            case 1 -> stackEnd;
                            case 7 -> argument;
                            case 8 -> guest.input().length;
                            default -> 0;
                        };
                registers.add(Long.toUnsignedString(value));
            }
            ArrayNode pages = request.putArray("pages");
            ArrayNode memory = request.putArray("memory");
            long heapStart = 2 * zone + (readOnly + zone - 1 & -zone);
            area(pages, zone, readOnly, false);
            area(pages, heapStart, readWrite + 4096L * heap, true);
            area(pages, stackEnd - (stack + 4095 & -4096), stack, true);
            area(pages, ARGUMENTS, guest.input().length, false);
            octets(memory, zone, own.array(), 11, readOnly);
            octets(memory, heapStart, own.array(), 11 + readOnly, readWrite);
            octets(memory, ARGUMENTS, guest.input(), 0, guest.input().length);
            return request;
        }

        private static void area(ArrayNode pages, long address, long size, boolean writable) {
            if (size > 0) {
                pages.addObject()
                        .put("address", address)
                        .put("length", size + 4095 & -4096)
                        .put("writable", writable);
            }
        }

        private static void octets(ArrayNode memory, long address, byte[] blob, int at, int size) {
            if (size > 0) {
                memory.addObject()
                        .put("address", address)
                        .put("octets", HexFormat.of().formatHex(blob, at, at + size));
            }
        }
    }
}
