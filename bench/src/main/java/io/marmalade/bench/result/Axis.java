package io.marmalade.bench.result;

import java.util.ArrayList;
import java.util.List;

/**
 * From values to places along a line.
 *
 * @param low the value at one end; more than 0 if the axis is logarithmic
 * @param high the value at the other, more than {@code low}
 * @param logarithmic whether equal ratios are equally far apart
 * @param from the place of {@code low}
 * @param to the place of {@code high}
 */
record Axis(double low, double high, boolean logarithmic, double from, double to) {
    /** How far ticks are apart at least. */
    private static final double ROOM = 42;

    /** Returns an axis from 0, or from a bit below the least value if it is logarithmic. */
    static Axis of(double low, double high, boolean logarithmic, double from, double to) {
        if (!logarithmic) {
            return new Axis(0, high * 1.05, false, from, to);
        }
        double least = Math.max(low, high / 1e9);
        return new Axis(least / 1.15, high * 1.15, true, from, to);
    }

    double at(double value) {
        double part =
                logarithmic
                        ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
                        : (value - low) / (high - low);
        return from + part * (to - from);
    }

    /** Returns round values that are far enough apart for their labels. */
    List<Double> ticks() {
        if (!logarithmic) {
            return linearTicks();
        }
        if (high / low < 8) {
            return narrowTicks();
        }
        double[][] sets = {{1, 2, 5}, {1, 3}, {1}};
        for (double[] steps : sets) {
            List<Double> ticks = logarithmicTicks(steps, 1);
            if (ticks.size() >= 2 && areApart(ticks)) {
                return ticks;
            }
        }
        for (int decades = 2; ; decades++) {
            List<Double> ticks = logarithmicTicks(new double[] {1}, decades);
            if (areApart(ticks) || decades > 9) {
                return ticks;
            }
        }
    }

    /** Equal steps, where so little is shown that a logarithm hardly bends it. */
    private List<Double> narrowTicks() {
        int power = (int) Math.floor(Math.log10(high - low)) - 1;
        for (; ; power++) {
            for (int step : new int[] {1, 2, 5}) {
                List<Double> ticks = new ArrayList<>();
                double size = Double.parseDouble(step + "e" + power);
                for (long i = (long) Math.ceil(low / size); i * size <= high; i++) {
                    // Multiplied by a fraction, round numbers are none.
                    ticks.add(power < 0 ? i * step / Math.pow(10, -power) : i * size);
                }
                if (areApart(ticks)) {
                    return ticks;
                }
            }
        }
    }

    private boolean areApart(List<Double> ticks) {
        double room = from < to ? ROOM : ROOM / 2;
        for (int i = 1; i < ticks.size(); i++) {
            if (Math.abs(at(ticks.get(i)) - at(ticks.get(i - 1))) < room) {
                return false;
            }
        }
        return true;
    }

    private List<Double> logarithmicTicks(double[] steps, int decades) {
        List<Double> ticks = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(low));
        for (int power = first; Math.pow(10, power) <= high; power++) {
            for (double step : steps) {
                double tick = Double.parseDouble(step + "e" + power);
                if (Math.floorMod(power, decades) == 0 && tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private List<Double> linearTicks() {
        List<Double> ticks = new ArrayList<>();
        double step = Math.pow(10, Math.floor(Math.log10(high)));
        step = high / step < 2 ? step / 5 : high / step < 5 ? step / 2 : step;
        for (int i = 0; i * step <= high; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
