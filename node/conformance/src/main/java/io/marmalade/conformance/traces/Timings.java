package io.marmalade.conformance.traces;

import java.util.Arrays;

/** How long single things took. */
public final class Timings {
    private long[] nanos = new long[64];
    private int count;

    /**
     * Adds one.
     *
     * @param nanoseconds how long it took
     */
    public void add(long nanoseconds) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = nanoseconds;
    }

    /**
     * Adds all of another.
     *
     * @param other which is left as it is
     */
    public void addAll(Timings other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    /**
     * Returns the number of things.
     *
     * @return 0 or more
     */
    public int count() {
        return count;
    }

    /**
     * Returns the summary.
     *
     * @return all in milliseconds, zeroes if there is nothing
     */
    public Summary summary() {
        if (count == 0) {
            return new Summary(0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElse(0);
        double squares = Arrays.stream(sorted).mapToDouble(n -> (n - mean) * (n - mean)).sum();
        return new Summary(
                count,
                millis((double) sorted[0]),
                millis(mean),
                quantile(sorted, 0.5),
                quantile(sorted, 0.75),
                quantile(sorted, 0.9),
                quantile(sorted, 0.99),
                millis((double) sorted[count - 1]),
                millis(Math.sqrt(squares / count)));
    }

    private static double quantile(long[] sorted, double q) {
        double index = (sorted.length - 1) * q;
        int low = (int) index;
        int high = Math.min(low + 1, sorted.length - 1);
        return millis(sorted[low] + (sorted[high] - sorted[low]) * (index - low));
    }

    private static double millis(double nanoseconds) {
        return nanoseconds / 1e6;
    }

    /**
     * Times in milliseconds; quantiles interpolate linearly.
     *
     * @param count how many
     * @param min the shortest
     * @param mean the mean
     * @param p50 the median
     * @param p75 the third quartile
     * @param p90 the ninth decile
     * @param p99 the last percentile
     * @param max the longest
     * @param deviation the standard deviation
     */
    public record Summary(
            int count,
            double min,
            double mean,
            double p50,
            double p75,
            double p90,
            double p99,
            double max,
            double deviation) {}
}
