package io.marmalade.bench.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two results side by side.
 *
 * @param rows what both measured, the worst first
 * @param notes why the results may not be comparable
 */
public record Comparison(List<Row> rows, List<String> notes) {
    /** What is less than this counts as no change, however certain it is. */
    static final double LEAST_CHANGE = 0.05;

    /** How probable a difference may be by chance alone. */
    static final double SIGNIFICANCE = 0.01;

    /**
     * Rounds never differ by less than this part: two that are equal by luck prove nothing, and
     * runs differ by more than their rounds do.
     */
    private static final double LEAST_DEVIATION = 0.01;

    /** What can be said of a series. */
    public enum Verdict {
        /** It takes more than before. */
        SLOWER,
        /** It takes less than before. */
        FASTER,
        /** It takes what it took. */
        SAME,
        /** The values are too spread to tell. */
        UNDECIDED
    }

    /**
     * One series in both results.
     *
     * @param key of the series
     * @param unit of its values
     * @param before the median in the first result
     * @param after the median in the second
     * @param probability that rounds differ so by chance (Student's test)
     * @param verdict what can be said
     */
    public record Row(
            String key,
            String unit,
            double before,
            double after,
            double probability,
            Verdict verdict) {
        /**
         * Returns how many times as much it takes.
         *
         * @return above 1 if it got slower
         */
        public double ratio() {
            return after / before;
        }
    }

    /**
     * Compares what both results measured.
     *
     * @param before the first
     * @param after the second
     * @return the comparison
     */
    public static Comparison of(BenchResult before, BenchResult after) {
        Map<String, Series> old = new HashMap<>();
        before.series().forEach(series -> old.put(series.key(), series));
        List<Row> rows = new ArrayList<>();
        for (Series series : after.series()) {
            Series base = old.get(series.key());
            if (base != null && base.unit().equals(series.unit())) {
                rows.add(row(base, series));
            }
        }
        rows.sort((a, b) -> Double.compare(b.ratio(), a.ratio()));
        List<String> notes = new ArrayList<>();
        if (!before.cpu().equals(after.cpu())) {
            notes.add(
                    "the machines differ: "
                            + before.cpu()
                            + " and "
                            + after.cpu()
                            + "; times of two machines do not compare, only ratios within one"
                            + " result do");
        }
        if (!before.jdk().equals(after.jdk())) {
            notes.add("the JDKs differ: " + before.jdk() + " and " + after.jdk());
        }
        if (before.quick() != after.quick()) {
            notes.add("one of them is a quick run");
        }
        before.loadWarning().ifPresent(text -> notes.add("the first: " + text));
        after.loadWarning().ifPresent(text -> notes.add("the second: " + text));
        return new Comparison(rows, notes);
    }

    private static Row row(Series before, Series after) {
        double ratio = after.median() / before.median();
        double[] old = before.roundMedians();
        double[] now = after.roundMedians();
        double probability = probability(old, now);
        boolean enough = old.length >= 2 && now.length >= 2;
        boolean above = min(now) > max(old);
        boolean below = max(now) < min(old);
        Verdict verdict;
        if (enough && probability < SIGNIFICANCE && above && ratio >= 1 + LEAST_CHANGE) {
            verdict = Verdict.SLOWER;
        } else if (enough && probability < SIGNIFICANCE && below && 1 / ratio >= 1 + LEAST_CHANGE) {
            verdict = Verdict.FASTER;
        } else if (Math.abs(Math.log(ratio)) < Math.log1p(LEAST_CHANGE)
                && before.spread() < 2 * LEAST_CHANGE
                && after.spread() < 2 * LEAST_CHANGE) {
            verdict = Verdict.SAME;
        } else {
            verdict = Verdict.UNDECIDED;
        }
        return new Row(
                after.key(), after.unit(), before.median(), after.median(), probability, verdict);
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /**
     * Student's two-sided test of equal means, on the logarithms of the rounds' medians. Values
     * within a round are no evidence of their own: what a process compiles, and where it lies in
     * memory, is common to them.
     *
     * @return 1 if there are fewer than two rounds on either side
     */
    static double probability(double[] before, double[] after) {
        int degrees = before.length + after.length - 2;
        if (before.length < 2 || after.length < 2) {
            return 1;
        }
        double[] old = Arrays.stream(before).map(Math::log).toArray();
        double[] now = Arrays.stream(after).map(Math::log).toArray();
        double variance =
                Math.max(
                        LEAST_DEVIATION * LEAST_DEVIATION, (squares(old) + squares(now)) / degrees);
        double error = Math.sqrt(variance * (1.0 / old.length + 1.0 / now.length));
        return probability((mean(now) - mean(old)) / error, degrees);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double squares(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    }

    /**
     * How probable it is that Student's t is at least so far from 0 (Abramowitz and Stegun 26.7.3
     * and 26.7.4).
     */
    static double probability(double t, int degrees) {
        double angle = Math.atan(Math.abs(t) / Math.sqrt(degrees));
        double cosine = Math.cos(angle);
        double square = cosine * cosine;
        boolean odd = degrees % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int power = odd ? 3 : 2; power <= degrees - 2; power += 2) {
            term *= square * (power - 1) / power;
            sum += term;
        }
        double inside = Math.sin(angle) * sum;
        return Math.clamp(1 - (odd ? 2 / Math.PI * (angle + inside) : inside), 0, 1);
    }
}
