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
 * <p>Buckets are added up by {@link AffineSums}; those with two points of the same x, where that is
 * not possible, one point after the other. Addresses are of native memory.
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
            MemorySegment single = arena.allocate(Blst.P1_AFFINE_SIZE, 64);
            AffineSums batch = null;
            for (int high = BUCKETS; high > 0; ) {
                int low = high - 1;
                while (low > 0 && bounds[high + 1] - bounds[low] <= BATCH) {
                    low--;
                }
                // Buckets low + 1 to high. One alone may have more than a batch's points.
                int size = bounds[high + 1] - bounds[low + 1];
                if (batch == null || batch.capacity() < size) {
                    batch = new AffineSums(arena, Math.max(size, BATCH), BUCKETS);
                }
                for (int i = 0; i < size; i++) {
                    int entry = entries[bounds[low + 1] + i];
                    batch.put(i, point(rows, entry), (entry & 1) != 0);
                }
                boolean added = batch.add(bounds, low + 1, high - low);
                for (int bucket = high; bucket > low; bucket--) {
                    if (added) {
                        batch.addGroupTo(running.address(), bucket - low - 1);
                    } else {
                        for (int i = bounds[bucket]; i < bounds[bucket + 1]; i++) {
                            addEntry(running.address(), rows, entries[i], single);
                        }
                    }
                    Blst.p1AddOrDouble(total.address(), total.address(), running.address());
                }
                high = low;
            }
            MemorySegment.copy(total, 0, ALL, sum, Blst.P1_SIZE);
        }
    }

    private static long point(long rows, int entry) {
        return rows + (long) (entry >>> 1) * Blst.P1_AFFINE_SIZE;
    }

    private static void addEntry(long sum, long rows, int entry, MemorySegment single) {
        MemorySegment.copy(ALL, point(rows, entry), single, 0, Blst.P1_AFFINE_SIZE);
        long y = single.address() + Blst.P1_AFFINE_SIZE / 2;
        Blst.fpNegate(y, y, (entry & 1) != 0);
        Blst.p1AddOrDoubleAffine(sum, sum, single.address());
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
}
