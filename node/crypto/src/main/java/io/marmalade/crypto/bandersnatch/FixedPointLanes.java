package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.CoordinateLanes.COUNT;
import static io.marmalade.crypto.bandersnatch.CoordinateLanes.LENGTH;
import static io.marmalade.crypto.bandersnatch.CoordinateLanes.LIMBS;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * What {@link FixedPointSums} does, in {@link CoordinateLanes}: eight pairs of points are added at
 * once, and each lane's divisors share one inversion.
 *
 * <p>The sum of b · B<sub>b</sub> over all buckets is found by pairs too. With b = 32i + j it is 32
 * times the sum of i · R<sub>i</sub> and the sum of j · C<sub>j</sub>, where R<sub>i</sub> adds up
 * the buckets of one i, and C<sub>j</sub> those of one j; only these few are left to blst.
 *
 * <p>A point is sixteen numbers here: the limbs of x, then those of y.
 */
final class FixedPointLanes {
    private static final int POINT = 2 * LIMBS;
    private static final int COORDINATE = Blst.P1_AFFINE_SIZE / 2;
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final long MASK = (1L << 48) - 1;

    /** The logarithm of the number of columns, C₀ among them, that the buckets are put in. */
    private static final int LOG_COLUMNS = 5;

    private static final int COLUMNS = 1 << LOG_COLUMNS;
    private static final int ROWS = FixedPointSums.BUCKETS >> LOG_COLUMNS;

    /** Buckets are added up together until they have so many points: what a cache holds. */
    private static final int BATCH = 4096;

    private static final BigInteger RADIX = BigInteger.ONE.shiftLeft(384).mod(Endomorphism.P);

    /** Takes coordinates to the form that blst has them in. */
    private static final double[] TO_BLST = CoordinateLanes.broadcast(RADIX);

    /** Takes what blst finds as the inverse, of an integer in lanes that is not in its form. */
    private static final double[] FROM_INVERSE =
            CoordinateLanes.broadcast(
                    RADIX.multiply(RADIX).mod(Endomorphism.P).modInverse(Endomorphism.P));

    private final double[] table;
    private final Arena arena;
    private final long scratch;
    private final long[] limbs = new long[LIMBS];
    private final double[] w = CoordinateLanes.workspace();

    // The points that are added up, and which of them each group has: those at slots[starts[i]] and
    // after, sizes[i] of them. Two points more fill lanes that have none of their own.
    private double[] points = new double[0];
    private int[] slots = new int[0];
    private final int[] starts = new int[FixedPointSums.BUCKETS];
    private final int[] sizes = new int[FixedPointSums.BUCKETS];

    // The pairs of a round: where their points are, their divisors and the products of all divisors
    // so far in a lane.
    private int[] left = new int[0];
    private int[] right = new int[0];
    private double[] divisors = new double[0];
    private double[] products = new double[0];

    // Eight elements each.
    private final double[] x1 = new double[LENGTH];
    private final double[] y1 = new double[LENGTH];
    private final double[] other = new double[LENGTH];
    private final double[] inverse = new double[LENGTH];
    private final double[] slope = new double[LENGTH];
    private final double[] t = new double[LENGTH];

    private FixedPointLanes(double[] table, Arena arena) {
        this.table = table;
        this.arena = arena;
        scratch = arena.allocate((2L * COUNT + 1) * COORDINATE, 64).address();
    }

