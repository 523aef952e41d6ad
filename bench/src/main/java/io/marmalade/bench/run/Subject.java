package io.marmalade.bench.run;

import io.marmalade.bench.result.Work;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One way to do one thing, which can be measured again and again. */
interface Subject {
    /** Returns what is done. */
    String what();

    /** Returns how it is done. */
    String how();

    /** Returns the parameters of what is done. */
    Map<String, String> parameters();

    /** Returns the unit of its values. */
    default String unit() {
        return "ns";
    }

    /** Returns what one operation does, or null if it is no amount of anything. */
    default @Nullable Work work() throws IOException {
        return null;
    }

    /**
     * Measures a round.
     *
     * @throws IOException if it fails, with a reason for a reader
     */
    Round measure() throws IOException, InterruptedException;

    /**
     * Values of a round.
     *
     * @param allocated octets for one operation, or null if that is not known
     */
    record Round(List<Double> values, @Nullable Double allocated) {}
}
