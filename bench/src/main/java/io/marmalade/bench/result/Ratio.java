package io.marmalade.bench.result;

import java.util.Optional;

/**
 * How one series stands to another.
 *
 * @param value the ratio of the medians
 * @param low the least that the values allow it to be
 * @param high the most
 */
public record Ratio(double value, double low, double high) {
    /**
     * The interval may be as wide as this, its end over its beginning, for the ratio to mean
     * anything.
     */
    static final double WIDEST = 1.3;

    /**
     * Divides a series by another of the same rounds. The interval holds the ratio of each round's
     * medians, and those of the quartiles of all values in both directions.
     *
     * @param series above the line
     * @param base below it
     * @return nothing if there are fewer than two rounds, or the interval is too wide to say
     *     anything
     */
    public static Optional<Ratio> of(Series series, Series base) {
        int rounds = Math.min(series.roundMedians().length, base.roundMedians().length);
        if (rounds < 2 || !series.unit().equals(base.unit())) {
            return Optional.empty();
        }
        Ratio ratio = between(series, base);
        return ratio.low > 0 && ratio.high / ratio.low <= WIDEST
                ? Optional.of(ratio)
                : Optional.empty();
    }

    /** Divides a series by another, however wide the interval gets. */
    static Ratio between(Series series, Series base) {
        double[] above = series.roundMedians();
        double[] below = base.roundMedians();
        double low = series.quartile(1) / base.quartile(3);
        double high = series.quartile(3) / base.quartile(1);
        for (int round = 0; round < Math.min(above.length, below.length); round++) {
            low = Math.min(low, above[round] / below[round]);
            high = Math.max(high, above[round] / below[round]);
        }
        return new Ratio(series.median() / base.median(), low, high);
    }
}
