package io.marmalade.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.bench.result.Goal.Outcome;
import io.marmalade.bench.result.Goal.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

class GoalsTest {
    private static final double THIN = 0.01;

    /** Two rounds whose middle half lies so far around the median. */
    private static Series series(
            String suite, String what, String how, double median, double spread) {
        List<Double> round =
                List.of(median * (1 - spread), median, median, median, median * (1 + spread));
        @Nullable Work work = what.startsWith("encode") ? new Work(1000, "octets") : null;
        return new Series(suite, what, how, Map.of(), "ns", List.of(round, round), 0.001, work);
    }

    private static BenchResult result(Series... series) {
        return new BenchResult(
                "0.1.0",
                "abc",
                "25",
                "cpu",
                List.of(),
                "bench",
                "2026-01-01T00:00:00Z",
                60,
                false,
                false,
                2,
                0,
                0,
                List.of(series),
                List.of(),
                List.of(),
                List.of());
    }

    private static Outcome outcome(String figure, String how, Series... series) {
        return Goals.of(result(series)).stream()
                .filter(one -> one.goal().figure().equals(figure) && one.how().equals(how))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void judgesTimesByTheMiddleHalfOfTheirValues() {
        String figure = "Blake2b of 64 octets, alone";
        assertEquals(Verdict.MET, blake(figure, 90));
        assertEquals(Verdict.MISSED, blake(figure, 128));
        List<Double> wide = List.of(80.0, 85.0, 99.0, 110.0, 115.0);
        Series spread =
                new Series("crypto", "blake2b64", "own", Map.of(), "ns", List.of(wide), null, null);
        assertEquals(Verdict.AT_THE_LIMIT, outcome(figure, "own", spread).verdict());
    }

    private static Verdict blake(String figure, double nanos) {
        return outcome(figure, "own", series("crypto", "blake2b64", "own", nanos, THIN)).verdict();
    }

    @Test
    void dividesWhatIsDoneTogether() {
        Series three = series("crypto", "ringVerify3 ring=1023", "vectors", 2_070_000, THIN);
        Outcome outcome = outcome("ring verify, each of 3", "vectors", three);
        assertEquals(690_000, outcome.value(), 1);
        assertEquals(Verdict.MET, outcome.verdict());
        assertEquals("690 µs", outcome.measured());
        Outcome threads = outcome("ring verify, each of 3", "vectors, 2 threads", three);
        assertEquals(Verdict.ABSENT, threads.verdict());
    }

    @Test
    void ratesAreBetterTheHigherTheyAre() {
        Series fast = series("erasure", "encodeBlob", "vectors", 600, THIN);
        Outcome outcome = outcome("erasure coding, one core: encodeBlob", "vectors", fast);
        assertEquals(Verdict.MET, outcome.verdict());
        assertEquals("1.67 G octets/s", outcome.measured());
        assertTrue(outcome.distance() < 1);
        Series slow = series("erasure", "encodeBlob", "vectors", 900, THIN);
        Outcome missed = outcome("erasure coding, one core: encodeBlob", "vectors", slow);
        assertEquals(Verdict.MISSED, missed.verdict());
    }

    @Test
    void ratiosHaveAFirstGoalOnTheWay() {
        String figure = "sieve, times cc -O2";
        Series base = series("pvm", "kernel sieve 0.8.0", "cc -O2", 100, THIN);
        double[] times = {210, 260, 400};
        Verdict[] verdicts = {Verdict.MET, Verdict.FIRST_MET, Verdict.MISSED};
        for (int i = 0; i < times.length; i++) {
            Series jit = series("pvm", "kernel sieve 0.8.0", "jit", times[i], THIN);
            assertEquals(verdicts[i], outcome(figure, "jit", base, jit).verdict());
        }
        Series alone = series("pvm", "kernel sieve 0.8.0", "jit", 100, THIN);
        Series other = series("crypto", "blake2b64", "own", 90, THIN);
        assertEquals(Verdict.ABSENT, outcome(figure, "jit", alone, other).verdict());
    }

    @Test
    void meansOfSevenKernelsAreGeometric() {
        List<String> names =
                List.of("fib", "sieve", "sha256", "matmul", "qsort", "xorshift", "interp");
        Series[] all =
                names.stream()
                        .flatMap(name -> {
                            String what = "kernel " + name + " 0.8.0";
                            double times = name.equals("fib") ? 128 : 1;
                            return Stream.of(
                                    series("pvm", what, "cc -O2", 50, 0),
                                    series("pvm", what, "jit", 50 * times, 0));
                        })
                        .toArray(Series[]::new);
        String figure = "geometric mean of seven kernels, times cc -O2";
        assertEquals(2, outcome(figure, "jit", all).value(), 1e-9);
        assertEquals(Verdict.ABSENT, outcome(figure, "polkavm recompiler", all).verdict());
    }

    @Test
    void nothingAllocatedIsLessThanAProfilersOctet() {
        Series hash = series("crypto", "blake2b64", "own", 90, THIN);
        Outcome outcome = outcome("allocated by blake2b64", "own", hash);
        assertEquals(Verdict.MET, outcome.verdict());
        assertEquals("0 B", outcome.measured());
    }

    @Test
    void aResultWithoutAnyFigureHasNoGoals() {
        assertTrue(Goals.of(result(series("codec", "blockDecode tiny", "own", 1, 0))).isEmpty());
    }

    @Test
    void summaryCountsVerdicts() {
        List<Outcome> outcomes = Goals.of(result(series("crypto", "blake2b64", "own", 90, 0)));
        String summary = Goals.summary(outcomes);
        assertTrue(summary.startsWith("2 met, "), summary);
        assertTrue(summary.endsWith(" not measured"), summary);
    }

    @Test
    void goalsAreNamedOnceAndTheirPartsStandTogether() {
        Set<String> seen = new HashSet<>();
        Set<String> parts = new HashSet<>();
        String part = "";
        for (Goal goal : Goals.ALL) {
            for (String how : goal.hows()) {
                String name = goal.figure() + "/" + how + "/" + goal.whats();
                assertTrue(seen.add(name), name);
            }
            if (!goal.part().equals(part)) {
                part = goal.part();
                assertTrue(parts.add(part), part);
            }
            assertFalse(goal.figure().isBlank());
        }
    }
}
