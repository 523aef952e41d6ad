package io.marmalade.bench.result;

import java.util.Locale;

/** What is looked at in a result to see whether a goal is met. */
sealed interface Measure {
    /**
     * The time for one of some that are done together, in nanoseconds.
     *
     * @param pieces how many an operation does
     */
    record Time(int pieces) implements Measure {}

    /**
     * What is done a second.
     *
     * @param unit of what is done
     */
    record Rate(String unit) implements Measure {}

    /**
     * How many times as long it takes as another way to do it; of several things the geometric
     * mean.
     *
     * @param base the other way
     */
    record Times(String base) implements Measure {}

    /**
     * The same, of several things the worst.
     *
     * @param base the other way
     */
    record WorstTimes(String base) implements Measure {}

    /** What an operation allocates, in octets. */
    record Allocation() implements Measure {}

    /**
     * The mean of a set's blocks, in milliseconds.
     *
     * @param way by which they come
     */
    record BlockMean(String way) implements Measure {}

    /** Returns whether less is better. */
    default boolean isLessBetter() {
        return !(this instanceof Rate);
    }

    /** Writes a value of it. */
    default String text(double value) {
        return switch (this) {
            case Time _ -> Format.value(value, "ns");
            case Rate rate -> Format.scaled(value, rate.unit() + "/s");
            case Times _, WorstTimes _ -> Format.digits(value) + " ×";
            case Allocation _ -> String.format(Locale.ROOT, "%,.0f B", value);
            case BlockMean _ -> Format.value(value * 1e6, "ns");
        };
    }
}
