package io.marmalade.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measured values of one way to do one thing.
 *
 * @param suite it belongs to
 * @param what is done; series with the same belong side by side
 * @param how it is done: an engine, a backend, a library
 * @param parameters of what is done, by name
 * @param unit of the values: {@code ns} or {@code octets}; less is better
 * @param rounds the values of each round; rounds of the series of one thing alternate
 * @param allocated octets for one operation, or null if that is not known
 * @param work that one operation does, or null if it is no amount of anything
 */
public record Series(
        String suite,
        String what,
        String how,
        Map<String, String> parameters,
        String unit,
        List<List<Double>> rounds,
        @Nullable Double allocated,
        @Nullable Work work) {

    /** A file may lack anything. */
    public Series {
        Objects.requireNonNull(suite, "a series without suite");
        Objects.requireNonNull(what, "a series without what");
        Objects.requireNonNull(how, "a series without how");
        Objects.requireNonNull(parameters, "a series without parameters");
        Objects.requireNonNull(unit, "a series without unit");
        Objects.requireNonNull(rounds, "a series without rounds");
    }

    /** Returns what tells it from all other series of a run. */
    @JsonIgnore
    public String key() {
        return suite + " / " + what + " / " + how;
    }

    /** Returns all values in ascending order. */
    double[] sorted() {
        double[] all =
                rounds.stream().flatMap(List::stream).mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(all);
        return all;
    }

    /**
     * Returns the median of all values.
     *
     * @return NaN if there is none
     */
    public double median() {
        return quantile(sorted(), 0.5);
    }

    /**
     * Returns how far the middle half of the values is spread, as a part of the median.
     *
     * @return 0 or more
     */
    public double spread() {
        double[] all = sorted();
        return (quantile(all, 0.75) - quantile(all, 0.25)) / quantile(all, 0.5);
    }

    double quartile(int number) {
        return quantile(sorted(), number / 4.0);
    }

    /** Returns the medians of the rounds. */
    double[] roundMedians() {
        return rounds.stream()
                .filter(round -> !round.isEmpty())
                .mapToDouble(round -> {
                    double[] values = round.stream().mapToDouble(Double::doubleValue).toArray();
                    Arrays.sort(values);
                    return quantile(values, 0.5);
                })
                .toArray();
    }

    static double quantile(double[] sorted, double q) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double index = (sorted.length - 1) * q;
        int low = (int) index;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (sorted[high] - sorted[low]) * (index - low);
    }
}