    /** Returns multiples of points as {@link #sum} wants them. */
    static double[] table(long rows, int count) {
        double[] table = new double[count * FixedPointSums.MULTIPLES * POINT];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(COORDINATE, 64);
            one.set(ValueLayout.JAVA_LONG, 0, 1);
            MemorySegment plain = arena.allocate(COORDINATE, 64);
            for (int i = 0; i < table.length / LIMBS; i++) {
                // Times one in blst's form divides by the factor that this form has.
                Blst.fpMultiply(plain.address(), rows + (long) i * COORDINATE, one.address());
                take(table, LIMBS * i, 1, plain.address());
            }
        }
        return table;
    }

    /**
     * Writes the sum of scalarᵢ · pointᵢ.
     *
     * @param sum where the Jacobian result goes
     * @param table what {@link #table} returned
     * @param scalars what {@link FixedPointSums#putScalar} wrote
     * @param first the index of the first scalar and point of the sum
     * @param end the index after the last
     * @return false if two points had the same x on the way, and nothing came of it
     */
    static boolean sum(long sum, double[] table, MemorySegment scalars, int first, int end) {
        int[] bounds = new int[FixedPointSums.BUCKETS + 2];
        int[] entries = FixedPointSums.sorted(scalars, first, end, bounds);
        try (Arena arena = Arena.ofConfined()) {
            return new FixedPointLanes(table, arena).sum(sum, entries, bounds);
        }
    }

    private boolean sum(long sum, int[] entries, int[] bounds) {
        double[] buckets = new double[(FixedPointSums.BUCKETS + 1) * POINT];
        for (int low = 1; low <= FixedPointSums.BUCKETS; ) {
            int high = low + 1;
            while (high <= FixedPointSums.BUCKETS && bounds[high + 1] - bounds[low] <= BATCH) {
                high++;
            }
            // Buckets low to high - 1. One alone may have more than a batch's points.
            int count = bounds[high] - bounds[low];
            reserve(count);
            for (int i = 0; i < count; i++) {
                enter(i, entries[bounds[low] + i]);
            }
            for (int bucket = low; bucket < high; bucket++) {
                starts[bucket - low] = bounds[bucket] - bounds[low];
                sizes[bucket - low] = bounds[bucket + 1] - bounds[bucket];
            }
            if (!addUp(high - low, count)) {
                return false;
            }
            for (int bucket = low; bucket < high; bucket++) {
                if (sizes[bucket - low] != 0) {
                    int at = POINT * slots[starts[bucket - low]];
                    System.arraycopy(points, at, buckets, POINT * bucket, POINT);
                }
            }
            low = high;
        }
        return addRowsAndColumns(sum, buckets, bounds);
    }

    /** Adds up the multiples of buckets by their numbers. */
    private boolean addRowsAndColumns(long sum, double[] buckets, int[] bounds) {
        reserve(2 * FixedPointSums.BUCKETS);
        int count = 0;
        // Rows 1 and up, then columns 1 and up.
        for (int group = 0; group < ROWS + COLUMNS - 1; group++) {
            int number = group < ROWS ? (group + 1) << LOG_COLUMNS : group - ROWS + 1;
            int step = group < ROWS ? 1 : COLUMNS;
            int end = group < ROWS ? number + COLUMNS : FixedPointSums.BUCKETS + 1;
            starts[group] = count;
            for (int b = number; b < Math.min(end, FixedPointSums.BUCKETS + 1); b += step) {
                if (bounds[b + 1] != bounds[b]) {
                    System.arraycopy(buckets, POINT * b, points, POINT * count, POINT);
                    slots[count] = count;
                    count++;
                }
            }
            sizes[group] = count - starts[group];
        }
        if (!addUp(ROWS + COLUMNS - 1, count)) {
            return false;
        }
        MemorySegment running = arena.allocate(Blst.P1_SIZE, 64);
        MemorySegment columns = arena.allocate(Blst.P1_SIZE, 64);
        MemorySegment total = arena.allocate(Blst.P1_SIZE, 64);
        addMultiples(total.address(), running.address(), 0, ROWS);
        for (int i = 0; i < LOG_COLUMNS; i++) {
            Blst.p1Double(total.address(), total.address());
        }
        running.fill((byte) 0);
        addMultiples(columns.address(), running.address(), ROWS, COLUMNS - 1);
        Blst.p1AddOrDouble(sum, total.address(), columns.address());
        return true;
    }

    /** Adds the i-th multiple of the i-th group's point, 1 and up, to a sum. */
    private void addMultiples(long sum, long running, int first, int count) {
        for (int group = first + count - 1; group >= first; group--) {
            if (sizes[group] != 0) {
                leave(points, POINT * slots[starts[group]], scratch);
                Blst.p1AddOrDoubleAffine(running, running, scratch);
            }
            Blst.p1AddOrDouble(sum, sum, running);
        }
    }

    /** Makes room for points to be added up. */
    private void reserve(int count) {
        if (points.length < POINT || slots.length < count) {
            int capacity = Math.max(count, BATCH);
            points = new double[(capacity + 2) * POINT];
            // Any two different x will do; the sums are left where they are.
            points[(capacity + 1) * POINT] = 1;
            slots = new int[capacity];
            left = new int[capacity / 2 + COUNT];
            right = new int[capacity / 2 + COUNT];
            divisors = new double[(capacity / 2 / COUNT + 1) * LENGTH];
            products = new double[(capacity / 2 / COUNT + 1) * LENGTH];
        }
    }

    /** Brings a multiple to a place. */
    private void enter(int index, int entry) {
        int from = POINT * (entry >>> 1);
        int to = POINT * index;
        System.arraycopy(table, from, points, to, POINT);
        if ((entry & 1) != 0) {
            CoordinateLanes.negate(points, to + LIMBS, table, from + LIMBS);
        }
        slots[index] = index;
    }

    /** Adds up each group, so that it has one point or none; returns false if it cannot. */
    private boolean addUp(int groups, int count) {
        for (int pairs = pair(groups, count); pairs > 0; pairs = pair(groups, count)) {
            if (!invertDivisors(pairs)) {
                return false;
            }
            addPairs(pairs);
        }
        return true;
    }

    /** Finds each group's pairs, and leaves it the places of their sums. */
    private int pair(int groups, int count) {
        int pairs = 0;
        for (int i = 0; i < groups; i++) {
            int start = starts[i];
            int half = sizes[i] / 2;
            for (int j = 0; j < half; j++) {
                left[pairs] = POINT * slots[start + 2 * j];
                int sum = slots[start + 2 * j + 1];
                right[pairs++] = POINT * sum;
                slots[start + j] = sum;
            }
            if ((sizes[i] & 1) != 0) {
                slots[start + half] = slots[start + 2 * half];
            }
            sizes[i] -= half;
        }
        Arrays.fill(left, pairs, pairs + COUNT, points.length - 2 * POINT);
        Arrays.fill(right, pairs, pairs + COUNT, points.length - POINT);
        return pairs;
    }

    /** Finds the pairs' divisors, and the inverses of their products in each lane. */
    private boolean invertDivisors(int pairs) {
        int at = 0;
        for (int pair = 0; pair < pairs; pair += COUNT) {
            gather(x1, left, pair, 0);
            gather(other, right, pair, 0);
            CoordinateLanes.sub(divisors, at, other, 0, x1, 0);
            if (pair == 0) {
                CoordinateLanes.mul(products, 0, divisors, 0, CoordinateLanes.ONE, 0, w);
            } else {
                CoordinateLanes.mul(products, at, products, at - LENGTH, divisors, at, w);
            }
            at += LENGTH;
        }
        return invert(at - LENGTH);
    }

    /** Inverts the products at an offset, all by one inversion; returns false if one is zero. */
    private boolean invert(int at) {
        long partial = scratch + (long) COUNT * COORDINATE;
        for (int lane = 0; lane < COUNT; lane++) {
            long value = scratch + (long) lane * COORDINATE;
            if (CoordinateLanes.isZero(products, at, lane)) {
                return false;
            }
            CoordinateLanes.reduce(limbs, products, at, lane);
            put(limbs, value);
            long product = partial + (long) lane * COORDINATE;
            if (lane == 0) {
                MemorySegment.copy(ALL, value, ALL, product, COORDINATE);
            } else {
                Blst.fpMultiply(product, product - COORDINATE, value);
            }
        }
        long rest = partial + (long) COUNT * COORDINATE;
        Blst.fpInvert(rest, rest - COORDINATE);
        for (int lane = COUNT - 1; lane >= 0; lane--) {
            long value = scratch + (long) lane * COORDINATE;
            long product = partial + (long) lane * COORDINATE;
            if (lane == 0) {
                take(inverse, lane, COUNT, rest);
            } else {
                Blst.fpMultiply(product, rest, product - COORDINATE);
                Blst.fpMultiply(rest, rest, value);
                take(inverse, lane, COUNT, product);
            }
        }
        CoordinateLanes.mul(inverse, 0, inverse, 0, FROM_INVERSE, 0, w);
        return true;
    }

    /**
     * Adds the points of each pair: with s = (y₂ − y₁)/(x₂ − x₁) it is x = s² − x₁ − x₂ and y =
     * s(x₁ − x) − y₁.
     */
    private void addPairs(int pairs) {
        int pair = (pairs - 1) / COUNT * COUNT;
        for (int at = pair / COUNT * LENGTH; at >= 0; at -= LENGTH) {
            gather(y1, left, pair, LIMBS);
            gather(other, right, pair, LIMBS);
            gather(x1, left, pair, 0);
            CoordinateLanes.sub(t, 0, other, 0, y1, 0);
            if (at == 0) {
                CoordinateLanes.mul(slope, 0, t, 0, inverse, 0, w);
            } else {
                CoordinateLanes.mul(slope, 0, inverse, 0, products, at - LENGTH, w);
                CoordinateLanes.mul(slope, 0, slope, 0, t, 0, w);
                CoordinateLanes.mul(inverse, 0, inverse, 0, divisors, at, w);
            }
            CoordinateLanes.square(t, 0, slope, 0, w);
            CoordinateLanes.add(other, 0, divisors, at, x1, 0);
            CoordinateLanes.add(other, 0, other, 0, x1, 0);
            CoordinateLanes.difference(other, 0, t, 0, other, 0);
            CoordinateLanes.sub(x1, 0, x1, 0, other, 0);
            CoordinateLanes.mul(t, 0, slope, 0, x1, 0, w);
            CoordinateLanes.difference(t, 0, t, 0, y1, 0);
            int count = Math.min(COUNT, pairs - pair);
            scatter(other, right, pair, count, 0);
            scatter(t, right, pair, count, LIMBS);
            pair -= COUNT;
        }
    }

    /** Brings a coordinate of eight points into lanes. */
    private void gather(double[] r, int[] places, int first, int coordinate) {
        double[] from = points;
        for (int lane = 0; lane < COUNT; lane++) {
            int at = places[first + lane] + coordinate;
            r[lane] = from[at];
            r[lane + COUNT] = from[at + 1];
            r[lane + 2 * COUNT] = from[at + 2];
            r[lane + 3 * COUNT] = from[at + 3];
            r[lane + 4 * COUNT] = from[at + 4];
            r[lane + 5 * COUNT] = from[at + 5];
            r[lane + 6 * COUNT] = from[at + 6];
            r[lane + 7 * COUNT] = from[at + 7];
        }
    }

    private void scatter(double[] a, int[] places, int first, int count, int coordinate) {
        double[] to = points;
        for (int lane = 0; lane < count; lane++) {
            int at = places[first + lane] + coordinate;
            to[at] = a[lane];
            to[at + 1] = a[lane + COUNT];
            to[at + 2] = a[lane + 2 * COUNT];
            to[at + 3] = a[lane + 3 * COUNT];
            to[at + 4] = a[lane + 4 * COUNT];
            to[at + 5] = a[lane + 5 * COUNT];
            to[at + 6] = a[lane + 6 * COUNT];
            to[at + 7] = a[lane + 7 * COUNT];
        }
    }

    /** Writes a point as blst has it. */
    private void leave(double[] a, int ao, long target) {
        for (int i = 0; i < LIMBS; i++) {
            x1[COUNT * i] = a[ao + i];
            x1[COUNT * i + 1] = a[ao + LIMBS + i];
        }
        CoordinateLanes.mul(x1, 0, x1, 0, TO_BLST, 0, w);
        CoordinateLanes.reduce(limbs, x1, 0, 0);
        put(limbs, target);
        CoordinateLanes.reduce(limbs, x1, 0, 1);
        put(limbs, target + COORDINATE);
    }

    /** Writes eight limbs of 48 bits as six of 64. */
    private static void put(long[] limbs, long target) {
        for (int i = 0; i < 2; i++) {
            long a = limbs[4 * i];
            long b = limbs[4 * i + 1];
            long c = limbs[4 * i + 2];
            long d = limbs[4 * i + 3];
            long to = target + 24L * i;
            ALL.set(ValueLayout.JAVA_LONG, to, a | b << 48);
            ALL.set(ValueLayout.JAVA_LONG, to + 8, b >>> 16 | c << 32);
            ALL.set(ValueLayout.JAVA_LONG, to + 16, c >>> 32 | d << 16);
        }
    }

    /** Reads six limbs of 64 bits as eight of 48, some numbers apart. */
    private static void take(double[] r, int ro, int stride, long source) {
        for (int i = 0; i < 2; i++) {
            long from = source + 24L * i;
            long a = ALL.get(ValueLayout.JAVA_LONG, from);
            long b = ALL.get(ValueLayout.JAVA_LONG, from + 8);
            long c = ALL.get(ValueLayout.JAVA_LONG, from + 16);
            int to = ro + 4 * i * stride;
            r[to] = a & MASK;
            r[to + stride] = (a >>> 48 | b << 16) & MASK;
            r[to + 2 * stride] = (b >>> 32 | c << 32) & MASK;
            r[to + 3 * stride] = c >>> 16;
        }
    }
}
