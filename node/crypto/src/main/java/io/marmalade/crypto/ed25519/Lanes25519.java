package io.marmalade.crypto.ed25519;

import static jdk.incubator.vector.VectorOperators.ASHR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The field of 2^255 − 19 in lanes: every lane of a vector belongs to an element of its own.
 *
 * <p>An element is ten signed limbs of 26 and 25 bits in turn, so that two of them make a limb of
 * {@link Field25519}. It lies in an array as ten vectors one behind the other, and is named by the
 * offset of the first.
 *
 * <p>Invariants: the results of {@link #mul} and {@link #square} have limbs between −2^17 and 2^26
 * + 2^17, odd ones half of that. With such a result as one unit, the product of the units of the
 * operands may be up to 15, a sum or difference having the units of its parts together: then no
 * column exceeds 2^63.
 *
 * <p>The file is long because the products are written out; vectors that live across loops cost
 * more than loops save.
 */
final class Lanes25519 {
    private static final VectorSpecies<Long> SPECIES =
            LongVector.SPECIES_PREFERRED.length() >= 8
                    ? LongVector.SPECIES_512
                    : LongVector.SPECIES_256;

    /** The number of elements side by side. */
    static final int LANES = SPECIES.length();

    static final int LIMBS = 10;

    /** The words of an element in all lanes. */
    static final int SIZE = LIMBS * LANES;

    private static final long MASK26 = (1L << 26) - 1;
    private static final long MASK25 = (1L << 25) - 1;

    private Lanes25519() {}

    /** Sets r = a·b. */
    static void mul(long[] s, int r, int a, int b) {
        LongVector a0 = LongVector.fromArray(SPECIES, s, a);
        LongVector a1 = LongVector.fromArray(SPECIES, s, a + 1 * LANES);
        LongVector a2 = LongVector.fromArray(SPECIES, s, a + 2 * LANES);
        LongVector a3 = LongVector.fromArray(SPECIES, s, a + 3 * LANES);
        LongVector a4 = LongVector.fromArray(SPECIES, s, a + 4 * LANES);
        LongVector a5 = LongVector.fromArray(SPECIES, s, a + 5 * LANES);
        LongVector a6 = LongVector.fromArray(SPECIES, s, a + 6 * LANES);
        LongVector a7 = LongVector.fromArray(SPECIES, s, a + 7 * LANES);
        LongVector a8 = LongVector.fromArray(SPECIES, s, a + 8 * LANES);
        LongVector a9 = LongVector.fromArray(SPECIES, s, a + 9 * LANES);
        LongVector b0 = LongVector.fromArray(SPECIES, s, b);
        LongVector b1 = LongVector.fromArray(SPECIES, s, b + 1 * LANES);
        LongVector b2 = LongVector.fromArray(SPECIES, s, b + 2 * LANES);
        LongVector b3 = LongVector.fromArray(SPECIES, s, b + 3 * LANES);
        LongVector b4 = LongVector.fromArray(SPECIES, s, b + 4 * LANES);
        LongVector b5 = LongVector.fromArray(SPECIES, s, b + 5 * LANES);
        LongVector b6 = LongVector.fromArray(SPECIES, s, b + 6 * LANES);
        LongVector b7 = LongVector.fromArray(SPECIES, s, b + 7 * LANES);
        LongVector b8 = LongVector.fromArray(SPECIES, s, b + 8 * LANES);
        LongVector b9 = LongVector.fromArray(SPECIES, s, b + 9 * LANES);
        LongVector d1 = a1.add(a1);
        LongVector d3 = a3.add(a3);
        LongVector d5 = a5.add(a5);
        LongVector d7 = a7.add(a7);
        LongVector d9 = a9.add(a9);
        LongVector w1 = b1.mul(19);
        LongVector w2 = b2.mul(19);
        LongVector w3 = b3.mul(19);
        LongVector w4 = b4.mul(19);
        LongVector w5 = b5.mul(19);
        LongVector w6 = b6.mul(19);
        LongVector w7 = b7.mul(19);
        LongVector w8 = b8.mul(19);
        LongVector w9 = b9.mul(19);
        LongVector h0 =
                a0.mul(b0)
                        .add(d1.mul(w9))
                        .add(a2.mul(w8))
                        .add(d3.mul(w7))
                        .add(a4.mul(w6))
                        .add(d5.mul(w5))
                        .add(a6.mul(w4))
                        .add(d7.mul(w3))
                        .add(a8.mul(w2))
                        .add(d9.mul(w1));
        LongVector h1 =
                a0.mul(b1)
                        .add(a1.mul(b0))
                        .add(a2.mul(w9))
                        .add(a3.mul(w8))
                        .add(a4.mul(w7))
                        .add(a5.mul(w6))
                        .add(a6.mul(w5))
                        .add(a7.mul(w4))
                        .add(a8.mul(w3))
                        .add(a9.mul(w2));
        LongVector h2 =
                a0.mul(b2)
                        .add(d1.mul(b1))
                        .add(a2.mul(b0))
                        .add(d3.mul(w9))
                        .add(a4.mul(w8))
                        .add(d5.mul(w7))
                        .add(a6.mul(w6))
                        .add(d7.mul(w5))
                        .add(a8.mul(w4))
                        .add(d9.mul(w3));
        LongVector h3 =
                a0.mul(b3)
                        .add(a1.mul(b2))
                        .add(a2.mul(b1))
                        .add(a3.mul(b0))
                        .add(a4.mul(w9))
                        .add(a5.mul(w8))
                        .add(a6.mul(w7))
                        .add(a7.mul(w6))
                        .add(a8.mul(w5))
                        .add(a9.mul(w4));
        LongVector h4 =
                a0.mul(b4)
                        .add(d1.mul(b3))
                        .add(a2.mul(b2))
                        .add(d3.mul(b1))
                        .add(a4.mul(b0))
                        .add(d5.mul(w9))
                        .add(a6.mul(w8))
                        .add(d7.mul(w7))
                        .add(a8.mul(w6))
                        .add(d9.mul(w5));
        LongVector h5 =
                a0.mul(b5)
                        .add(a1.mul(b4))
                        .add(a2.mul(b3))
                        .add(a3.mul(b2))
                        .add(a4.mul(b1))
                        .add(a5.mul(b0))
                        .add(a6.mul(w9))
                        .add(a7.mul(w8))
                        .add(a8.mul(w7))
                        .add(a9.mul(w6));
        LongVector h6 =
                a0.mul(b6)
                        .add(d1.mul(b5))
                        .add(a2.mul(b4))
                        .add(d3.mul(b3))
                        .add(a4.mul(b2))
                        .add(d5.mul(b1))
                        .add(a6.mul(b0))
                        .add(d7.mul(w9))
                        .add(a8.mul(w8))
                        .add(d9.mul(w7));
        LongVector h7 =
                a0.mul(b7)
                        .add(a1.mul(b6))
                        .add(a2.mul(b5))
                        .add(a3.mul(b4))
                        .add(a4.mul(b3))
                        .add(a5.mul(b2))
                        .add(a6.mul(b1))
                        .add(a7.mul(b0))
                        .add(a8.mul(w9))
                        .add(a9.mul(w8));
        LongVector h8 =
                a0.mul(b8)
                        .add(d1.mul(b7))
                        .add(a2.mul(b6))
                        .add(d3.mul(b5))
                        .add(a4.mul(b4))
                        .add(d5.mul(b3))
                        .add(a6.mul(b2))
                        .add(d7.mul(b1))
                        .add(a8.mul(b0))
                        .add(d9.mul(w9));
        LongVector h9 =
                a0.mul(b9)
                        .add(a1.mul(b8))
                        .add(a2.mul(b7))
                        .add(a3.mul(b6))
                        .add(a4.mul(b5))
                        .add(a5.mul(b4))
                        .add(a6.mul(b3))
                        .add(a7.mul(b2))
                        .add(a8.mul(b1))
                        .add(a9.mul(b0));
        h1 = h1.add(h0.lanewise(ASHR, 26));
        h0 = h0.and(MASK26);
        h5 = h5.add(h4.lanewise(ASHR, 26));
        h4 = h4.and(MASK26);
        h2 = h2.add(h1.lanewise(ASHR, 25));
        h1 = h1.and(MASK25);
        h6 = h6.add(h5.lanewise(ASHR, 25));
        h5 = h5.and(MASK25);
        h3 = h3.add(h2.lanewise(ASHR, 26));
        h2 = h2.and(MASK26);
        h7 = h7.add(h6.lanewise(ASHR, 26));
        h6 = h6.and(MASK26);
        h4 = h4.add(h3.lanewise(ASHR, 25));
        h3 = h3.and(MASK25);
        h8 = h8.add(h7.lanewise(ASHR, 25));
        h7 = h7.and(MASK25);
        h5 = h5.add(h4.lanewise(ASHR, 26));
        h4 = h4.and(MASK26);
        h9 = h9.add(h8.lanewise(ASHR, 26));
        h8 = h8.and(MASK26);
        h0 = h0.add(h9.lanewise(ASHR, 25).mul(19));
        h9 = h9.and(MASK25);
        h1 = h1.add(h0.lanewise(ASHR, 26));
        h0 = h0.and(MASK26);
        h0.intoArray(s, r);
        h1.intoArray(s, r + 1 * LANES);
        h2.intoArray(s, r + 2 * LANES);
        h3.intoArray(s, r + 3 * LANES);
        h4.intoArray(s, r + 4 * LANES);
        h5.intoArray(s, r + 5 * LANES);
        h6.intoArray(s, r + 6 * LANES);
        h7.intoArray(s, r + 7 * LANES);
        h8.intoArray(s, r + 8 * LANES);
        h9.intoArray(s, r + 9 * LANES);
    }

    /** Sets r = a². */
    static void square(long[] s, int r, int a) {
        LongVector a0 = LongVector.fromArray(SPECIES, s, a);
        LongVector a1 = LongVector.fromArray(SPECIES, s, a + 1 * LANES);
        LongVector a2 = LongVector.fromArray(SPECIES, s, a + 2 * LANES);
        LongVector a3 = LongVector.fromArray(SPECIES, s, a + 3 * LANES);
        LongVector a4 = LongVector.fromArray(SPECIES, s, a + 4 * LANES);
        LongVector a5 = LongVector.fromArray(SPECIES, s, a + 5 * LANES);
        LongVector a6 = LongVector.fromArray(SPECIES, s, a + 6 * LANES);
        LongVector a7 = LongVector.fromArray(SPECIES, s, a + 7 * LANES);
        LongVector a8 = LongVector.fromArray(SPECIES, s, a + 8 * LANES);
        LongVector a9 = LongVector.fromArray(SPECIES, s, a + 9 * LANES);
        LongVector d0 = a0.add(a0);
        LongVector d1 = a1.add(a1);
        LongVector d2 = a2.add(a2);
        LongVector d3 = a3.add(a3);
        LongVector d4 = a4.add(a4);
        LongVector d5 = a5.add(a5);
        LongVector d6 = a6.add(a6);
        LongVector d7 = a7.add(a7);
        LongVector d8 = a8.add(a8);
        LongVector d9 = a9.add(a9);
        LongVector w5 = a5.mul(19);
        LongVector w6 = a6.mul(19);
        LongVector w7 = a7.mul(19);
        LongVector w8 = a8.mul(19);
        LongVector w9 = a9.mul(19);
        LongVector e7 = w7.add(w7);
        LongVector e9 = w9.add(w9);
        LongVector h0 =
                a0.mul(a0)
                        .add(d1.mul(e9))
                        .add(d2.mul(w8))
                        .add(d3.mul(e7))
                        .add(d4.mul(w6))
                        .add(d5.mul(w5));
        LongVector h1 = d0.mul(a1).add(d2.mul(w9)).add(d3.mul(w8)).add(d4.mul(w7)).add(d5.mul(w6));
        LongVector h2 =
                d0.mul(a2)
                        .add(d1.mul(a1))
                        .add(d3.mul(e9))
                        .add(d4.mul(w8))
                        .add(d5.mul(e7))
                        .add(a6.mul(w6));
        LongVector h3 = d0.mul(a3).add(d1.mul(a2)).add(d4.mul(w9)).add(d5.mul(w8)).add(d6.mul(w7));
        LongVector h4 =
                d0.mul(a4)
                        .add(d1.mul(d3))
                        .add(a2.mul(a2))
                        .add(d5.mul(e9))
                        .add(d6.mul(w8))
                        .add(d7.mul(w7));
        LongVector h5 = d0.mul(a5).add(d1.mul(a4)).add(d2.mul(a3)).add(d6.mul(w9)).add(d7.mul(w8));
        LongVector h6 =
                d0.mul(a6)
                        .add(d1.mul(d5))
                        .add(d2.mul(a4))
                        .add(d3.mul(a3))
                        .add(d7.mul(e9))
                        .add(a8.mul(w8));
        LongVector h7 = d0.mul(a7).add(d1.mul(a6)).add(d2.mul(a5)).add(d3.mul(a4)).add(d8.mul(w9));
        LongVector h8 =
                d0.mul(a8)
                        .add(d1.mul(d7))
                        .add(d2.mul(a6))
                        .add(d3.mul(d5))
                        .add(a4.mul(a4))
                        .add(d9.mul(w9));
        LongVector h9 = d0.mul(a9).add(d1.mul(a8)).add(d2.mul(a7)).add(d3.mul(a6)).add(d4.mul(a5));
        h1 = h1.add(h0.lanewise(ASHR, 26));
        h0 = h0.and(MASK26);
        h5 = h5.add(h4.lanewise(ASHR, 26));
        h4 = h4.and(MASK26);
        h2 = h2.add(h1.lanewise(ASHR, 25));
        h1 = h1.and(MASK25);
        h6 = h6.add(h5.lanewise(ASHR, 25));
        h5 = h5.and(MASK25);
        h3 = h3.add(h2.lanewise(ASHR, 26));
        h2 = h2.and(MASK26);
        h7 = h7.add(h6.lanewise(ASHR, 26));
        h6 = h6.and(MASK26);
        h4 = h4.add(h3.lanewise(ASHR, 25));
        h3 = h3.and(MASK25);
        h8 = h8.add(h7.lanewise(ASHR, 25));
        h7 = h7.and(MASK25);
        h5 = h5.add(h4.lanewise(ASHR, 26));
        h4 = h4.and(MASK26);
        h9 = h9.add(h8.lanewise(ASHR, 26));
        h8 = h8.and(MASK26);
        h0 = h0.add(h9.lanewise(ASHR, 25).mul(19));
        h9 = h9.and(MASK25);
        h1 = h1.add(h0.lanewise(ASHR, 26));
        h0 = h0.and(MASK26);
        h0.intoArray(s, r);
        h1.intoArray(s, r + 1 * LANES);
        h2.intoArray(s, r + 2 * LANES);
        h3.intoArray(s, r + 3 * LANES);
        h4.intoArray(s, r + 4 * LANES);
        h5.intoArray(s, r + 5 * LANES);
        h6.intoArray(s, r + 6 * LANES);
        h7.intoArray(s, r + 7 * LANES);
        h8.intoArray(s, r + 8 * LANES);
        h9.intoArray(s, r + 9 * LANES);
    }

    /**
     * Sets r to a squared {@code times} times over.
     *
     * @param times at least 1
     */
    static void squareTimes(long[] s, int r, int a, int times) {
        square(s, r, a);
        for (int i = 1; i < times; i++) {
            square(s, r, r);
        }
    }

    /** Sets r = a + b, without a carry. */
    static void add(long[] s, int r, int a, int b) {
        for (int i = 0; i < SIZE; i += LANES) {
            LongVector.fromArray(SPECIES, s, a + i)
                    .add(LongVector.fromArray(SPECIES, s, b + i))
                    .intoArray(s, r + i);
        }
    }

    /** Sets r = a − b, without a carry. */
    static void sub(long[] s, int r, int a, int b) {
        for (int i = 0; i < SIZE; i += LANES) {
            LongVector.fromArray(SPECIES, s, a + i)
                    .sub(LongVector.fromArray(SPECIES, s, b + i))
                    .intoArray(s, r + i);
        }
    }

    /**
     * Sets sum = a + b and difference = a − b, without a carry; neither may be an operand of the
     * other.
     */
    static void addSub(long[] s, int sum, int difference, int a, int b) {
        for (int i = 0; i < SIZE; i += LANES) {
            LongVector x = LongVector.fromArray(SPECIES, s, a + i);
            LongVector y = LongVector.fromArray(SPECIES, s, b + i);
            x.add(y).intoArray(s, sum + i);
            x.sub(y).intoArray(s, difference + i);
        }
    }

    /**
     * Sets r to one of eight elements in each lane, or to {@code zero} where the number is 0.
     *
     * @param table the offset of the first; the next ones follow at steps
     * @param number the offset of a vector of numbers 0..8
     * @param elements how many elements one behind the other each entry has
     */
    static void select(long[] s, int r, int table, int step, int zero, int number, int elements) {
        LongVector index = LongVector.fromArray(SPECIES, s, number);
        var isZero = index.eq(0);
        index = index.sub(1);
        var bit0 = index.and(1).eq(1);
        var bit1 = index.and(2).eq(2);
        var bit2 = index.and(4).eq(4);
        for (int i = 0; i < elements * SIZE; i += LANES) {
            int at = table + i;
            LongVector e01 =
                    LongVector.fromArray(SPECIES, s, at)
                            .blend(LongVector.fromArray(SPECIES, s, at + step), bit0);
            LongVector e23 =
                    LongVector.fromArray(SPECIES, s, at + 2 * step)
                            .blend(LongVector.fromArray(SPECIES, s, at + 3 * step), bit0);
            LongVector e45 =
                    LongVector.fromArray(SPECIES, s, at + 4 * step)
                            .blend(LongVector.fromArray(SPECIES, s, at + 5 * step), bit0);
            LongVector e67 =
                    LongVector.fromArray(SPECIES, s, at + 6 * step)
                            .blend(LongVector.fromArray(SPECIES, s, at + 7 * step), bit0);
            e01.blend(e23, bit1)
                    .blend(e45.blend(e67, bit1), bit2)
                    .blend(LongVector.fromArray(SPECIES, s, zero + i), isZero)
                    .intoArray(s, r + i);
        }
    }

    /**
     * Where a sign is not zero, lets two elements change places and negates a third.
     *
     * @param sign the offset of a vector of signs
     */
    static void negate(long[] s, int plus, int minus, int product, int sign) {
        var negative = LongVector.fromArray(SPECIES, s, sign).eq(0).not();
        for (int i = 0; i < SIZE; i += LANES) {
            LongVector x = LongVector.fromArray(SPECIES, s, plus + i);
            LongVector y = LongVector.fromArray(SPECIES, s, minus + i);
            x.blend(y, negative).intoArray(s, plus + i);
            y.blend(x, negative).intoArray(s, minus + i);
            LongVector t = LongVector.fromArray(SPECIES, s, product + i);
            t.blend(t.neg(), negative).intoArray(s, product + i);
        }
    }

    /** Sets one lane of an element from limbs of {@link Field25519} that are not negative. */
    static void setLane(long[] s, int element, int lane, long[] limbs) {
        for (int i = 0; i < Field25519.LIMBS; i++) {
            s[element + 2 * i * LANES + lane] = limbs[i] & MASK26;
            s[element + (2 * i + 1) * LANES + lane] = limbs[i] >> 26;
        }
    }

    /** Sets limbs of {@link Field25519} from one lane of an element. */
    static void getLane(long[] limbs, long[] s, int element, int lane) {
        for (int i = 0; i < Field25519.LIMBS; i++) {
            limbs[i] =
                    s[element + 2 * i * LANES + lane]
                            + (s[element + (2 * i + 1) * LANES + lane] << 26);
        }
    }

    /** Sets an element to the same value in all lanes. */
    static void broadcast(long[] s, int element, long[] limbs) {
        for (int lane = 0; lane < LANES; lane++) {
            setLane(s, element, lane, limbs);
        }
    }

    /** Sets r = a^((p−5)/8); t and u are scratch. */
    static void powerP58(long[] s, int r, int a, int t, int u) {
        square(s, r, a);
        squareTimes(s, t, r, 2);
        mul(s, t, a, t); // 2^3 + 1 = 9
        mul(s, r, r, t); // 11
        square(s, r, r); // 22
        mul(s, r, t, r); // 2^5 - 1
        squareTimes(s, t, r, 5);
        mul(s, r, t, r); // 2^10 - 1
        squareTimes(s, t, r, 10);
        mul(s, t, t, r); // 2^20 - 1
        squareTimes(s, u, t, 20);
        mul(s, t, u, t); // 2^40 - 1
        squareTimes(s, t, t, 10);
        mul(s, r, t, r); // 2^50 - 1
        squareTimes(s, t, r, 50);
        mul(s, t, t, r); // 2^100 - 1
        squareTimes(s, u, t, 100);
        mul(s, t, u, t); // 2^200 - 1
        squareTimes(s, t, t, 50);
        mul(s, r, t, r); // 2^250 - 1
        squareTimes(s, r, r, 2);
        mul(s, r, r, a); // 2^252 - 3
    }
}
