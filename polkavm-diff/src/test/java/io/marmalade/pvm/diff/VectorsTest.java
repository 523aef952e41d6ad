package io.marmalade.pvm.diff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.diff.DiffCase.Chunk;
import io.marmalade.pvm.diff.DiffCase.Pages;
import io.marmalade.pvm.diff.DiffEngine.Verdict;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The public vectors of 0.8.0 up to their first stop, on all engines of the set. */
class VectorsTest {
    private static final String FOLDER =
            System.getProperty("marmalade.vectors", System.getenv("MARMALADE_VECTORS"));

    private static List<Path> vectors() throws IOException {
        Path folder = FOLDER == null ? null : Path.of(FOLDER, "pvm-gas-0.8", "programs");
        assumeTrue(
                folder != null && Files.isDirectory(folder),
                "the vectors pvm-gas-0.8 are not here (marmalade.vectors or MARMALADE_VECTORS names"
                        + " the folder): they come from github.com/w3f/jamtestvectors and"
                        + " github.com/davxy/jam-test-vectors");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    @Test
    void enginesAgreeWithThePublicVectors() throws IOException {
        List<Path> vectors = vectors();
        List<String> names;
        try (DiffEngine engine = new DiffEngine(Engines.all())) {
            names = engine.subjects().stream().map(Subject::name).toList();
            for (Path file : vectors) {
                Map<?, ?> vector = (Map<?, ?>) Json.parse(plain(Files.readString(file)));
                DiffCase start = start(vector);
                Verdict verdict = engine.compare(start);
                assertTrue(verdict.disagreements().isEmpty(), file.toString());
                check(file, vector, start, verdict.base());
            }
        }
        System.out.println(vectors.size() + " vectors on " + names);
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

    private static DiffCase start(Map<?, ?> vector) {
        long[] registers = new long[13];
        List<Pages> pages = new ArrayList<>();
        List<Chunk> memory = new ArrayList<>();
        for (Object each : (List<?>) vector.get("steps")) {
            Map<?, ?> step = (Map<?, ?>) each;
            if (step.get("map") instanceof Map<?, ?> map) {
                boolean writable = Boolean.TRUE.equals(map.get("is-writable"));
                int first = (int) (number(map, "address") >>> 12);
                pages.add(new Pages(first, (int) (number(map, "length") >>> 12), writable));
            } else if (step.get("write") instanceof Map<?, ?> write) {
                memory.add(new Chunk(number(write, "address"), octets(write.get("contents"))));
            } else if (step.get("set-reg") instanceof Map<?, ?> set) {
                registers[(int) number(set, "reg")] = number(set, "value");
            } else {
                break;
            }
        }
        return new DiffCase(
                Dialect.V0_8_0,
                octets(vector.get("program")),
                registers,
                pages,
                memory,
                number(vector, "initial-gas"),
                number(vector, "initial-pc"),
                List.of());
    }

    private static void check(Path file, Map<?, ?> vector, DiffCase start, Outcome seen) {
        for (Object each : (List<?>) vector.get("steps")) {
            if (((Map<?, ?>) each).get("assert") instanceof Map<?, ?> expected) {
                String status = seen.status().name().toLowerCase(java.util.Locale.ROOT);
                String wanted = expected.get("status").toString().replace("ecalli", "host-call");
                assertEquals(wanted, status.replace('_', '-'), file.toString());
                assertEquals(number(expected, "gas"), seen.gas(), file.toString());
                long[] registers =
                        ((List<?>) expected.get("regs"))
                                .stream().mapToLong(value -> (Long) value).toArray();
                assertArrayEquals(registers, seen.registers(), file.toString());
                break;
            }
        }
        Program program = Program.decode(start.blob(), start.dialect()).orElseThrow();
        for (Object each : (List<?>) vector.get("block-gas-costs")) {
            Map<?, ?> block = (Map<?, ?>) each;
            int pc = (int) number(block, "pc");
            assertEquals(number(block, "cost"), program.blockCosts().cost(pc), file.toString());
        }
    }
}
