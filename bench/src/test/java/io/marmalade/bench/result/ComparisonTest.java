package io.marmalade.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.bench.result.Comparison.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ComparisonTest {
    private static final int VALUES = 8;

    /** Rounds around a median; each round has an offset of its own. */
    private static Series series(String how, double median, double noise, int rounds, long seed) {
        Random random = new Random(seed);
        List<List<Double>> values = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double center = median * (1 + noise * (random.nextDouble() - 0.5));
            List<Double> some = new ArrayList<>();
            for (int i = 0; i < VALUES; i++) {
                some.add(center * (1 + noise * (random.nextDouble() - 0.5)));
            }
            values.add(some);
        }
        return new Series("suite", "thing", how, Map.of(), "ns", values, 16.0, null);
    }

    private static BenchResult result(String cpu, double load, Series... series) {
        return new BenchResult(
                "0.1.0",
                "abc",
                "25",
                cpu,
                List.of(),
                "bench",
                "2026-01-01T00:00:00Z",
                60,
                false,
                false,
                2,
                load,
                0,
                List.of(series),
                List.of(),
                List.of(),
                List.of());
    }

    private static Verdict verdict(Series before, Series after) {
        return Comparison.of(result("cpu", 0, before), result("cpu", 0, after))
                .rows()
                .getFirst()
                .verdict();
    }

    @Test
    void tellsWhatGotSlowerFromWhatGotFaster() {
        Series before = series("a", 100, 0.02, 3, 1);
        assertEquals(Verdict.SLOWER, verdict(before, series("a", 110, 0.02, 3, 2)));
        assertEquals(Verdict.FASTER, verdict(before, series("a", 90, 0.02, 3, 3)));
        assertEquals(Verdict.SAME, verdict(before, series("a", 101, 0.02, 3, 4)));
    }

    @Test
    void doesNotDecideWhereTheSpreadHidesTheChange() {
        Series before = series("a", 100, 0.8, 3, 5);
        assertEquals(Verdict.UNDECIDED, verdict(before, series("a", 115, 0.8, 3, 6)));
    }

    @Test
    void doesNotDecideOnASingleRound() {
        Series before = series("a", 100, 0.02, 1, 7);
        assertEquals(Verdict.UNDECIDED, verdict(before, series("a", 150, 0.02, 1, 8)));
    }

    @Test
    void neverFlagsNoiseAlone() {
        int flagged = 0;
        for (long seed = 0; seed < 500; seed++) {
            Series before = series("a", 100, 0.1, 3, 2 * seed);
            Verdict verdict = verdict(before, series("a", 100, 0.1, 3, 2 * seed + 1));
            flagged += verdict == Verdict.SLOWER || verdict == Verdict.FASTER ? 1 : 0;
        }
        assertTrue(flagged <= 25, flagged + " of 500");
    }

    @Test
    void notesOtherMachinesAndLoad() {
        Series one = series("a", 100, 0.02, 2, 9);
        Comparison comparison = Comparison.of(result("x", 0, one), result("y", 5, one));
        assertEquals(2, comparison.notes().size());
        assertTrue(comparison.notes().getFirst().contains("machines differ"));
        assertTrue(comparison.notes().getLast().contains("load"));
    }

    @Test
    void givesARatioOnlyWhereItMeansSomething() {
        Series fast = series("a", 100, 0.02, 2, 10);
        Series slow = series("b", 250, 0.02, 2, 11);
        Ratio ratio = Ratio.of(slow, fast).orElseThrow();
        assertEquals(2.5, ratio.value(), 0.1);
        assertTrue(ratio.low() <= ratio.value() && ratio.value() <= ratio.high());
        assertTrue(Ratio.of(series("b", 250, 0.9, 2, 12), fast).isEmpty());
        assertTrue(Ratio.of(series("b", 250, 0.02, 1, 13), fast).isEmpty());
    }

    @Test
    void comesBackFromItsFile(@TempDir Path folder) throws IOException {
        BenchResult result = result("cpu", 1, series("a", 100, 0.1, 2, 14));
        Path file = folder.resolve("result.json");
        result.write(file);
        assertEquals(result, BenchResult.read(file));
    }

    @Test
    void saysOfAFileThatIsNoResultWhy(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("result.json");
        result("cpu", 1, series("a", 100, 0.1, 2, 18)).write(file);
        String good = Files.readString(file);
        Map<String, String> bad =
                Map.of(
                        "[]",
                        "not a result",
                        "null",
                        "it is null",
                        "{}",
                        "is missing",
                        "{]",
                        "not a result",
                        good.replace("\"cpu\":", "\"gpu\":"),
                        "cpu is missing",
                        good.replace("\"suite\":", "\"sweet\":"),
                        "a series without suite",
                        good.replaceAll("\"rounds\":\\[\\[.*\\]\\]", "\"rounds\":[[]]"),
                        "suite / thing / a has no values",
                        good.substring(0, good.length() / 2),
                        "not a result");
        for (Map.Entry<String, String> one : bad.entrySet()) {
            Files.writeString(file, one.getKey());
            FileSystemException thrown =
                    assertThrows(FileSystemException.class, () -> BenchResult.read(file));
            assertTrue(
                    String.valueOf(thrown.getReason()).contains(one.getValue()),
                    thrown.getReason() + " for " + one.getKey());
        }
        assertThrows(FileSystemException.class, () -> BenchResult.read(folder));
    }

    @Test
    void pageNeedsNothingFromOutside() {
        BenchResult before = result("cpu", 0, series("<a>", 100, 0.02, 2, 15));
        BenchResult after =
                result("cpu", 0, series("<a>", 120, 0.02, 2, 16), series("b", 90, 0.02, 2, 17));
        String page = HtmlReport.of(after, Comparison.of(before, after));
        assertTrue(page.contains("<svg") && page.contains("slower"));
        assertFalse(page.contains("src=") || page.contains("http"));
        assertFalse(page.contains("<a>"), "names are escaped");
    }

    @Test
    void probabilityIsThatOfTablesForTheTest() {
        assertEquals(0.01, Comparison.probability(63.657, 1), 1e-5);
        assertEquals(0.01, Comparison.probability(-9.925, 2), 1e-5);
        assertEquals(0.01, Comparison.probability(5.841, 3), 1e-5);
        assertEquals(0.01, Comparison.probability(4.604, 4), 1e-5);
        assertEquals(0.05, Comparison.probability(2.228, 10), 1e-4);
        assertEquals(1, Comparison.probability(0, 4), 1e-9);
        assertEquals(1, Comparison.probability(new double[] {1}, new double[] {2}), 0);
    }

    /** Measured: two runs of one build, and one of a build whose hash takes 1.33 times as long. */
    @Test
    void processesOfOneBuildDifferByMoreThanTheirValues() {
        double[] first = {137.0, 128.6, 131.0};
        assertTrue(Comparison.probability(first, new double[] {144.4, 140.5, 137.6}) > 0.01);
        assertTrue(Comparison.probability(first, new double[] {182.2, 173.6, 175.6}) < 0.001);
    }
}
