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
     * @param probability that values differ so by chance (Mann and Whitney's test)
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
            notes.add("the machines differ: " + before.cpu() + " and " + after.cpu());
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
        double probability = probability(before.sorted(), after.sorted());
        double ratio = after.median() / before.median();
        double[] old = before.roundMedians();
        double[] now = after.roundMedians();
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

    /** The two-sided test of Mann and Whitney, by its normal approximation without ties. */
    static double probability(double[] before, double[] after) {
        double n = before.length;
        double m = after.length;
        double wins = 0;
        for (double a : before) {
            for (double b : after) {
                wins += b > a ? 1 : b == a ? 0.5 : 0;
            }
        }
        double deviation = Math.sqrt(n * m * (n + m + 1) / 12);
        double z = Math.max(0, Math.abs(wins - n * m / 2) - 0.5) / deviation;
        return Math.min(1, 2 * upperTail(z));
    }

    /** The normal distribution's tail (Abramowitz and Stegun 26.2.17, error below 10⁻⁷). */
    private static double upperTail(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double polynomial =
                t
                        * (0.319381530
                                + t
                                        * (-0.356563782
                                                + t
                                                        * (1.781477937
                                                                + t
                                                                        * (-1.821255978
                                                                                + t
                                                                                        * 1.330274429))));
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
    }
}
