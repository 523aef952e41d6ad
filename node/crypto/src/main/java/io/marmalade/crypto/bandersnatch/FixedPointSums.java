package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sums of multiples of points of G1 that are known beforehand, by blst's field. For each point
 * there is a row of its multiples by the powers of 2<sup>11</sup>, and their images under the
 * {@link Endomorphism}, so that the windows of all scalars share one set of buckets and nothing is
 * doubled.
 *
 * <p>The points of a bucket are added in pairs as affine points, whose divisions share one
 * inversion: six products an addition instead of eleven. Only points with the same x cannot be
 * added so; buckets where that comes to pass are summed up one point after the other. Addresses are
 * of native memory.
 */
final class FixedPointSums {
    private static final int WINDOW = 11;

    /** Windows for half a scalar and a carry. */
    private static final int WINDOWS = Endomorphism.HALF_BITS / WINDOW + 1;

    static final int BUCKETS = 1 << (WINDOW - 1);

    /** How many multiples a row has. */
    static final int MULTIPLES = 2 * WINDOWS;

    /** The octets of a point's row. */
    static final long ROW_SIZE = (long) MULTIPLES * Blst.P1_AFFINE_SIZE;

    /** The octets of a scalar's halves: {@code low} first. */
    static final int SCALAR_SIZE = 2 * Endomorphism.HALF_SIZE;

    /** Buckets are added up together until they have so many points: what a cache holds. */
    private static final int BATCH = 4096;

    private static final int COORDINATE = Blst.P1_AFFINE_SIZE / 2;
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private FixedPointSums() {}

