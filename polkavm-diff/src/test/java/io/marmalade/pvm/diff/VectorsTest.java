package io.marmalade.pvm.diff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.diff.DiffCase.Answer;
import io.marmalade.pvm.diff.DiffCase.Chunk;
import io.marmalade.pvm.diff.DiffCase.Pages;
import io.marmalade.pvm.diff.DiffEngine.Verdict;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The public vectors of programs, on all engines of the set. */
class VectorsTest {
    private static final String FOLDER =
            System.getProperty("marmalade.vectors", System.getenv("MARMALADE_VECTORS"));

    private static List<Path> vectors(String family) throws IOException {
        Path folder = FOLDER == null ? null : Path.of(FOLDER, family, "programs");
        assumeTrue(
                folder != null && Files.isDirectory(folder),
                "the vectors "
                        + family
                        + " are not here (marmalade.vectors or MARMALADE_VECTORS names the folder):"
                        + " they come from github.com/w3f/jamtestvectors and"
                        + " github.com/davxy/jam-test-vectors");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    /**
     * Runs a family and says how many programs each engine ran, and how often PolkaVM differed as
     * is allowed.
     */
    private static void play(
            String family,
            Set<ExpectedDifference> allowed,
            Function<Map<?, ?>, Optional<DiffCase>> reader)
            throws IOException {
        Map<String, Integer> ran = new TreeMap<>();
        try (DiffEngine engine = new DiffEngine(Engines.all())) {
            for (Path file : vectors(family)) {
                Map<?, ?> vector = (Map<?, ?>) Json.parse(plain(Files.readString(file)));
                Optional<DiffCase> start = reader.apply(vector);
                if (start.isEmpty()) {
                    continue;
                }
                Verdict verdict = engine.compare(start.get());
                verdict.disagreements()
                        .forEach(each -> assertEquals(List.of(), each.lines(), file.toString()));
                for (ExpectedDifference rule : verdict.expected()) {
                    assertTrue(allowed.contains(rule), file + " " + rule);
                    ran.merge(rule.name(), 1, Integer::sum);
                }
                check(file.toString(), vector, start.get(), verdict.base());
                engine.subjects().stream()
                        .filter(subject -> subject.runs(start.get()))
                        .forEach(subject -> ran.merge(subject.name(), 1, Integer::sum));
            }
        }
        System.out.println(family + ": " + ran);
        assertFalse(ran.isEmpty());
    }

    @Test
    void enginesAgreeWithThePublicVectorsOfPipelineGas() throws IOException {
        play(
                "pvm-gas-0.8",
                EnumSet.of(ExpectedDifference.PAGE_FAULT_AS_PANIC),
                vector -> paging(vector) ? Optional.empty() : Optional.of(start(vector)));
    }

    @Test
    void enginesAgreeWithThePublicVectorsOfPlainGas() throws IOException {
        play(
                "pvm-0.4",
                EnumSet.of(ExpectedDifference.END_OF_CODE, ExpectedDifference.BRANCH_NOT_TAKEN),
                vector -> {
                    List<Pages> pages = new ArrayList<>();
                    ((List<?>) vector.get("initial-page-map"))
                            .forEach(map -> pages.add(pages((Map<?, ?>) map)));
                    List<Chunk> memory = new ArrayList<>();
                    ((List<?>) vector.get("initial-memory"))
                            .forEach(chunk -> memory.add(chunk((Map<?, ?>) chunk)));
                    return Optional.of(
                            new DiffCase(
                                    Dialect.V0_7_2,
                                    octets(vector.get("program")),
                                    numbers(vector.get("initial-regs")),
                                    pages,
                                    memory,
                                    number(vector, "initial-gas"),
                                    number(vector, "initial-pc"),
                                    List.of()));
                });
    }

    /**
     * Vectors in which pages are mapped after a fault; those go through the line protocol itself.
     */
    private static boolean paging(Map<?, ?> vector) {
        return steps(vector, "assert").stream()
                        .filter(step -> "page-fault".equals(step.get("status")))
                        .count()
                > 1;
    }

    @Test
    void polkaVmAgreesWithThePublicVectorsOfPaging() throws IOException {
        List<Path> vectors = vectors("pvm-gas-0.8");
        assumeTrue(Engines.oracle().isPresent(), Engines.NO_ORACLE);
        int ran = 0;
        for (Path file : vectors) {
            Map<?, ?> vector = (Map<?, ?>) Json.parse(plain(Files.readString(file)));
            if (!paging(vector)) {
                continue;
            }
            for (String backend : List.of("interpreter", "generic")) {
                try (Oracle oracle = new Oracle(Engines.oracle().orElseThrow())) {
                    oracle.send(pagingRequest(vector, backend));
                    checkPaging(file + " on " + backend, vector, oracle.receive());
                }
            }
            ran++;
        }
        assertEquals(2, ran);
    }

    /** All that is done before the first run, then what is done at each fault. */
    private static String pagingRequest(Map<?, ?> vector, String backend) {
        List<String> parts = new ArrayList<>();
        List<String> pages = new ArrayList<>();
        List<String> memory = new ArrayList<>();
        List<String> registers = new ArrayList<>();
        for (Object each : (List<?>) vector.get("steps")) {
            Map<?, ?> step = (Map<?, ?>) each;
            if (step.get("map") instanceof Map<?, ?> map) {
                String text = "{\"address\":%d,\"length\":%d,\"writable\":%b}";
                pages.add(
                        text.formatted(
                                number(map, "address"),
                                number(map, "length"),
                                map.get("is-writable")));
            } else if (step.get("write") instanceof Map<?, ?> write) {
                Chunk chunk = chunk(write);
                String text = "{\"address\":%d,\"octets\":\"%s\"}";
                memory.add(
                        text.formatted(chunk.address(), HexFormat.of().formatHex(chunk.octets())));
            } else if (step.get("set-reg") instanceof Map<?, ?> set) {
                registers.add("[%d,\"%d\"]".formatted(number(set, "reg"), number(set, "value")));
            } else if (step.containsKey("run")) {
                parts.add(
                        "\"pages\":%s,\"memory\":%s,\"%s\":%s"
                                .formatted(
                                        pages,
                                        memory,
                                        parts.isEmpty() ? "none" : "registers",
                                        registers));
                pages.clear();
                memory.clear();
                registers.clear();
            }
        }
        long[] zeroes = new long[13];
        String all = Arrays.toString(zeroes).replace("0", "\"0\"");
        List<String> mends = parts.stream().skip(1).map(part -> "{" + part + "}").toList();
        String blob = HexFormat.of().formatHex(octets(vector.get("program")));
        return ("{\"id\":1,\"program\":\"%s\",\"isa\":\"jam_v1\",\"cost\":\"pipeline\","
                        + "\"metering\":\"block\",\"backend\":\"%s\",\"pc\":%d,\"gas\":\"%d\","
                        + "\"registers\":%s,%s,\"mend\":%s}")
                .formatted(
                        blob,
                        backend,
                        number(vector, "initial-pc"),
                        number(vector, "initial-gas"),
                        all,
                        parts.get(0),
                        mends);
    }

    private static void checkPaging(String what, Map<?, ?> vector, Map<?, ?> answer) {
        List<Map<?, ?>> asserted = steps(vector, "assert");
        List<?> faults = (List<?>) answer.get("faults");
        assumeTrue(
                faults != null,
                "the oracle is older than its sources: `marmalade diff --build-oracle`");
        assertEquals(asserted.size() - 1, faults.size(), what + answer);
        for (int index = 0; index < faults.size(); index++) {
            Map<?, ?> expected = asserted.get(index);
            long digest = Outcome.DIGEST_START;
            for (long register : numbers(expected.get("regs"))) {
                digest = Outcome.mix(digest, register);
            }
            List<Object> wanted = new ArrayList<>();
            wanted.add(number(expected, "page-fault-address"));
            wanted.add(expected.get("gas").toString());
            wanted.add(Long.toUnsignedString(digest));
            assertEquals(wanted, faults.get(index), what);
        }
        Map<?, ?> last = asserted.getLast();
        assertEquals(last.get("status"), answer.get("status"), what);
        assertEquals(last.get("gas").toString(), answer.get("gas"), what);
        if (answer.get("pc") != null) {
            assertEquals(last.get("pc"), answer.get("pc"), what);
        }
        List<String> registers = new ArrayList<>();
        for (long register : numbers(last.get("regs"))) {
            registers.add(Long.toUnsignedString(register));
        }
        assertEquals(registers, answer.get("registers"), what);
    }

    private static List<Map<?, ?>> steps(Map<?, ?> vector, String kind) {
        List<Map<?, ?>> found = new ArrayList<>();
        if (vector.get("steps") instanceof List<?> steps) {
            for (Object each : steps) {
                if (((Map<?, ?>) each).get(kind) instanceof Map<?, ?> step) {
                    found.add(step);
                }
            }
        }
        return found;
    }

    /** Numbers of 64 bits are unsigned in the vectors. */
    private static String plain(String text) {
        return java.util.regex.Pattern.compile("\\b[0-9]{19,20}\\b")
                .matcher(text)
                .replaceAll(found -> "" + new BigInteger(found.group()).longValue());
    }

    private static byte[] octets(Object list) {
        List<?> values = (List<?>) list;
        byte[] octets = new byte[values.size()];
        for (int index = 0; index < octets.length; index++) {
            octets[index] = ((Long) values.get(index)).byteValue();
        }
        return octets;
    }

    private static long number(Map<?, ?> from, String name) {
        return (Long) from.get(name);
    }

    private static long[] numbers(Object list) {
        return ((List<?>) list).stream().mapToLong(value -> (Long) value).toArray();
    }

    private static Pages pages(Map<?, ?> map) {
        boolean writable = Boolean.TRUE.equals(map.get("is-writable"));
        int first = (int) (number(map, "address") >>> 12);
        return new Pages(first, (int) (number(map, "length") >>> 12), writable);
    }

    private static Chunk chunk(Map<?, ?> write) {
        return new Chunk(number(write, "address"), octets(write.get("contents")));
    }

    /** What is done between the runs is what the host answers. */
    private static DiffCase start(Map<?, ?> vector) {
        long[] registers = new long[13];
        List<Pages> pages = new ArrayList<>();
        List<Chunk> memory = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        boolean running = false;
        for (Object each : (List<?>) vector.get("steps")) {
            Map<?, ?> step = (Map<?, ?>) each;
            if (step.get("map") instanceof Map<?, ?> map) {
                assertFalse(running);
                pages.add(pages(map));
            } else if (step.get("write") instanceof Map<?, ?> write) {
                assertFalse(running);
                memory.add(chunk(write));
            } else if (step.get("set-reg") instanceof Map<?, ?> set) {
                int register = (int) number(set, "reg");
                if (running) {
                    answers.add(new Answer(register, number(set, "value"), -1));
                } else {
                    registers[register] = number(set, "value");
                }
            }
            running |= step.containsKey("run");
        }
        return new DiffCase(
                Dialect.V0_8_0,
                octets(vector.get("program")),
                registers,
                pages,
                memory,
                number(vector, "initial-gas"),
                number(vector, "initial-pc"),
                answers);
    }

    private static void check(String file, Map<?, ?> vector, DiffCase start, Outcome seen) {
        boolean plain = vector.containsKey("expected-status");
        List<Map<?, ?>> asserted = steps(vector, "assert");
        Map<?, ?> last = plain ? vector : asserted.getLast();
        String prefix = plain ? "expected-" : "";
        for (int index = 0; index < seen.calls().size(); index++) {
            Map<?, ?> call = asserted.get(index);
            assertEquals("ecalli", call.get("status"), file);
            assertEquals(number(call, "hostcall"), seen.calls().get(index).number(), file);
            assertEquals(number(call, "gas"), seen.calls().get(index).gas(), file);
        }
        String status = seen.status().name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertEquals(last.get(prefix + "status"), status, file);
        assertEquals(number(last, prefix + "pc"), seen.pc(), file);
        long gas = seen.gas();
        Program program = Program.decode(start.blob(), start.dialect()).orElseThrow();
        if (seen.status() == Outcome.Status.PAGE_FAULT) {
            assertEquals(number(last, prefix + "page-fault-address"), seen.argument(), file);
            if (plain) {
                // These vectors charge a block as a whole, that is, what stands behind the fault
                // too.
                for (long pc = seen.pc(); !program.opcode(pc).isTerminator(); gas--) {
                    pc += 1 + program.skip((int) pc);
                }
            }
        }
        assertEquals(number(last, prefix + "gas"), gas, file);
        assertArrayEquals(numbers(last.get(prefix + "regs")), seen.registers(), file);
        for (int range = 0; range < start.pages().size(); range++) {
            ByteBuffer wanted =
                    ByteBuffer.allocate(start.pages().get(range).length())
                            .order(ByteOrder.LITTLE_ENDIAN);
            for (Object each : (List<?>) last.get(prefix + "memory")) {
                Chunk chunk = chunk((Map<?, ?>) each);
                long at = chunk.address() - start.pages().get(range).address();
                if (at >= 0 && at < wanted.capacity()) {
                    wanted.put((int) at, chunk.octets());
                }
            }
            long digest = Outcome.DIGEST_START;
            while (wanted.hasRemaining()) {
                digest = Outcome.mix(digest, wanted.getLong());
            }
            assertEquals(digest, seen.digests()[range], file);
        }
        if (vector.get("block-gas-costs") instanceof List<?> costs) {
            for (Object each : costs) {
                Map<?, ?> block = (Map<?, ?>) each;
                int pc = (int) number(block, "pc");
                assertEquals(number(block, "cost"), program.blockCosts().cost(pc), file);
            }
        }
    }
}
