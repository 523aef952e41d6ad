package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Sums of multiples of points of G1, by blst. Addresses are of native memory. */
final class PointSums {
    /** The bits of a scalar. */
    static final int SCALAR_BITS = 255;

    private PointSums() {}

    /**
     * Writes the sum of scalarᵢ · pointᵢ.
     *
     * @param sum where the Jacobian result goes
     * @param points affine points without gaps, at least one
     * @param scalars little-endian, each of as many octets as the bits need, without gaps
     * @param bits how many bits the scalars have at most
     */
    static void sum(long sum, long points, int count, long scalars, int bits) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointers = arena.allocate(4 * 8L, 8);
            pointers.set(ValueLayout.JAVA_LONG, 0, points);
            pointers.set(ValueLayout.JAVA_LONG, 16, scalars);
            MemorySegment scratch = arena.allocate(Blst.p1sPippengerScratch(count), 64);
            Blst.p1sPippenger(
                    sum,
                    pointers.address(),
                    count,
                    pointers.address() + 16,
                    bits,
                    scratch.address());
        }
    }

    /** Returns the octets of one point's row in a table for windows of so many bits. */
    static long rowSize(int width) {
        return (long) Blst.P1_AFFINE_SIZE << (width - 1);
    }

    /** Writes tables of multiples of affine points, none of them the identity. */
    static void tables(long tables, int width, long points, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointers = arena.allocate(16, 8);
            pointers.set(ValueLayout.JAVA_LONG, 0, points);
            Blst.p1sWindowsPrecompute(tables, width, pointers.address(), count);
        }
    }

    /**
     * Writes the sum of scalarᵢ · pointᵢ, as {@link #sum} does, from tables of the points'
     * multiples.
     */
    static void sumByTables(long sum, long tables, int width, int count, long scalars, int bits) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointers = arena.allocate(16, 8);
            pointers.set(ValueLayout.JAVA_LONG, 0, scalars);
            MemorySegment scratch = arena.allocate(Blst.p1sWindowsScratch(count), 64);
            Blst.p1sWindows(sum, tables, width, count, pointers.address(), bits, scratch.address());
        }
    }

    /** Writes an element as a scalar of 32 little-endian octets. */
    static void putScalar(MemorySegment target, long offset, FieldElement element) {
        putScalar(target, offset, element.limbs(), 0);
    }

    static void putScalar(MemorySegment target, long offset, long[] element, int at) {
        long[] plain = new long[Fr.LIMBS];
        Fr.toPlain(plain, 0, element, at);
        for (int i = 0; i < Fr.LIMBS; i++) {
            target.set(ValueLayout.JAVA_LONG_UNALIGNED, offset + 8L * i, plain[i]);
        }
    }

    /** Writes an element below 2<sup>128</sup> as a scalar of 16 little-endian octets. */
    static void putHalfScalar(MemorySegment target, long offset, FieldElement element) {
        long[] plain = new long[Fr.LIMBS];
        Fr.toPlain(plain, 0, element.limbs(), 0);
        target.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, plain[0]);
        target.set(ValueLayout.JAVA_LONG_UNALIGNED, offset + 8, plain[1]);
    }
}
