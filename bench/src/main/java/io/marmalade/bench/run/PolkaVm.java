package io.marmalade.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.marmalade.bench.input.Guest;
import io.marmalade.bench.input.Kernel;
import io.marmalade.bench.input.Sample;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

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
 * The published PolkaVM engines, asked through the oracle of {@code polkavm-diff}. A value is the
 * time of a question less that of one whose program ends at once, in the same memory.
 */
final class PolkaVm implements AutoCloseable {
    private static final int RUNS = 7;
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
            return backend.equals("interpreter") ? "polkavm interpreter" : "polkavm recompiler";
        }

        @Override
        public Round measure() throws IOException {
            String nothing = request(Kernel.named("xorshift"), 1).toString();
            ObjectNode question = request(guest, guest.argument().orElse(ARGUMENTS));
            String request = question.toString();
            check(question, oracle.ask(request));
            List<Double> values = new ArrayList<>();
            double[] empty = new double[RUNS];
            for (int run = 0; run < RUNS + 2; run++) {
                long begun = System.nanoTime();
                oracle.ask(nothing);
                long middle = System.nanoTime();
                oracle.ask(request);
                long end = System.nanoTime();
                // The first two questions compile and warm up.
                if (run >= 2) {
                    empty[run - 2] = middle - begun;
                    values.add((double) (end - middle));
                }
            }
            Arrays.sort(empty);
            double overhead = empty[RUNS / 2];
            values.replaceAll(value -> value - overhead);
            return new Round(values, null);
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

        /** The code of a guest in the memory of this one. */
        private ObjectNode request(Guest which, long argument) throws IOException {
            ByteBuffer own = ByteBuffer.wrap(guest.blob(version)).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer code = ByteBuffer.wrap(which.blob(version)).order(ByteOrder.LITTLE_ENDIAN);
            int readOnly = own.getInt(0) & 0xffffff;
            int readWrite = own.getInt(3) & 0xffffff;
            int heap = own.getShort(6) & 0xffff;
            int stack = own.getInt(8) & 0xffffff;
            int codeAt = 11 + (code.getInt(0) & 0xffffff) + (code.getInt(3) & 0xffffff) + 4;
            long zone = StandardProgram.ZONE_SIZE;
            long stackEnd = (1L << 32) - 2 * zone - StandardProgram.MAX_ARGUMENTS;
            ObjectNode request = JSON.createObjectNode();
            request.put("program", HexFormat.of().formatHex(code.array(), codeAt, code.capacity()));
            request.put("id", 1).put("backend", backend).put("pc", 0);
            request.put("isa", version == ProtocolVersion.V0_7_2 ? "revive_v1" : "jam_v1");
            request.put("cost", version == ProtocolVersion.V0_7_2 ? "unit" : "pipeline");
            request.put("metering", "block").put("gas", Long.toString(1L << 50));
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