    /** Writes the rows of affine points, none of them the identity, that lie without gaps. */
    static void prepare(long rows, long points, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment power = arena.allocate(Blst.P1_SIZE, 64);
            MemorySegment powers = arena.allocate((long) WINDOWS * Blst.P1_SIZE, 64);
            MemorySegment pointers = arena.allocate(16, 8);
            pointers.set(ValueLayout.JAVA_LONG, 0, powers.address());
            for (int i = 0; i < count; i++) {
                long row = rows + ROW_SIZE * i;
                Blst.p1FromAffine(power.address(), points + (long) i * Blst.P1_AFFINE_SIZE);
                for (int j = 0; j < WINDOWS; j++) {
                    MemorySegment.copy(power, 0, powers, (long) j * Blst.P1_SIZE, Blst.P1_SIZE);
                    for (int k = 0; k < WINDOW && j < WINDOWS - 1; k++) {
                        Blst.p1Double(power.address(), power.address());
                    }
                }
                Blst.p1sToAffine(row, pointers.address(), WINDOWS);
                Endomorphism.apply(row + ROW_SIZE / 2, row, WINDOWS);
            }
        }
    }

    /** Writes a scalar as {@link #sum} wants it. */
    static void putScalar(MemorySegment scalars, int index, long[] element, int at) {
        long offset = (long) index * SCALAR_SIZE;
        Endomorphism.split(
                scalars, offset, offset + Endomorphism.HALF_SIZE, FieldElement.at(element, at));
    }

    /**
     * Writes the sum of scalarᵢ · pointᵢ.
     *
     * @param sum where the Jacobian result goes
     * @param rows what {@link #prepare} wrote
     * @param scalars what {@link #putScalar} wrote
     * @param first the index of the first scalar and point of the sum
     * @param end the index after the last
     */
    static void sum(long sum, long rows, MemorySegment scalars, int first, int end) {
        int[] bounds = new int[BUCKETS + 2];
        int[] entries = sorted(scalars, first, end, bounds);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment running = arena.allocate(Blst.P1_SIZE, 64);
            MemorySegment total = arena.allocate(Blst.P1_SIZE, 64);
            Batch batch = null;
            for (int high = BUCKETS; high > 0; ) {
                int low = high - 1;
                while (low > 0 && bounds[high + 1] - bounds[low] <= BATCH) {
                    low--;
                }
                // Buckets low + 1 to high. One alone may have more than a batch's points.
                int size = bounds[high + 1] - bounds[low + 1];
                if (batch == null || batch.capacity < size) {
                    batch = new Batch(arena, Math.max(size, BATCH));
                }
                boolean added = batch.add(rows, entries, bounds, low + 1, high);
                for (int bucket = high; bucket > low; bucket--) {
                    if (added) {
                        batch.addBucket(running.address(), bucket - low - 1);
                    } else {
                        for (int i = bounds[bucket]; i < bounds[bucket + 1]; i++) {
                            batch.addEntry(running.address(), rows, entries[i]);
                        }
                    }
                    Blst.p1AddOrDouble(total.address(), total.address(), running.address());
                }
                high = low;
            }
            MemorySegment.copy(total, 0, ALL, sum, Blst.P1_SIZE);
        }
    }

    /**
     * Returns which multiples are in which bucket, bucket by bucket: twice the index of the
     * multiple in the rows, and one more if it is to be subtracted.
     *
     * @param bounds receives for each bucket, 1 and up, where its entries begin
     */
    static int[] sorted(MemorySegment scalars, int first, int end, int[] bounds) {
        int count = 2 * WINDOWS * (end - first);
        short[] digits = new short[count];
        int at = 0;
        for (int i = first; i < end; i++) {
            for (int half = 0; half < 2; half++) {
                long offset = (long) i * SCALAR_SIZE + half * Endomorphism.HALF_SIZE;
                long low = scalars.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
                long high = scalars.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + 8);
                int carry = 0;
                for (int j = 0; j < WINDOWS; j++) {
                    int digit = ((int) low & (2 * BUCKETS - 1)) + carry;
                    carry = digit > BUCKETS ? 1 : 0;
                    digit -= carry << WINDOW;
                    low = low >>> WINDOW | high << (64 - WINDOW);
                    high >>>= WINDOW;
                    digits[at++] = (short) digit;
                    bounds[Math.abs(digit)]++;
                }
            }
        }
        // Bucket 0 is none: from counts to the ends of buckets, which become beginnings.
        bounds[0] = 0;
        for (int i = 1; i < bounds.length; i++) {
            bounds[i] += bounds[i - 1];
        }
        int[] entries = new int[bounds[BUCKETS]];
        for (int i = count - 1; i >= 0; i--) {
            int digit = digits[i];
            if (digit != 0) {
                int multiple = 2 * WINDOWS * first + i;
                entries[--bounds[Math.abs(digit)]] = multiple << 1 | (digit < 0 ? 1 : 0);
            }
        }
        return entries;
    }

    /** Buckets that are added up together. */
    private static final class Batch {
        private final int capacity;
        private final long points;
        private final long divisors;
        private final long products;
        private final long scratch;

        /** Where each bucket's points are among the slots, how many, and where those lie. */
        private final int[] starts = new int[BUCKETS];

        private final int[] sizes = new int[BUCKETS];
        private final int[] slots;

        Batch(Arena arena, int capacity) {
            this.capacity = capacity;
            slots = new int[capacity];
            points = arena.allocate((long) capacity * Blst.P1_AFFINE_SIZE, 64).address();
            divisors = arena.allocate((capacity / 2 + 1L) * COORDINATE, 64).address();
            products = arena.allocate((capacity / 2 + 1L) * COORDINATE, 64).address();
            scratch = arena.allocate(2L * Blst.P1_AFFINE_SIZE, 64).address();
        }

        private long point(int index) {
            return points + (long) slots[index] * Blst.P1_AFFINE_SIZE;
        }

        /** Adds the point of a bucket, if it has one. */
        void addBucket(long sum, int bucket) {
            if (sizes[bucket] != 0) {
                Blst.p1AddOrDoubleAffine(sum, sum, point(starts[bucket]));
            }
        }

        void addEntry(long sum, long rows, int entry) {
            put(scratch, rows, entry);
            Blst.p1AddOrDoubleAffine(sum, sum, scratch);
        }

        private static void put(long to, long rows, int entry) {
            long from = rows + (long) (entry >>> 1) * Blst.P1_AFFINE_SIZE;
            copy(to, from);
            Blst.fpNegate(to + COORDINATE, from + COORDINATE, (entry & 1) != 0);
        }

        private static void copy(long to, long from) {
            for (int i = 0; i < COORDINATE; i += 8) {
                ALL.set(ValueLayout.JAVA_LONG, to + i, ALL.get(ValueLayout.JAVA_LONG, from + i));
            }
        }

        /**
         * Adds up each of some buckets.
         *
         * @return false if two points had the same x, and nothing came of it
         */
        boolean add(long rows, int[] entries, int[] bounds, int first, int last) {
            int buckets = last - first + 1;
            int base = bounds[first];
            int most = 0;
            for (int i = 0; i < buckets; i++) {
                starts[i] = bounds[first + i] - base;
                sizes[i] = bounds[first + i + 1] - bounds[first + i];
                most = Math.max(most, sizes[i]);
            }
            int count = bounds[last + 1] - base;
            for (int i = 0; i < count; i++) {
                slots[i] = i;
                put(points + (long) i * Blst.P1_AFFINE_SIZE, rows, entries[base + i]);
            }
            while (most > 1) {
                if (!invertDivisors(buckets)) {
                    return false;
                }
                addPairs(buckets);
                most = (most + 1) / 2;
            }
            return true;
        }

        /** Writes the inverses of the differences of the pairs' x where the products are. */
        private boolean invertDivisors(int buckets) {
            int pairs = 0;
            long divisor = divisors;
            long product = products;
            for (int i = 0; i < buckets; i++) {
                int start = starts[i];
                for (int j = 0; j < sizes[i] / 2; j++) {
                    Blst.fpSubtract(divisor, point(start + 2 * j + 1), point(start + 2 * j));
                    if (pairs == 0) {
                        copy(product, divisor);
                    } else {
                        Blst.fpMultiply(product, product - COORDINATE, divisor);
                    }
                    pairs++;
                    divisor += COORDINATE;
                    product += COORDINATE;
                }
            }
            product -= COORDINATE;
            if (isZero(product)) {
                return false;
            }
            long inverse = scratch;
            Blst.fpInvert(inverse, product);
            for (int i = pairs - 1; i > 0; i--) {
                divisor -= COORDINATE;
                Blst.fpMultiply(product, inverse, product - COORDINATE);
                Blst.fpMultiply(inverse, inverse, divisor);
                product -= COORDINATE;
            }
            copy(product, inverse);
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
        private void addPairs(int buckets) {
            long slope = scratch;
            long t = scratch + COORDINATE;
            long inverse = products;
            for (int i = 0; i < buckets; i++) {
                int start = starts[i];
                int half = sizes[i] / 2;
                for (int j = 0; j < half; j++) {
                    long p = point(start + 2 * j);
                    long q = point(start + 2 * j + 1);
                    long y = q + COORDINATE;
                    Blst.fpSubtract(t, y, p + COORDINATE);
                    Blst.fpMultiply(slope, t, inverse);
                    Blst.fpSquare(t, slope);
                    Blst.fpSubtract(t, t, p);
                    Blst.fpSubtract(q, t, q);
                    Blst.fpSubtract(t, p, q);
                    Blst.fpMultiply(t, slope, t);
                    Blst.fpSubtract(y, t, p + COORDINATE);
                    slots[start + j] = slots[start + 2 * j + 1];
                    inverse += COORDINATE;
                }
                if ((sizes[i] & 1) != 0) {
                    slots[start + half] = slots[start + 2 * half];
                }
                sizes[i] -= half;
            }
        }
    }
}
