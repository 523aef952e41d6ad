package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

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

    /**
     * A multiple of a point as a term of a sum.
     *
     * @param row where the point's odd multiples lie, and behind them their negations
     * @param width of the digits
     * @param digits the factor's, by {@link Scalar#signedDigits}
     */
    record Term(long row, int width, byte[] digits) {
        /**
         * Makes a term.
         *
         * @param limbs has the factor of 128 bits
         * @param at where its limbs are
         */
        static Term of(long row, int width, long[] limbs, int at) {
            long[] factor = {limbs[at], limbs[at + 1]};
            int bits = factor[1] == 0 ? 64 : 128;
            return new Term(row, width, Scalar.signedDigits(factor, width, bits + 2));
        }

        private long entry(int digit) {
            int half = 1 << (width - 2);
            int index = digit > 0 ? digit >> 1 : half + (-digit >> 1);
            return row + (long) index * Blst.P1_AFFINE_SIZE;
        }
    }

    /** Returns the octets of a point's odd multiples for digits of so many bits. */
    static long oddRowSize(int width) {
        return (long) Blst.P1_AFFINE_SIZE << (width - 1);
    }

    /**
     * Writes the odd multiples of affine points of the subgroup, none of them the identity, that
     * lie without gaps: a row for each point.
     */
    static void oddMultiples(long rows, int width, long points, int count) {
        int half = 1 << (width - 2);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment multiples = arena.allocate((long) count * half * Blst.P1_SIZE, 64);
            MemorySegment affine = arena.allocate((long) count * half * Blst.P1_AFFINE_SIZE, 64);
            MemorySegment pointers = arena.allocate(16, 8);
            long twice = arena.allocate(Blst.P1_SIZE, 64).address();
            long at = multiples.address();
            for (int i = 0; i < count; i++) {
                Blst.p1FromAffine(at, points + (long) i * Blst.P1_AFFINE_SIZE);
                Blst.p1Double(twice, at);
                for (int j = 1; j < half; j++) {
                    Blst.p1AddOrDouble(at + Blst.P1_SIZE, at, twice);
                    at += Blst.P1_SIZE;
                }
                at += Blst.P1_SIZE;
            }
            pointers.set(ValueLayout.JAVA_LONG, 0, multiples.address());
            Blst.p1sToAffine(affine.address(), pointers.address(), (long) count * half);
            long size = (long) half * Blst.P1_AFFINE_SIZE;
            MemorySegment target = MemorySegment.ofAddress(rows).reinterpret(2 * size * count);
            for (int i = 0; i < count; i++) {
                MemorySegment.copy(affine, i * size, target, 2 * i * size, size);
                MemorySegment.copy(affine, i * size, target, (2 * i + 1) * size, size);
                for (int j = 0; j < half; j++) {
                    long y = rows + (2 * i + 1) * size + (long) j * Blst.P1_AFFINE_SIZE + 48;
                    Blst.fpNegate(y, y, true);
                }
            }
        }
    }

    /** Writes the sum of terms, whose doublings are shared. */
    static void sum(long sum, List<Term> terms) {
        MemorySegment.ofAddress(sum).reinterpret(Blst.P1_SIZE).fill((byte) 0);
        int top = 0;
        for (Term term : terms) {
            top = Math.max(top, term.digits.length);
        }
        boolean begun = false;
        for (int i = top - 1; i >= 0; i--) {
            if (begun) {
                Blst.p1Double(sum, sum);
            }
            for (int j = 0; j < terms.size(); j++) {
                Term term = terms.get(j);
                int digit = i < term.digits.length ? term.digits[i] : 0;
                if (digit != 0) {
                    Blst.p1AddOrDoubleAffine(sum, sum, term.entry(digit));
                    begun = true;
                }
            }
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
}
