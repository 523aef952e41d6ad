package io.marmalade.crypto.ed25519;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The field of 2^255 − 19, an element in five signed limbs of 51 bits.
 *
 * <p>Invariants: the results of {@link #mul}, {@link #square} and {@link #load} have limbs between
 * −2^15 and 2^51 + 2^15. The first operand of a multiplication may have limbs up to 2^54 in
 * absolute value, the second, and that of a square, up to 2^52.7; so sums of three results may be
 * multiplied without a carry. Operands may be the result array.
 *
 * <p>A product of two limbs is split at bit 51 without double words: {@code high} is the exact
 * floor of the product over 2^51, and since the low parts of a column add up to less than 2^64,
 * they are what remains, modulo 2^64, when the high parts are taken away from the wrapped sum of
 * the products.
 */
final class Field25519 {
    static final int LIMBS = 5;

    private static final long MASK = (1L << 51) - 1;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Field25519() {}

    private static long high(long a, long b) {
        return Math.multiplyHigh(a << 7, b << 6);
    }

    /** Sets r = a·b. */
    static void mul(long[] r, long[] a, long[] b) {
        long a0 = a[0];
        long a1 = a[1];
        long a2 = a[2];
        long a3 = a[3];
        long a4 = a[4];
        long b0 = b[0];
        long b1 = b[1];
        long b2 = b[2];
        long b3 = b[3];
        long b4 = b[4];
        long w1 = 19 * b1;
        long w2 = 19 * b2;
        long w3 = 19 * b3;
        long w4 = 19 * b4;
        long low0 = a0 * b0 + a1 * w4 + a2 * w3 + a3 * w2 + a4 * w1;
        long high0 = high(a0, b0) + high(a1, w4) + high(a2, w3) + high(a3, w2) + high(a4, w1);
        long low1 = a0 * b1 + a1 * b0 + a2 * w4 + a3 * w3 + a4 * w2;
        long high1 = high(a0, b1) + high(a1, b0) + high(a2, w4) + high(a3, w3) + high(a4, w2);
        long low2 = a0 * b2 + a1 * b1 + a2 * b0 + a3 * w4 + a4 * w3;
        long high2 = high(a0, b2) + high(a1, b1) + high(a2, b0) + high(a3, w4) + high(a4, w3);
        long low3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * w4;
        long high3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0) + high(a4, w4);
        long low4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
        long high4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
        long r0 = low0 - (high0 << 51) + 19 * high4;
        long r1 = low1 - (high1 << 51) + high0;
        long r2 = low2 - (high2 << 51) + high1;
        long r3 = low3 - (high3 << 51) + high2;
        long r4 = low4 - (high4 << 51) + high3;
        store(r, r0, r1, r2, r3, r4);
    }

    /** Sets r = a². */
    static void square(long[] r, long[] a) {
        squareTimes(r, a, 1);
    }

    /**
     * Sets r to a squared {@code times} times over.
     *
     * @param times at least 1
     */
    static void squareTimes(long[] r, long[] a, int times) {
        long a0 = a[0];
        long a1 = a[1];
        long a2 = a[2];
        long a3 = a[3];
        long a4 = a[4];
        for (int i = 0; i < times; i++) {
            long d0 = 2 * a0;
            long d1 = 2 * a1;
            long d2 = 2 * a2;
            long d3 = 2 * a3;
            long w3 = 19 * a3;
            long w4 = 19 * a4;
            long low0 = a0 * a0 + d1 * w4 + d2 * w3;
            long high0 = high(a0, a0) + high(d1, w4) + high(d2, w3);
            long low1 = d0 * a1 + d2 * w4 + a3 * w3;
            long high1 = high(d0, a1) + high(d2, w4) + high(a3, w3);
            long low2 = d0 * a2 + a1 * a1 + d3 * w4;
            long high2 = high(d0, a2) + high(a1, a1) + high(d3, w4);
            long low3 = d0 * a3 + d1 * a2 + a4 * w4;
            long high3 = high(d0, a3) + high(d1, a2) + high(a4, w4);
            long low4 = d0 * a4 + d1 * a3 + a2 * a2;
            long high4 = high(d0, a4) + high(d1, a3) + high(a2, a2);
            long r0 = low0 - (high0 << 51) + 19 * high4;
            long r1 = low1 - (high1 << 51) + high0;
            long r2 = low2 - (high2 << 51) + high1;
            long r3 = low3 - (high3 << 51) + high2;
            long r4 = low4 - (high4 << 51) + high3;
            a0 = (r0 & MASK) + 19 * (r4 >> 51);
            a1 = (r1 & MASK) + (r0 >> 51);
            a2 = (r2 & MASK) + (r1 >> 51);
            a3 = (r3 & MASK) + (r2 >> 51);
            a4 = (r4 & MASK) + (r3 >> 51);
        }
        r[0] = a0;
        r[1] = a1;
        r[2] = a2;
        r[3] = a3;
        r[4] = a4;
    }

    /**
     * Carries once, all limbs at a time: a column of a product is below 2^61, so its carry is below
     * 2^10.
     */
    private static void store(long[] r, long r0, long r1, long r2, long r3, long r4) {
        r[0] = (r0 & MASK) + 19 * (r4 >> 51);
        r[1] = (r1 & MASK) + (r0 >> 51);
        r[2] = (r2 & MASK) + (r1 >> 51);
        r[3] = (r3 & MASK) + (r2 >> 51);
        r[4] = (r4 & MASK) + (r3 >> 51);
    }

    /** Sets r = a + b, without a carry. */
    static void add(long[] r, long[] a, long[] b) {
        for (int i = 0; i < LIMBS; i++) {
            r[i] = a[i] + b[i];
        }
    }

    /** Sets r = a − b, without a carry. */
    static void sub(long[] r, long[] a, long[] b) {
        for (int i = 0; i < LIMBS; i++) {
            r[i] = a[i] - b[i];
        }
    }

    /** Sets r = −a, without a carry. */
    static void negate(long[] r, long[] a) {
        for (int i = 0; i < LIMBS; i++) {
            r[i] = -a[i];
        }
    }

    static void copy(long[] r, long[] a) {
        for (int i = 0; i < LIMBS; i++) {
            r[i] = a[i];
        }
    }

    static void set(long[] r, long value) {
        r[0] = value;
        for (int i = 1; i < LIMBS; i++) {
            r[i] = 0;
        }
    }

    /** Carries until the limbs are as those of a product; limbs up to 2^62 may go in. */
    static void carry(long[] r) {
        store(r, r[0], r[1], r[2], r[3], r[4]);
    }

    /**
     * Sets r to the 255 bits at an offset, a value that may be p or more; the highest bit is
     * ignored.
     */
    static void load(long[] r, byte[] in, int offset) {
        long w0 = (long) LONGS.get(in, offset);
        long w1 = (long) LONGS.get(in, offset + 8);
        long w2 = (long) LONGS.get(in, offset + 16);
        long w3 = (long) LONGS.get(in, offset + 24);
        r[0] = w0 & MASK;
        r[1] = (w0 >>> 51 | w1 << 13) & MASK;
        r[2] = (w1 >>> 38 | w2 << 26) & MASK;
        r[3] = (w2 >>> 25 | w3 << 39) & MASK;
        r[4] = w3 >>> 12 & MASK;
    }

    /**
     * Brings an element into its one canonical form, all limbs below 2^51 and the value below p.
     */
    static void canonical(long[] r) {
        // Adding 2p first makes everything positive that the invariants allow.
        r[0] += 2 * ((1L << 51) - 19);
        for (int i = 1; i < LIMBS; i++) {
            r[i] += 2 * MASK;
        }
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < LIMBS - 1; i++) {
                r[i + 1] += r[i] >> 51;
                r[i] &= MASK;
            }
            r[0] += 19 * (r[4] >> 51);
            r[4] &= MASK;
        }
        if (r[4] == MASK
                && r[3] == MASK
                && r[2] == MASK
                && r[1] == MASK
                && r[0] >= (1L << 51) - 19) {
            r[0] -= (1L << 51) - 19;
            r[1] = 0;
            r[2] = 0;
            r[3] = 0;
            r[4] = 0;
        }
    }

    /** Returns whether an element is zero; brings it into canonical form. */
    static boolean isZero(long[] r) {
        canonical(r);
        return (r[0] | r[1] | r[2] | r[3] | r[4]) == 0;
    }

    /** Sets r = a^((p−5)/8), p − 5 = 8·(2^252 − 3); r must not be a, t is scratch. */
    static void powerP58(long[] r, long[] a, long[] t, long[] u) {
        square(r, a);
        squareTimes(t, r, 2);
        mul(t, a, t); // 2^3 + 1 = 9
        mul(r, r, t); // 11
        square(r, r); // 22
        mul(r, t, r); // 2^5 - 1
        squareTimes(t, r, 5);
        mul(r, t, r); // 2^10 - 1
        squareTimes(t, r, 10);
        mul(t, t, r); // 2^20 - 1
        squareTimes(u, t, 20);
        mul(t, u, t); // 2^40 - 1
        squareTimes(t, t, 10);
        mul(r, t, r); // 2^50 - 1
        squareTimes(t, r, 50);
        mul(t, t, r); // 2^100 - 1
        squareTimes(u, t, 100);
        mul(t, u, t); // 2^200 - 1
        squareTimes(t, t, 50);
        mul(r, t, r); // 2^250 - 1
        squareTimes(r, r, 2);
        mul(r, r, a); // 2^252 - 3
    }
}
