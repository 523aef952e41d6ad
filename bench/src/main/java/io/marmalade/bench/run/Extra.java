package io.marmalade.bench.run;

import io.marmalade.bench.result.BenchResult;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured once and is no series: how things change over time, and whole sets of blocks.
 */
interface Extra {
    /** Returns what it is: {@code SUITE/WHAT/HOW}. */
    String name();

    /**
     * Measures it.
     *
     * @throws IOException if it fails, with a reason for a reader
     */
    void measure(Findings findings) throws IOException, InterruptedException;

    /** What extras have found so far. */
    final class Findings {
        private final List<BenchResult.Import> imports = new ArrayList<>();
        private final Map<String, BenchResult.Curve> curves = new LinkedHashMap<>();

        void add(BenchResult.Import one) {
            imports.add(one);
        }

        /** Adds a line to the curve that is called so, with its own lines of other names. */
        void add(String title, String x, String y, String line, List<double[]> points) {
            curves.computeIfAbsent(
                            title, key -> new BenchResult.Curve(key, x, y, new LinkedHashMap<>()))
                    .lines()
                    .put(line, points);
        }

        List<BenchResult.Import> imports() {
            return imports;
        }

        List<BenchResult.Curve> curves() {
            return List.copyOf(curves.values());
        }
    }
}
