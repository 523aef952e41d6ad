package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sums of groups of affine points of G1, by blst's field. The points of each group are added in
 * pairs, whose divisions share one inversion, those of all groups: six products an addition instead
 * of eleven. Only points with the same x cannot be added so. Addresses are of native memory.
 */
final class AffineSums {
    private static final int COORDINATE = Blst.P1_AFFINE_SIZE / 2;
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private final int capacity;
    private final long points;
    private final long divisors;
    private final long products;
    private final long scratch;

    /** Where each group's points are among the slots, how many, and where those lie. */
    private final int[] starts;

    private final int[] sizes;
    private final int[] slots;

    /**
     * @param capacity how many points there may be in all groups
     * @param groups how many groups there may be
     */
    AffineSums(Arena arena, int capacity, int groups) {
        this.capacity = capacity;
        starts = new int[groups];
        sizes = new int[groups];
        slots = new int[capacity];
        points = arena.allocate((long) capacity * Blst.P1_AFFINE_SIZE, 64).address();
        divisors = arena.allocate((capacity / 2 + 1L) * COORDINATE, 64).address();
        products = arena.allocate((capacity / 2 + 1L) * COORDINATE, 64).address();
        scratch = arena.allocate(Blst.P1_AFFINE_SIZE, 64).address();
    }

    /** Returns how many points there may be. */
    int capacity() {
        return capacity;
    }

    /** Puts a point at its place: group by group, without gaps. */
    void put(int index, long point, boolean negative) {
        long to = points + (long) index * Blst.P1_AFFINE_SIZE;
        copy(to, point);
        Blst.fpNegate(to + COORDINATE, point + COORDINATE, negative);
    }

    private static void copy(long to, long from) {
        for (int i = 0; i < COORDINATE; i += 8) {
            ALL.set(ValueLayout.JAVA_LONG, to + i, ALL.get(ValueLayout.JAVA_LONG, from + i));
        }
    }

    private long point(int index) {
        return points + (long) slots[index] * Blst.P1_AFFINE_SIZE;
    }

    /**
     * Adds up each of some groups.
     *
     * @param bounds where each group's points begin, and behind the last where they end; the
     *     difference to the first is the place
     * @param first the index of the first group's bound
     * @param groups how many groups
     * @return false if two points had the same x, and nothing came of it
     */
    boolean add(int[] bounds, int first, int groups) {
        int base = bounds[first];
        int most = 0;
        for (int i = 0; i < groups; i++) {
            starts[i] = bounds[first + i] - base;
            sizes[i] = bounds[first + i + 1] - bounds[first + i];
            most = Math.max(most, sizes[i]);
        }
        int count = bounds[first + groups] - base;
        for (int i = 0; i < count; i++) {
            slots[i] = i;
        }
        while (most > 1) {
            int pairs = putDivisors(groups);
            if (!invert(divisors, products, pairs, scratch)) {
                return false;
            }
            addPairs(groups);
            most = (most + 1) / 2;
        }
        return true;
    }

    /** Adds what came of a group, if it had points, to a Jacobian point. */
    void addGroupTo(long sum, int group) {
        if (sizes[group] != 0) {
            Blst.p1AddOrDoubleAffine(sum, sum, point(starts[group]));
        }
    }

    /** Writes the differences of the pairs' x, and returns how many. */
    private int putDivisors(int groups) {
        int pairs = 0;
        for (int i = 0; i < groups; i++) {
            int start = starts[i];
            int half = sizes[i] / 2;
            for (int j = 0; j < half; j++) {
                long divisor = divisors + (long) pairs++ * COORDINATE;
                Blst.fpSubtract(divisor, point(start + 2 * j + 1), point(start + 2 * j));
            }
        }
        return pairs;
    }

    /**
     * Inverts elements of the field by one inversion.
     *
     * @param divisors without gaps
     * @param inverses where the inverses go
     * @param count at least one
     * @param scratch room for one more
     * @return false if one of them is zero, and nothing came of it
     */
    private static boolean invert(long divisors, long inverses, int count, long scratch) {
        copy(inverses, divisors);
        for (int i = 1; i < count; i++) {
            long at = (long) i * COORDINATE;
            Blst.fpMultiply(inverses + at, inverses + at - COORDINATE, divisors + at);
        }
        long last = inverses + (count - 1L) * COORDINATE;
        if (isZero(last)) {
            return false;
        }
        Blst.fpInvert(scratch, last);
        for (int i = count - 1; i > 0; i--) {
            long at = (long) i * COORDINATE;
            Blst.fpMultiply(inverses + at, scratch, inverses + at - COORDINATE);
            Blst.fpMultiply(scratch, scratch, divisors + at);
        }
        copy(inverses, scratch);
        return true;
    }

