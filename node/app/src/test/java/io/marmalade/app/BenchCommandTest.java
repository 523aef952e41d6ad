package io.marmalade.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.bench.result.BenchResult;
import io.marmalade.bench.result.Series;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What {@code bench} does with what it is told, and what {@code bench compare} finds. */
class BenchCommandTest {
    private record Run(int status, String said) {}

    private static Run run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream formerOut = System.out;
        PrintStream formerErr = System.err;
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            int status = Main.run(arguments);
            return new Run(status, said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(formerOut);
            System.setErr(formerErr);
        }
    }

    /** Three rounds of a hash and of another thing; the hash takes so many nanoseconds. */
    private static Path result(Path folder, String name, double hash, long seed)
            throws IOException {
        Random random = new Random(seed);
        List<Series> series = new ArrayList<>();
        for (String what : List.of("blake2b64", "keccak64")) {
            double median = what.startsWith("blake") ? hash : 500;
            List<List<Double>> rounds = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                List<Double> values = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    values.add(median * (1 + 0.02 * random.nextDouble()));
                }
                rounds.add(values);
            }
            series.add(new Series("crypto", what, "own", Map.of(), "ns", rounds, 0.0, null));
        }
        Path file = folder.resolve(name);
        new BenchResult(
                        "0.1.0",
                        "abc",
                        "25",
                        "cpu",
                        List.of(),
                        "bench crypto",
                        "2026-01-01T00:00:00Z",
                        60,
                        false,
                        false,
                        2,
                        0,
                        0,
                        series,
                        List.of(),
                        List.of(),
                        List.of())
                .write(file);
        return file;
    }

    @Test
    void compareNamesWhatADeliberatelySlowedBuildTakesLongerFor(@TempDir Path folder)
            throws IOException {
        String before = result(folder, "before.json", 90, 1).toString();
        Run slower = run("bench", "compare", before, result(folder, "b.json", 117, 2).toString());
        assertEquals(1, slower.status, slower.said);
        assertTrue(slower.said.contains("slower    crypto / blake2b64 / own"), slower.said);
        assertTrue(slower.said.contains("1 slower, 0 faster, 1 the same"), slower.said);
        Run faster = run("bench", "compare", before, result(folder, "c.json", 70, 3).toString());
        assertEquals(0, faster.status, faster.said);
        assertTrue(faster.said.contains("0 slower, 1 faster"), faster.said);
    }

    @Test
    void compareFlagsNothingInTwoRunsOfOneBuild(@TempDir Path folder) throws IOException {
        String before = result(folder, "before.json", 90, 4).toString();
        Run same = run("bench", "compare", before, result(folder, "after.json", 90, 5).toString());
        assertEquals(0, same.status, same.said);
        assertTrue(same.said.contains("0 slower, 0 faster, 2 the same"), same.said);
    }

    @Test
    void namesWhatItDoesNotKnow(@TempDir Path folder) throws IOException {
        Run suite = run("bench", "pmv");
        assertEquals(2, suite.status, suite.said);
        assertTrue(suite.said.contains("no suite is called pmv: pvm, refine"), suite.said);
        Run pattern = run("bench", "codec", "--only", "nosuchthing");
        assertEquals(System.getenv("MARMALADE_VECTORS") == null ? 3 : 2, pattern.status);
        assertTrue(
                pattern.said.contains("nosuchthing") || pattern.said.contains("public vectors"),
                pattern.said);
        Run broken = run("bench", "--only", "(");
        assertEquals(2, broken.status, broken.said);
        assertTrue(broken.said.contains("--only"), broken.said);
        Path none = folder.resolve("none.json");
        Run absent = run("bench", "compare", none.toString(), none.toString());
        assertEquals(2, absent.status, absent.said);
        assertTrue(absent.said.contains("none.json: no such file"), absent.said);
        Files.writeString(none, "{}{");
        assertEquals(2, run("bench", "compare", none.toString(), none.toString()).status);
    }

    @Test
    void doesNotCompareResultsThatShareNothing(@TempDir Path folder) throws IOException {
        Path one = result(folder, "one.json", 90, 6);
        BenchResult result = BenchResult.read(one);
        Path empty = folder.resolve("empty.json");
        Files.writeString(
                empty,
                Files.readString(one).replace("blake2b64", "other").replace("keccak64", "more"));
        assertEquals(2, result.series().size());
        Run run = run("bench", "compare", one.toString(), empty.toString());
        assertEquals(2, run.status, run.said);
        assertTrue(run.said.contains("no measurement in common"), run.said);
    }

    @Test
    void writesThePageOfAResultAnewBesideUnreadableFiles(@TempDir Path folder) throws IOException {
        Path file = result(folder, "now.json", 90, 7);
        Files.writeString(folder.resolve("broken.json"), "{]");
        Run run = run("bench", "report", file.toString());
        assertEquals(0, run.status, run.said);
        assertTrue(run.said.contains("broken.json: not a result of `bench`"), run.said);
        String page = Files.readString(folder.resolve("now.html"));
        assertTrue(page.contains("Blake2b of 64 octets, alone"), "goals are judged");
        assertTrue(Files.readString(folder.resolve("now.md")).contains("## Goals: 3 met"));
    }

    @Test
    void listsWhatItWouldMeasure() {
        Run run = run("bench", "--list", "--only", "kernel fib|start-up");
        assertEquals(0, run.status, run.said);
        assertTrue(run.said.contains("pvm/kernel fib 0.8.0/jit"), run.said);
        assertTrue(run.said.contains("process/start-up/without archive"), run.said);
        assertFalse(run.said.contains("sieve"), run.said);
    }

    @Test
    void measuresAndWritesThreeFiles(@TempDir Path folder) throws IOException {
        Run run =
                run(
                        "bench",
                        "process",
                        "--quick",
                        "--rounds",
                        "1",
                        "--only",
                        "start-up/without",
                        "--out",
                        folder.toString(),
                        "--name",
                        "here");
        assertEquals(0, run.status, run.said);
        BenchResult result = BenchResult.read(folder.resolve("here.json"));
        assertEquals(1, result.series().size());
        assertEquals("start-up", result.series().getFirst().what());
        assertFalse(result.partial());
        assertTrue(Files.readString(folder.resolve("here.md")).contains("| start-up |"));
        assertTrue(Files.readString(folder.resolve("here.html")).contains("start-up"));
    }
}
