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
     * @param row where the point's odd multiples lie
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

        private int digit(int i) {
            return i < digits.length ? digits[i] : 0;
        }

        private long multiple(int digit) {
            return row + (long) (Math.abs(digit) >> 1) * Blst.P1_AFFINE_SIZE;
        }
    }

    /** Returns the octets of a point's odd multiples for digits of so many bits. */
    static long oddRowSize(int width) {
        return (long) Blst.P1_AFFINE_SIZE << (width - 2);
    }

    /**
     * Writes the odd multiples of affine points of the subgroup, none of them the identity, that
     * lie without gaps: a row for each point.
     */
    static void oddMultiples(long rows, int width, long points, int count) {
        AffineSums.oddMultiples(rows, 1 << (width - 2), points, count);
    }

    /**
     * Writes the sum of terms, whose doublings are shared: what is to be added between one doubling
     * and the next is a group of affine points.
     */
    static void sum(long sum, List<Term> terms) {
        int[] bounds = bounds(terms);
        int groups = bounds.length - 1;
        int count = bounds[groups];
        try (Arena arena = Arena.ofConfined()) {
            AffineSums sums = new AffineSums(arena, count, groups);
            int at = 0;
            for (int i = 0; i < groups; i++) {
                for (int j = 0; j < terms.size(); j++) {
                    Term term = terms.get(j);
                    int digit = term.digit(i);
                    if (digit != 0) {
                        sums.put(at++, term.multiple(digit), digit < 0);
                    }
                }
            }
            if (!sums.add(bounds, 0, groups)) {
                sumOneByOne(sum, terms);
                return;
            }
            MemorySegment.ofAddress(sum).reinterpret(Blst.P1_SIZE).fill((byte) 0);
            for (int i = groups - 1; i >= 0; i--) {
                Blst.p1Double(sum, sum);
                sums.addGroupTo(sum, i);
            }
        }
    }

    /**
     * Returns how many digits of the terms are below each index, and at last how many there are.
     */
    private static int[] bounds(List<Term> terms) {
        int groups = 0;
        for (Term term : terms) {
            groups = Math.max(groups, term.digits.length);
        }
        int[] bounds = new int[groups + 1];
        for (int j = 0; j < terms.size(); j++) {
            byte[] digits = terms.get(j).digits;
            for (int i = 0; i < digits.length; i++) {
                bounds[i + 1] += digits[i] != 0 ? 1 : 0;
            }
        }
        for (int i = 0; i < groups; i++) {
            bounds[i + 1] += bounds[i];
        }
        return bounds;
    }

    /** Writes what {@link #sum(long, List)} does, also where points with the same x meet. */
    static void sumOneByOne(long sum, List<Term> terms) {
        MemorySegment.ofAddress(sum).reinterpret(Blst.P1_SIZE).fill((byte) 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment point = arena.allocate(Blst.P1_AFFINE_SIZE, 64);
            long y = point.address() + Blst.P1_AFFINE_SIZE / 2;
            for (int i = bounds(terms).length - 2; i >= 0; i--) {
                Blst.p1Double(sum, sum);
                for (Term term : terms) {
                    int digit = term.digit(i);
                    if (digit != 0) {
                        MemorySegment.copy(
                                MemorySegment.ofAddress(term.multiple(digit))
                                        .reinterpret(Blst.P1_AFFINE_SIZE),
                                0,
                                point,
                                0,
                                Blst.P1_AFFINE_SIZE);
                        Blst.fpNegate(y, y, digit < 0);
                        Blst.p1AddOrDoubleAffine(sum, sum, point.address());
                    }
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