    private static boolean isZero(long at) {
        long any = 0;
        for (int i = 0; i < COORDINATE; i += 8) {
            any |= ALL.get(ValueLayout.JAVA_LONG, at + i);
        }
        return any == 0;
    }

    /** Adds the first point of each pair to the second. */
    private void addPairs(int groups) {
        long inverse = products;
        for (int i = 0; i < groups; i++) {
            int start = starts[i];
            int half = sizes[i] / 2;
            for (int j = 0; j < half; j++) {
                long q = point(start + 2 * j + 1);
                add(q, point(start + 2 * j), q, inverse, scratch);
                slots[start + j] = slots[start + 2 * j + 1];
                inverse += COORDINATE;
            }
            if ((sizes[i] & 1) != 0) {
                slots[start + half] = slots[start + 2 * half];
            }
            sizes[i] -= half;
        }
    }

    /**
     * Adds two points; the sum may go where the second is.
     *
     * @param inverse of the difference of their x
     * @param scratch room for two elements
     */
    private static void add(long sum, long p, long q, long inverse, long scratch) {
        long slope = scratch;
        long t = scratch + COORDINATE;
        Blst.fpSubtract(t, q + COORDINATE, p + COORDINATE);
        Blst.fpMultiply(slope, t, inverse);
        Blst.fpSquare(t, slope);
        Blst.fpSubtract(t, t, p);
        Blst.fpSubtract(sum, t, q);
        Blst.fpSubtract(t, p, sum);
        Blst.fpMultiply(t, slope, t);
        Blst.fpSubtract(sum + COORDINATE, t, p + COORDINATE);
    }

    /**
     * Writes the odd multiples P, 3P, 5P, … of affine points of the subgroup, none of them the
     * identity: a row for each point.
     *
     * @param multiples how many of each point, at least one
     * @param points without gaps
     */
    static void oddMultiples(long rows, int multiples, long points, int count) {
        long row = (long) multiples * Blst.P1_AFFINE_SIZE;
        try (Arena arena = Arena.ofConfined()) {
            long size = (long) count * COORDINATE;
            long divisors = arena.allocate(size, 64).address();
            long inverses = arena.allocate(size, 64).address();
            long twice = arena.allocate(2 * size, 64).address();
            long scratch = arena.allocate(Blst.P1_AFFINE_SIZE, 64).address();
            // None of these sums is one of points with the same x: their order is too large.
            for (int i = 0; i < count; i++) {
                long y = points + (long) i * Blst.P1_AFFINE_SIZE + COORDINATE;
                Blst.fpAdd(divisors + (long) i * COORDINATE, y, y);
            }
            invert(divisors, inverses, count, scratch);
            for (int i = 0; i < count; i++) {
                long offset = (long) i * Blst.P1_AFFINE_SIZE;
                copy(rows + row * i, points + offset);
                copy(rows + row * i + COORDINATE, points + offset + COORDINATE);
                twice(twice + offset, points + offset, inverses + (long) i * COORDINATE, scratch);
            }
            for (int j = 1; j < multiples; j++) {
                long before = rows + (j - 1L) * Blst.P1_AFFINE_SIZE;
                for (int i = 0; i < count; i++) {
                    long x = twice + (long) i * Blst.P1_AFFINE_SIZE;
                    Blst.fpSubtract(divisors + (long) i * COORDINATE, x, before + row * i);
                }
                invert(divisors, inverses, count, scratch);
                for (int i = 0; i < count; i++) {
                    long p = before + row * i;
                    long q = twice + (long) i * Blst.P1_AFFINE_SIZE;
                    add(p + Blst.P1_AFFINE_SIZE, p, q, inverses + (long) i * COORDINATE, scratch);
                }
            }
        }
    }

    /**
     * Doubles a point.
     *
     * @param inverse of 2y
     */
    private static void twice(long result, long p, long inverse, long scratch) {
        long slope = scratch;
        long t = scratch + COORDINATE;
        Blst.fpSquare(t, p);
        Blst.fpAdd(slope, t, t);
        Blst.fpAdd(t, slope, t);
        Blst.fpMultiply(slope, t, inverse);
        Blst.fpSquare(t, slope);
        Blst.fpSubtract(t, t, p);
        Blst.fpSubtract(result, t, p);
        Blst.fpSubtract(t, p, result);
        Blst.fpMultiply(t, slope, t);
        Blst.fpSubtract(result + COORDINATE, t, p + COORDINATE);
    }
}
