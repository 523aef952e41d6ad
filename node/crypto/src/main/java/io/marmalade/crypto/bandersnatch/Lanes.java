package io.marmalade.crypto.bandersnatch;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Eight elements of {@link Fr} at once, one in each 64-bit lane of a vector of 512 bits, as nine
 * limbs of 29 bits in Montgomery form with R = 2<sup>261</sup>; and two points at once, whose
 * coordinates X, Z, Y, T (in this order, see below) take four lanes each.
 *
 * <p>Eight elements lie in an array limb by limb: limb i of lane j at 8i + j, {@link #LENGTH} longs
 * in all. Elements are not fully reduced. A product is below ab/R + q, and R exceeds 70q, so that
 * the coordinates of points stay below 4q (limbs below 2<sup>29</sup>) and operands may be sums of
 * some of them: limbs up to 32 bits in one operand of a product and up to 29 in the other, or 30 in
 * both, never overflow a column of 64 bits. Differences are made positive by adding 4q, written
 * with limbs that exceed what is subtracted.
 *
 * <p>A product is summed up column by column, and then reduced: in one method these need more
 * vectors than the processor has, and what is kept on the stack is read and written slowly where it
 * crosses a cache line, which is where it happens to lie in three of four calls. A square needs
 * fewer, and is done in one. A column is begun with what does not depend on the one before, and
 * ends with its carry and newest digit, so that the processor works on several columns at once; the
 * other order takes twice as long. The products are unrolled: with loops over the limbs they are
 * two to four times slower. What only adds and rearranges is four times faster in a loop. The
 * formulas are those of {@link Point}.
 */
final class Lanes {
    static final int COUNT = 8;
    static final int LIMBS = 9;
    static final int LENGTH = COUNT * LIMBS;

    private static final int BITS = 29;
    private static final long MASK = (1L << BITS) - 1;
    private static final VectorSpecies<Long> LANES = LongVector.SPECIES_512;

    private static final BigInteger R = BigInteger.ONE.shiftLeft(BITS * LIMBS);

    /** q's limbs; the lowest is 1, by which multiplications are left out. */
    private static final long[] MODULUS = broadcast(Fr.MODULUS, false);

    private static final long[] MASKS = lanes(MASK, MASK, MASK, MASK);

    /** What stays of each limb when its carry goes to the next; the highest keeps all. */
    private static final long[] LIMB_MASKS = limbMasks();

    private static final VectorShuffle<Long> YYYY = shuffle(2, 2, 2, 2);
    private static final VectorShuffle<Long> TTTT = shuffle(3, 3, 3, 3);
    private static final VectorShuffle<Long> YXYX = shuffle(2, 0, 2, 0);
    private static final VectorShuffle<Long> XZZX = shuffle(0, 1, 1, 0);
    private static final VectorShuffle<Long> YTTY = shuffle(2, 3, 3, 2);
    private static final VectorShuffle<Long> NEXT = shuffle(1, 2, 3, 0);

    // All ones in some of a point's lanes.
    private static final long[] ONLY_FIRST = lanes(-1, 0, 0, 0);
    private static final long[] ONLY_SECOND = lanes(0, -1, 0, 0);
    private static final long[] ONLY_LAST = lanes(0, 0, 0, -1);
    private static final long[] NOT_FIRST = lanes(0, -1, -1, -1);
    private static final long[] NOT_LAST = lanes(-1, -1, -1, 0);
    private static final long[] FIRST_TWO = lanes(-1, -1, 0, 0);
    private static final long[] INNER = lanes(0, -1, -1, 0);
    private static final long[] OUTER = lanes(-1, 0, 0, -1);

    // 4q where something is subtracted, and one for each limb that is subtracted by inverting its
    // bits.

    /** For E = A + B − S, F = 5A − B + C, G = 5A − B, H = 5A + B: −E, −F, −G, −H of the formula. */
    private static final long[] DOUBLING = fourModuli(lanes(1, 1, 1, 0), lanes(1, 1, 1, 0));

    /** For E = S − A − B, F = D − C, G = D + C, H = B + 5A. */
    private static final long[] ADDITION = fourModuli(lanes(1, 1, 0, 0), lanes(2, 1, 0, 0));

    private static final long[] FOUR_MODULI = fourModuli(lanes(1, 1, 1, 1), lanes(0, 0, 0, 0));

    /** What takes an element of {@link Fr} to these lanes, and back. */
    private static final long[] ENTER = broadcast(BigInteger.ONE.shiftLeft(266), true);

    private static final long[] LEAVE = broadcast(BigInteger.ONE.shiftLeft(256), true);

    /** 1, 1, 1, d: what makes the coordinates X, Z, Y, T an addition's operand. */
    private static final long[] TIMES_D = timesD();

    static final long[] ONE = broadcast(R, true);

    private Lanes() {}

    private static VectorShuffle<Long> shuffle(int x, int z, int y, int t) {
        return VectorShuffle.fromValues(LANES, x, z, y, t, 4 + x, 4 + z, 4 + y, 4 + t);
    }

    private static long[] lanes(long x, long z, long y, long t) {
        return new long[] {x, z, y, t, x, z, y, t};
    }

    private static long[] limbMasks() {
        long[] r = new long[LENGTH];
        Arrays.fill(r, MASK);
        Arrays.fill(r, LENGTH - COUNT, LENGTH, -1);
        return r;
    }

    private static long[] fourModuli(long[] where, long[] correction) {
        long[] r = new long[LENGTH];
        BigInteger value = Fr.MODULUS.shiftLeft(2);
        for (int i = 0; i < LIMBS; i++) {
            // Each limb borrows two from the next: 2^30.
            long limb = value.shiftRight(BITS * i).longValue();
            limb = i == LIMBS - 1 ? limb - 2 : (limb & MASK) + (2L << BITS) - (i == 0 ? 0 : 2);
            for (int j = 0; j < COUNT; j++) {
                r[COUNT * i + j] = where[j] * limb + correction[j];
            }
        }
        return r;
    }

    private static void put(long[] r, int lane, BigInteger reduced) {
        for (int i = 0; i < LIMBS; i++) {
            r[COUNT * i + lane] = reduced.shiftRight(BITS * i).longValue() & MASK;
        }
    }

    private static long[] broadcast(BigInteger value, boolean reduce) {
        long[] r = new long[LENGTH];
        for (int j = 0; j < COUNT; j++) {
            put(r, j, reduce ? value.mod(Fr.MODULUS) : value);
        }
        return r;
    }

    private static long[] timesD() {
        long[] r = broadcast(R, true);
        BigInteger d = Fr.toBigInteger(Point.D, 0).multiply(R).mod(Fr.MODULUS);
        put(r, 3, d);
        put(r, 7, d);
        return r;
    }

    private static LongVector at(long[] a, int offset) {
        return LongVector.fromArray(LANES, a, offset);
    }

    /**
     * Brings elements into the lanes.
     *
     * @param r gets them
     * @param a the elements of {@link Fr}
     * @param ao where the first one is
     * @param count how many, 1..8; lanes without an element become zero
     */
    static void enter(long[] r, long[] a, int ao, int count, long[] w) {
        for (int j = 0; j < COUNT; j++) {
            long x0 = 0;
            long x1 = 0;
            long x2 = 0;
            long x3 = 0;
            if (j < count) {
                int at = ao + Fr.LIMBS * j;
                x0 = a[at];
                x1 = a[at + 1];
                x2 = a[at + 2];
                x3 = a[at + 3];
            }
            r[j] = x0 & MASK;
            r[8 + j] = x0 >>> 29 & MASK;
            r[16 + j] = (x0 >>> 58 | x1 << 6) & MASK;
            r[24 + j] = x1 >>> 23 & MASK;
            r[32 + j] = (x1 >>> 52 | x2 << 12) & MASK;
            r[40 + j] = x2 >>> 17 & MASK;
            r[48 + j] = (x2 >>> 46 | x3 << 18) & MASK;
            r[56 + j] = x3 >>> 11 & MASK;
            r[64 + j] = x3 >>> 40;
        }
        mul(r, 0, r, 0, ENTER, 0, w);
    }

    /**
     * Takes elements out of the lanes.
     *
     * @param r gets them, fully reduced
     * @param a the lanes, which are overwritten
     * @param count how many, 1..8
     */
    static void leave(long[] r, int ro, long[] a, int count, long[] w) {
        mul(a, 0, a, 0, LEAVE, 0, w);
        for (int j = 0; j < count; j++) {
            int at = ro + Fr.LIMBS * j;
            r[at] = a[j] | a[8 + j] << 29 | a[16 + j] << 58;
            r[at + 1] = a[16 + j] >>> 6 | a[24 + j] << 23 | a[32 + j] << 52;
            r[at + 2] = a[32 + j] >>> 12 | a[40 + j] << 17 | a[48 + j] << 46;
            r[at + 3] = a[48 + j] >>> 18 | a[56 + j] << 11 | a[64 + j] << 40;
            Fr.add(r, at, r, at, Fr.ZERO, 0); // below 2q: one subtraction
        }
    }

    /**
     * Doubles both points; r may be p.
     *
     * @param w {@link #workspace}
     */
    static void twice(long[] r, long[] p, long[] w) {
        doublingInputs(w, p);
        square(w, 0, w, 0);
        doublingFactors(w, LENGTH, w, 0);
        mul(r, 0, w, LENGTH, w, 2 * LENGTH, w);
    }

    /**
     * Adds an operand made by {@link #operand} to both points; r may be p.
     *
     * @param w {@link #workspace}
     */
    static void add(long[] r, int ro, long[] p, int po, long[] operands, int eo, long[] w) {
        mul(w, 0, p, po, operands, eo, w);
        sums(w, LENGTH, p, po);
        mul(w, LENGTH, w, LENGTH, operands, eo + LENGTH, w);
        additionFactors(w, 2 * LENGTH, w, 0, w, LENGTH);
        mul(r, ro, w, 2 * LENGTH, w, 3 * LENGTH, w);
    }

    /** What a doubling squares: X + Y, Z, Y, X. */
    private static void doublingInputs(long[] r, long[] p) {
        LongVector keep = at(NOT_LAST, 0);
        LongVector moved = at(OUTER, 0);
        for (int i = 0; i < LENGTH; i += COUNT) {
            LongVector limb = at(p, i);
            limb.and(keep).add(limb.rearrange(YXYX).and(moved)).intoArray(r, i);
        }
    }

    /** Writes X + Y into each point's first lane, and zero into the others. */
    private static void sums(long[] r, int ro, long[] p, int po) {
        LongVector first = at(ONLY_FIRST, 0);
        for (int i = 0; i < LENGTH; i += COUNT) {
            LongVector limb = at(p, po + i);
            limb.add(limb.rearrange(YXYX)).and(first).intoArray(r, ro + i);
        }
    }

    /** Where in the workspace a product's columns are, behind what operations on points need. */
    private static final int COLUMNS = 4 * LENGTH;

    /** Returns room for products and operations on points to work in. */
    static long[] workspace() {
        return new long[COLUMNS + 2 * LENGTH];
    }

    /** The longs that an operand takes. */
    static final int OPERAND = 2 * LENGTH;

    /** Prepares points to be added: X, Z, Y, dT, and behind them X + Y in the first lane. */
    static void operand(long[] r, int ro, long[] p, int po, long[] w) {
        sums(r, ro + LENGTH, p, po);
        mul(r, ro, p, po, TIMES_D, 0, w);
    }

    /** Negates an operand: −X, Z, Y, −dT, and Y − X. */
    static void negateOperand(long[] r, int ro, long[] e, int eo) {
        LongVector outer = at(OUTER, 0);
        LongVector first = at(ONLY_FIRST, 0);
        LongVector carry = LongVector.zero(LANES);
        LongVector crossCarry = LongVector.zero(LANES);
        for (int i = 0; i < LIMBS; i++) {
            LongVector limb = at(e, eo + COUNT * i);
            LongVector four = at(FOUR_MODULI, COUNT * i);
            LongVector minus = four.sub(limb);
            LongVector mixed = limb.blend(minus, outer.eq(-1)).add(carry);
            LongVector cross = limb.rearrange(YYYY).add(minus).and(first).add(crossCarry);
            if (i < LIMBS - 1) {
                carry = mixed.lanewise(VectorOperators.LSHR, BITS);
                mixed = mixed.and(MASK);
                crossCarry = cross.lanewise(VectorOperators.LSHR, BITS);
                cross = cross.and(MASK);
            }
            mixed.intoArray(r, ro + COUNT * i);
            cross.intoArray(r, ro + LENGTH + COUNT * i);
        }
    }

    /**
     * Montgomery products.
     *
     * @param w {@link #workspace}
     */
    static void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo, long[] w) {
        product(w, a, ao, b, bo);
        reduce(r, ro, w);
    }

    /** The columns of a product. */
    private static void product(long[] w, long[] a, int ao, long[] b, int bo) {
        LongVector a0 = at(a, ao + 0);
        LongVector a1 = at(a, ao + 8);
        LongVector a2 = at(a, ao + 16);
        LongVector a3 = at(a, ao + 24);
        LongVector a4 = at(a, ao + 32);
        LongVector a5 = at(a, ao + 40);
        LongVector a6 = at(a, ao + 48);
        LongVector a7 = at(a, ao + 56);
        LongVector a8 = at(a, ao + 64);
        LongVector b0 = at(b, bo + 0);
        LongVector b1 = at(b, bo + 8);
        LongVector b2 = at(b, bo + 16);
        LongVector b3 = at(b, bo + 24);
        LongVector b4 = at(b, bo + 32);
        LongVector b5 = at(b, bo + 40);
        LongVector b6 = at(b, bo + 48);
        LongVector b7 = at(b, bo + 56);
        LongVector b8 = at(b, bo + 64);
        LongVector t = a0.mul(b0);
        t.intoArray(w, COLUMNS + 0);
        t = a0.mul(b1);
        t = t.add(a1.mul(b0));
        t.intoArray(w, COLUMNS + 8);
        t = a0.mul(b2);
        t = t.add(a1.mul(b1));
        t = t.add(a2.mul(b0));
        t.intoArray(w, COLUMNS + 16);
        t = a0.mul(b3);
        t = t.add(a1.mul(b2));
        t = t.add(a2.mul(b1));
        t = t.add(a3.mul(b0));
        t.intoArray(w, COLUMNS + 24);
        t = a0.mul(b4);
        t = t.add(a1.mul(b3));
        t = t.add(a2.mul(b2));
        t = t.add(a3.mul(b1));
        t = t.add(a4.mul(b0));
        t.intoArray(w, COLUMNS + 32);
        t = a0.mul(b5);
        t = t.add(a1.mul(b4));
        t = t.add(a2.mul(b3));
        t = t.add(a3.mul(b2));
        t = t.add(a4.mul(b1));
        t = t.add(a5.mul(b0));
        t.intoArray(w, COLUMNS + 40);
        t = a0.mul(b6);
        t = t.add(a1.mul(b5));
        t = t.add(a2.mul(b4));
        t = t.add(a3.mul(b3));
        t = t.add(a4.mul(b2));
        t = t.add(a5.mul(b1));
        t = t.add(a6.mul(b0));
        t.intoArray(w, COLUMNS + 48);
        t = a0.mul(b7);
        t = t.add(a1.mul(b6));
        t = t.add(a2.mul(b5));
        t = t.add(a3.mul(b4));
        t = t.add(a4.mul(b3));
        t = t.add(a5.mul(b2));
        t = t.add(a6.mul(b1));
        t = t.add(a7.mul(b0));
        t.intoArray(w, COLUMNS + 56);
        t = a0.mul(b8);
        t = t.add(a1.mul(b7));
        t = t.add(a2.mul(b6));
        t = t.add(a3.mul(b5));
        t = t.add(a4.mul(b4));
        t = t.add(a5.mul(b3));
        t = t.add(a6.mul(b2));
        t = t.add(a7.mul(b1));
        t = t.add(a8.mul(b0));
        t.intoArray(w, COLUMNS + 64);
        t = a1.mul(b8);
        t = t.add(a2.mul(b7));
        t = t.add(a3.mul(b6));
        t = t.add(a4.mul(b5));
        t = t.add(a5.mul(b4));
        t = t.add(a6.mul(b3));
        t = t.add(a7.mul(b2));
        t = t.add(a8.mul(b1));
        t.intoArray(w, COLUMNS + 72);
        t = a2.mul(b8);
        t = t.add(a3.mul(b7));
        t = t.add(a4.mul(b6));
        t = t.add(a5.mul(b5));
        t = t.add(a6.mul(b4));
        t = t.add(a7.mul(b3));
        t = t.add(a8.mul(b2));
        t.intoArray(w, COLUMNS + 80);
        t = a3.mul(b8);
        t = t.add(a4.mul(b7));
        t = t.add(a5.mul(b6));
        t = t.add(a6.mul(b5));
        t = t.add(a7.mul(b4));
        t = t.add(a8.mul(b3));
        t.intoArray(w, COLUMNS + 88);
        t = a4.mul(b8);
        t = t.add(a5.mul(b7));
        t = t.add(a6.mul(b6));
        t = t.add(a7.mul(b5));
        t = t.add(a8.mul(b4));
        t.intoArray(w, COLUMNS + 96);
        t = a5.mul(b8);
        t = t.add(a6.mul(b7));
        t = t.add(a7.mul(b6));
        t = t.add(a8.mul(b5));
        t.intoArray(w, COLUMNS + 104);
        t = a6.mul(b8);
        t = t.add(a7.mul(b7));
        t = t.add(a8.mul(b6));
        t.intoArray(w, COLUMNS + 112);
        t = a7.mul(b8);
        t = t.add(a8.mul(b7));
        t.intoArray(w, COLUMNS + 120);
        t = a8.mul(b8);
        t.intoArray(w, COLUMNS + 128);
    }

    /** Adds the multiple of q to the columns that makes the lower nine limbs zero. */
    private static void reduce(long[] r, int ro, long[] w) {
        LongVector mask = at(MASKS, 0);
        LongVector q1 = at(MODULUS, 8);
        LongVector q2 = at(MODULUS, 16);
        LongVector q3 = at(MODULUS, 24);
        LongVector q4 = at(MODULUS, 32);
        LongVector q5 = at(MODULUS, 40);
        LongVector q6 = at(MODULUS, 48);
        LongVector q7 = at(MODULUS, 56);
        LongVector q8 = at(MODULUS, 64);
        LongVector v0 = at(w, COLUMNS + 0);
        LongVector v1 = at(w, COLUMNS + 8);
        LongVector v2 = at(w, COLUMNS + 16);
        LongVector v3 = at(w, COLUMNS + 24);
        LongVector v4 = at(w, COLUMNS + 32);
        LongVector v5 = at(w, COLUMNS + 40);
        LongVector v6 = at(w, COLUMNS + 48);
        LongVector v7 = at(w, COLUMNS + 56);
        LongVector v8 = at(w, COLUMNS + 64);
        LongVector v9 = at(w, COLUMNS + 72);
        LongVector v10 = at(w, COLUMNS + 80);
        LongVector v11 = at(w, COLUMNS + 88);
        LongVector v12 = at(w, COLUMNS + 96);
        LongVector v13 = at(w, COLUMNS + 104);
        LongVector v14 = at(w, COLUMNS + 112);
        LongVector v15 = at(w, COLUMNS + 120);
        LongVector v16 = at(w, COLUMNS + 128);
        LongVector t = v0;
        LongVector m0 = t.neg().and(mask);
        LongVector c = t.add(m0).lanewise(VectorOperators.LSHR, 29);
        t = v1.add(m0.mul(q1).add(c));
        LongVector m1 = t.neg().and(mask);
        c = t.add(m1).lanewise(VectorOperators.LSHR, 29);
        t = v2.add(m0.mul(q2));
        t = t.add(m1.mul(q1).add(c));
        LongVector m2 = t.neg().and(mask);
        c = t.add(m2).lanewise(VectorOperators.LSHR, 29);
        t = v3.add(m0.mul(q3));
        t = t.add(m1.mul(q2));
        t = t.add(m2.mul(q1).add(c));
        LongVector m3 = t.neg().and(mask);
        c = t.add(m3).lanewise(VectorOperators.LSHR, 29);
        t = v4.add(m0.mul(q4));
        t = t.add(m1.mul(q3));
        t = t.add(m2.mul(q2));
        t = t.add(m3.mul(q1).add(c));
        LongVector m4 = t.neg().and(mask);
        c = t.add(m4).lanewise(VectorOperators.LSHR, 29);
        t = v5.add(m0.mul(q5));
        t = t.add(m1.mul(q4));
        t = t.add(m2.mul(q3));
        t = t.add(m3.mul(q2));
        t = t.add(m4.mul(q1).add(c));
        LongVector m5 = t.neg().and(mask);
        c = t.add(m5).lanewise(VectorOperators.LSHR, 29);
        t = v6.add(m0.mul(q6));
        t = t.add(m1.mul(q5));
        t = t.add(m2.mul(q4));
        t = t.add(m3.mul(q3));
        t = t.add(m4.mul(q2));
        t = t.add(m5.mul(q1).add(c));
        LongVector m6 = t.neg().and(mask);
        c = t.add(m6).lanewise(VectorOperators.LSHR, 29);
        t = v7.add(m0.mul(q7));
        t = t.add(m1.mul(q6));
        t = t.add(m2.mul(q5));
        t = t.add(m3.mul(q4));
        t = t.add(m4.mul(q3));
        t = t.add(m5.mul(q2));
        t = t.add(m6.mul(q1).add(c));
        LongVector m7 = t.neg().and(mask);
        c = t.add(m7).lanewise(VectorOperators.LSHR, 29);
        t = v8.add(m0.mul(q8));
        t = t.add(m1.mul(q7));
        t = t.add(m2.mul(q6));
        t = t.add(m3.mul(q5));
        t = t.add(m4.mul(q4));
        t = t.add(m5.mul(q3));
        t = t.add(m6.mul(q2));
        t = t.add(m7.mul(q1).add(c));
        LongVector m8 = t.neg().and(mask);
        c = t.add(m8).lanewise(VectorOperators.LSHR, 29);
        t = v9.add(m1.mul(q8));
        t = t.add(m2.mul(q7));
        t = t.add(m3.mul(q6));
        t = t.add(m4.mul(q5));
        t = t.add(m5.mul(q4));
        t = t.add(m6.mul(q3));
        t = t.add(m7.mul(q2));
        t = t.add(m8.mul(q1).add(c));
        LongVector r0 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = v10.add(m2.mul(q8));
        t = t.add(m3.mul(q7));
        t = t.add(m4.mul(q6));
        t = t.add(m5.mul(q5));
        t = t.add(m6.mul(q4));
        t = t.add(m7.mul(q3));
        t = t.add(m8.mul(q2).add(c));
        LongVector r1 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = v11.add(m3.mul(q8));
        t = t.add(m4.mul(q7));
        t = t.add(m5.mul(q6));
        t = t.add(m6.mul(q5));
        t = t.add(m7.mul(q4));
        t = t.add(m8.mul(q3).add(c));
        LongVector r2 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = v12.add(m4.mul(q8));
        t = t.add(m5.mul(q7));
        t = t.add(m6.mul(q6));
        t = t.add(m7.mul(q5));
        t = t.add(m8.mul(q4).add(c));
        LongVector r3 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = v13.add(m5.mul(q8));
        t = t.add(m6.mul(q7));
        t = t.add(m7.mul(q6));
        t = t.add(m8.mul(q5).add(c));
        LongVector r4 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = v14.add(m6.mul(q8));
        t = t.add(m7.mul(q7));
        t = t.add(m8.mul(q6).add(c));
        LongVector r5 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = v15.add(m7.mul(q8));
        t = t.add(m8.mul(q7).add(c));
        LongVector r6 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = v16.add(m8.mul(q8).add(c));
        LongVector r7 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        r0.intoArray(r, ro + 0);
        r1.intoArray(r, ro + 8);
        r2.intoArray(r, ro + 16);
        r3.intoArray(r, ro + 24);
        r4.intoArray(r, ro + 32);
        r5.intoArray(r, ro + 40);
        r6.intoArray(r, ro + 48);
        r7.intoArray(r, ro + 56);
        c.intoArray(r, ro + 64);
    }

    /** Montgomery squares. */
    static void square(long[] r, int ro, long[] a, int ao) {
        LongVector a0 = at(a, ao + 0);
        LongVector a1 = at(a, ao + 8);
        LongVector a2 = at(a, ao + 16);
        LongVector a3 = at(a, ao + 24);
        LongVector a4 = at(a, ao + 32);
        LongVector a5 = at(a, ao + 40);
        LongVector a6 = at(a, ao + 48);
        LongVector a7 = at(a, ao + 56);
        LongVector a8 = at(a, ao + 64);
        LongVector d0 = a0.add(a0);
        LongVector d1 = a1.add(a1);
        LongVector d2 = a2.add(a2);
        LongVector d3 = a3.add(a3);
        LongVector d4 = a4.add(a4);
        LongVector d5 = a5.add(a5);
        LongVector d6 = a6.add(a6);
        LongVector d7 = a7.add(a7);
        LongVector mask = at(MASKS, 0);
        LongVector q1 = at(MODULUS, 8);
        LongVector q2 = at(MODULUS, 16);
        LongVector q3 = at(MODULUS, 24);
        LongVector q4 = at(MODULUS, 32);
        LongVector q5 = at(MODULUS, 40);
        LongVector q6 = at(MODULUS, 48);
        LongVector q7 = at(MODULUS, 56);
        LongVector q8 = at(MODULUS, 64);
        LongVector t = a0.mul(a0);
        LongVector m0 = t.neg().and(mask);
        LongVector c = t.add(m0).lanewise(VectorOperators.LSHR, 29);
        t = d0.mul(a1);
        t = t.add(m0.mul(q1).add(c));
        LongVector m1 = t.neg().and(mask);
        c = t.add(m1).lanewise(VectorOperators.LSHR, 29);
        t = d0.mul(a2);
        t = t.add(a1.mul(a1));
        t = t.add(m0.mul(q2));
        t = t.add(m1.mul(q1).add(c));
        LongVector m2 = t.neg().and(mask);
        c = t.add(m2).lanewise(VectorOperators.LSHR, 29);
        t = d0.mul(a3);
        t = t.add(d1.mul(a2));
        t = t.add(m0.mul(q3));
        t = t.add(m1.mul(q2));
        t = t.add(m2.mul(q1).add(c));
        LongVector m3 = t.neg().and(mask);
        c = t.add(m3).lanewise(VectorOperators.LSHR, 29);
        t = d0.mul(a4);
        t = t.add(d1.mul(a3));
        t = t.add(a2.mul(a2));
        t = t.add(m0.mul(q4));
        t = t.add(m1.mul(q3));
        t = t.add(m2.mul(q2));
        t = t.add(m3.mul(q1).add(c));
        LongVector m4 = t.neg().and(mask);
        c = t.add(m4).lanewise(VectorOperators.LSHR, 29);
        t = d0.mul(a5);
        t = t.add(d1.mul(a4));
        t = t.add(d2.mul(a3));
        t = t.add(m0.mul(q5));
        t = t.add(m1.mul(q4));
        t = t.add(m2.mul(q3));
        t = t.add(m3.mul(q2));
        t = t.add(m4.mul(q1).add(c));
        LongVector m5 = t.neg().and(mask);
        c = t.add(m5).lanewise(VectorOperators.LSHR, 29);
        t = d0.mul(a6);
        t = t.add(d1.mul(a5));
        t = t.add(d2.mul(a4));
        t = t.add(a3.mul(a3));
        t = t.add(m0.mul(q6));
        t = t.add(m1.mul(q5));
        t = t.add(m2.mul(q4));
        t = t.add(m3.mul(q3));
        t = t.add(m4.mul(q2));
        t = t.add(m5.mul(q1).add(c));
        LongVector m6 = t.neg().and(mask);
        c = t.add(m6).lanewise(VectorOperators.LSHR, 29);
        t = d0.mul(a7);
        t = t.add(d1.mul(a6));
        t = t.add(d2.mul(a5));
        t = t.add(d3.mul(a4));
        t = t.add(m0.mul(q7));
        t = t.add(m1.mul(q6));
        t = t.add(m2.mul(q5));
        t = t.add(m3.mul(q4));
        t = t.add(m4.mul(q3));
        t = t.add(m5.mul(q2));
        t = t.add(m6.mul(q1).add(c));
        LongVector m7 = t.neg().and(mask);
        c = t.add(m7).lanewise(VectorOperators.LSHR, 29);
        t = d0.mul(a8);
        t = t.add(d1.mul(a7));
        t = t.add(d2.mul(a6));
        t = t.add(d3.mul(a5));
        t = t.add(a4.mul(a4));
        t = t.add(m0.mul(q8));
        t = t.add(m1.mul(q7));
        t = t.add(m2.mul(q6));
        t = t.add(m3.mul(q5));
        t = t.add(m4.mul(q4));
        t = t.add(m5.mul(q3));
        t = t.add(m6.mul(q2));
        t = t.add(m7.mul(q1).add(c));
        LongVector m8 = t.neg().and(mask);
        c = t.add(m8).lanewise(VectorOperators.LSHR, 29);
        t = d1.mul(a8);
        t = t.add(d2.mul(a7));
        t = t.add(d3.mul(a6));
        t = t.add(d4.mul(a5));
        t = t.add(m1.mul(q8));
        t = t.add(m2.mul(q7));
        t = t.add(m3.mul(q6));
        t = t.add(m4.mul(q5));
        t = t.add(m5.mul(q4));
        t = t.add(m6.mul(q3));
        t = t.add(m7.mul(q2));
        t = t.add(m8.mul(q1).add(c));
        LongVector r0 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = d2.mul(a8);
        t = t.add(d3.mul(a7));
        t = t.add(d4.mul(a6));
        t = t.add(a5.mul(a5));
        t = t.add(m2.mul(q8));
        t = t.add(m3.mul(q7));
        t = t.add(m4.mul(q6));
        t = t.add(m5.mul(q5));
        t = t.add(m6.mul(q4));
        t = t.add(m7.mul(q3));
        t = t.add(m8.mul(q2));
        t = t.add(c);
        LongVector r1 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = d3.mul(a8);
        t = t.add(d4.mul(a7));
        t = t.add(d5.mul(a6));
        t = t.add(m3.mul(q8));
        t = t.add(m4.mul(q7));
        t = t.add(m5.mul(q6));
        t = t.add(m6.mul(q5));
        t = t.add(m7.mul(q4));
        t = t.add(m8.mul(q3));
        t = t.add(c);
        LongVector r2 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = d4.mul(a8);
        t = t.add(d5.mul(a7));
        t = t.add(a6.mul(a6));
        t = t.add(m4.mul(q8));
        t = t.add(m5.mul(q7));
        t = t.add(m6.mul(q6));
        t = t.add(m7.mul(q5));
        t = t.add(m8.mul(q4));
        t = t.add(c);
        LongVector r3 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = d5.mul(a8);
        t = t.add(d6.mul(a7));
        t = t.add(m5.mul(q8));
        t = t.add(m6.mul(q7));
        t = t.add(m7.mul(q6));
        t = t.add(m8.mul(q5));
        t = t.add(c);
        LongVector r4 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = d6.mul(a8);
        t = t.add(a7.mul(a7));
        t = t.add(m6.mul(q8));
        t = t.add(m7.mul(q7));
        t = t.add(m8.mul(q6));
        t = t.add(c);
        LongVector r5 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = d7.mul(a8);
        t = t.add(m7.mul(q8));
        t = t.add(m8.mul(q7));
        t = t.add(c);
        LongVector r6 = t.and(mask);
        c = t.lanewise(VectorOperators.LSHR, 29);
        t = a8.mul(a8);
        t = t.add(m8.mul(q8));
        t = t.add(c);
        LongVector r7 = t.and(mask);
        LongVector r8 = t.lanewise(VectorOperators.LSHR, 29);
        r0.intoArray(r, ro + 0);
        r1.intoArray(r, ro + 8);
        r2.intoArray(r, ro + 16);
        r3.intoArray(r, ro + 24);
        r4.intoArray(r, ro + 32);
        r5.intoArray(r, ro + 40);
        r6.intoArray(r, ro + 48);
        r7.intoArray(r, ro + 56);
        r8.intoArray(r, ro + 64);
    }

    /** From the squares of a doubling to E, F, G, H, and F, G, H, E. */
    static void doublingFactors(long[] r, int ro, long[] w, int wo) {
        LongVector notFirst = at(NOT_FIRST, 0);
        LongVector inner = at(INNER, 0);
        LongVector onlyFirst = at(ONLY_FIRST, 0);
        LongVector firstTwo = at(FIRST_TWO, 0);
        LongVector onlySecond = at(ONLY_SECOND, 0);
        LongVector carry = LongVector.zero(LANES);
        for (int i = 0; i < LENGTH; i += COUNT) {
            LongVector v = at(w, wo + i);
            LongVector f = v.rearrange(TTTT);
            LongVector g = v.rearrange(YYYY);
            LongVector n =
                    at(DOUBLING, i)
                            .add(f)
                            .add(f.lanewise(VectorOperators.LSHL, 2).and(notFirst))
                            .add(g.lanewise(VectorOperators.XOR, inner))
                            .add(v.lanewise(VectorOperators.XOR, onlyFirst).and(firstTwo))
                            .add(v.and(onlySecond))
                            .add(carry);
            LongVector limb = n.and(at(LIMB_MASKS, i));
            limb.intoArray(r, ro + i);
            limb.rearrange(NEXT).intoArray(r, ro + LENGTH + i);
            carry = n.lanewise(VectorOperators.LSHR, BITS);
        }
    }

    /** From the products of an addition to E, F, G, H, and F, G, H, E. */
    static void additionFactors(long[] r, int ro, long[] w, int wo, long[] s, int so) {
        LongVector onlyFirst = at(ONLY_FIRST, 0);
        LongVector onlyLast = at(ONLY_LAST, 0);
        LongVector firstTwo = at(FIRST_TWO, 0);
        LongVector carry = LongVector.zero(LANES);
        for (int i = 0; i < LENGTH; i += COUNT) {
            LongVector v = at(w, wo + i);
            LongVector y = v.rearrange(XZZX);
            LongVector z = v.rearrange(YTTY);
            LongVector n =
                    at(ADDITION, i)
                            .add(y.lanewise(VectorOperators.XOR, onlyFirst))
                            .add(y.lanewise(VectorOperators.LSHL, 2).and(onlyLast))
                            .add(z.lanewise(VectorOperators.XOR, firstTwo))
                            .add(at(s, so + i).and(onlyFirst))
                            .add(carry);
            LongVector limb = n.and(at(LIMB_MASKS, i));
            limb.intoArray(r, ro + i);
            limb.rearrange(NEXT).intoArray(r, ro + LENGTH + i);
            carry = n.lanewise(VectorOperators.LSHR, BITS);
        }
    }
}
