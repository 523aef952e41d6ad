package io.marmalade.crypto.bandersnatch;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Arithmetic with secrets: neither a branch nor an address depends on a scalar or on a point.
 * Slower than {@link Fr} and {@link Point}, and only for signing.
 */
final class ConstantTime {
    private static final int LIMBS = 4;

    /**
     * Arithmetic modulo an odd number below 2<sup>255</sup>, in Montgomery form with R =
     * 2<sup>256</sup>.
     */
    private static final class Modulus {
        final long[] modulus;
        final long[] rSquared;

        /** −1/modulus mod 2<sup>64</sup>. */
        final long factor;

        Modulus(BigInteger value) {
            modulus = Scalar.limbs(value);
            rSquared = Scalar.limbs(BigInteger.ONE.shiftLeft(512).mod(value));
            BigInteger word = BigInteger.ONE.shiftLeft(64);
            factor = value.modInverse(word).negate().longValue();
        }

        /** Montgomery product; b may be any number below 2^256. */
        void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
            long t0 = 0;
            long t1 = 0;
            long t2 = 0;
            long t3 = 0;
            long low;
            long sum;
            for (int i = 0; i < LIMBS; i++) {
                long digit = b[bo + i];
                low = a[ao] * digit;
                t0 += low;
                long c = Math.unsignedMultiplyHigh(a[ao], digit) + carry(t0, low);
                low = a[ao + 1] * digit;
                sum = t1 + c;
                c = Math.unsignedMultiplyHigh(a[ao + 1], digit) + carry(sum, c);
                t1 = sum + low;
                c += carry(t1, low);
                low = a[ao + 2] * digit;
                sum = t2 + c;
                c = Math.unsignedMultiplyHigh(a[ao + 2], digit) + carry(sum, c);
                t2 = sum + low;
                c += carry(t2, low);
                low = a[ao + 3] * digit;
                sum = t3 + c;
                c = Math.unsignedMultiplyHigh(a[ao + 3], digit) + carry(sum, c);
                t3 = sum + low;
                c += carry(t3, low);
                final long t4 = c;

                long m = t0 * factor;
                low = m * modulus[0];
                sum = t0 + low;
                c = Math.unsignedMultiplyHigh(m, modulus[0]) + carry(sum, low);
                low = m * modulus[1];
                sum = t1 + c;
                c = Math.unsignedMultiplyHigh(m, modulus[1]) + carry(sum, c);
                t0 = sum + low;
                c += carry(t0, low);
                low = m * modulus[2];
                sum = t2 + c;
                c = Math.unsignedMultiplyHigh(m, modulus[2]) + carry(sum, c);
                t1 = sum + low;
                c += carry(t1, low);
                low = m * modulus[3];
                sum = t3 + c;
                c = Math.unsignedMultiplyHigh(m, modulus[3]) + carry(sum, c);
                t2 = sum + low;
                c += carry(t2, low);
                t3 = t4 + c;
            }
            r[ro] = t0;
            r[ro + 1] = t1;
            r[ro + 2] = t2;
            r[ro + 3] = t3;
            reduce(r, ro);
        }

        void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
            long c = 0;
            for (int i = 0; i < LIMBS; i++) {
                long sum = a[ao + i] + c;
                c = carry(sum, c);
                long y = b[bo + i];
                sum += y;
                c |= carry(sum, y);
                r[ro + i] = sum;
            }
            reduce(r, ro);
        }

        void sub(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
            long borrow = 0;
            for (int i = 0; i < LIMBS; i++) {
                long x = a[ao + i];
                long y = b[bo + i];
                long d = x - y;
                long out = carry(x, y);
                r[ro + i] = d - borrow;
                borrow = out | carry(d, borrow);
            }
            long mask = -borrow;
            long c = 0;
            for (int i = 0; i < LIMBS; i++) {
                long y = (modulus[i] & mask) + c;
                c = carry(y, c);
                long sum = r[ro + i] + y;
                c |= carry(sum, y);
                r[ro + i] = sum;
            }
        }

        /** Brings a number below twice the modulus below it. */
        private void reduce(long[] r, int ro) {
            long borrow = 0;
            long d;
            long x;
            long s0;
            long s1;
            long s2;
            long s3;
            x = r[ro];
            s0 = x - modulus[0];
            borrow = carry(x, modulus[0]);
            x = r[ro + 1];
            d = x - modulus[1];
            s1 = d - borrow;
            borrow = carry(x, modulus[1]) | carry(d, borrow);
            x = r[ro + 2];
            d = x - modulus[2];
            s2 = d - borrow;
            borrow = carry(x, modulus[2]) | carry(d, borrow);
            x = r[ro + 3];
            d = x - modulus[3];
            s3 = d - borrow;
            borrow = carry(x, modulus[3]) | carry(d, borrow);
            long keep = -borrow;
            r[ro] = s0 ^ ((s0 ^ r[ro]) & keep);
            r[ro + 1] = s1 ^ ((s1 ^ r[ro + 1]) & keep);
            r[ro + 2] = s2 ^ ((s2 ^ r[ro + 2]) & keep);
            r[ro + 3] = s3 ^ ((s3 ^ r[ro + 3]) & keep);
        }

        /** Returns 1 if x is below y, else 0, without a branch. */
        private static long carry(long x, long y) {
            return ((~x & y) | (~(x ^ y) & (x - y))) >>> 63;
        }
    }

    private static final Modulus FIELD = new Modulus(Fr.MODULUS);
    private static final Modulus ORDER = new Modulus(Scalar.ORDER);
    private static final int WINDOW = 4;

    private ConstantTime() {}

    /** Reduces 64 little-endian octets modulo the order. */
    static long[] reduceScalar(byte[] octets) {
        long[] low = new long[LIMBS];
        long[] high = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            low[i] = Octets.longAt(octets, 8 * i);
            high[i] = Octets.longAt(octets, 32 + 8 * i);
        }
        long[] plainOne = {1, 0, 0, 0};
        // high · 2^256 + low: into Montgomery form, high twice.
        ORDER.mul(high, 0, ORDER.rSquared, 0, high, 0);
        ORDER.mul(high, 0, ORDER.rSquared, 0, high, 0);
        ORDER.mul(low, 0, ORDER.rSquared, 0, low, 0);
        ORDER.add(low, 0, low, 0, high, 0);
        ORDER.mul(low, 0, low, 0, plainOne, 0);
        Arrays.fill(high, 0);
        return low;
    }

    /** Returns a + b · c modulo the order. */
    static long[] multiplyAdd(long[] a, long[] b, long[] c) {
        long[] r = new long[LIMBS];
        ORDER.mul(r, 0, ORDER.rSquared, 0, b, 0);
        ORDER.mul(r, 0, r, 0, c, 0);
        ORDER.add(r, 0, r, 0, a, 0);
        return r;
    }

    /** Returns the product of a secret scalar and a point of the subgroup, with Z = 1. */
    static long[] multiply(long[] scalar, long[] p) {
        int size = 1 << WINDOW;
        long[] w = Point.workspace();
        long[] table = new long[size * Point.LENGTH];
        long[] sum = new long[Point.LENGTH];
        Point.identity(sum);
        for (int i = 0; i < size; i++) {
            System.arraycopy(sum, 0, table, Point.LENGTH * i, Point.LENGTH);
            Point.add(sum, 0, sum, 0, p, 0, w); // multiples of a public point
        }
        long[] chosen = new long[Point.LENGTH];
        Point.identity(sum);
        for (int i = 256 / WINDOW - 1; i >= 0; i--) {
            for (int j = 0; j < WINDOW; j++) {
                twice(sum, w);
            }
            int bit = WINDOW * i;
            choose(chosen, table, scalar[bit >> 6] >>> (bit & 63) & (size - 1), size);
            add(sum, chosen, w);
        }
        invertZ(sum, w);
        Arrays.fill(chosen, 0);
        Arrays.fill(w, 0);
        return sum;
    }

    /** Returns the sum of two points, with Z = 1. */
    static long[] sum(long[] p, long[] q) {
        long[] w = Point.workspace();
        long[] r = p.clone();
        add(r, q, w);
        invertZ(r, w);
        return r;
    }

    private static void choose(long[] r, long[] table, long digit, int size) {
        Arrays.fill(r, 0);
        for (int i = 0; i < size; i++) {
            long mask = (digit ^ i) - 1 >> 63; // all ones iff equal
            for (int j = 0; j < Point.LENGTH; j++) {
                r[j] |= table[Point.LENGTH * i + j] & mask;
            }
        }
    }

    private static void add(long[] p, long[] q, long[] w) {
        FIELD.mul(w, 0, p, Point.X, q, Point.X);
        FIELD.mul(w, 4, p, Point.Y, q, Point.Y);
        FIELD.mul(w, 8, p, Point.T, Point.D, 0);
        FIELD.mul(w, 8, w, 8, q, Point.T);
        FIELD.mul(w, 12, p, Point.Z, q, Point.Z);
        FIELD.add(w, 16, p, Point.X, p, Point.Y);
        FIELD.add(w, 20, q, Point.X, q, Point.Y);
        FIELD.mul(w, 16, w, 16, w, 20);
        FIELD.sub(w, 16, w, 16, w, 0);
        FIELD.sub(w, 16, w, 16, w, 4);
        FIELD.sub(w, 20, w, 12, w, 8);
        FIELD.add(w, 24, w, 12, w, 8);
        timesFive(w, 28, w, 0);
        FIELD.add(w, 28, w, 28, w, 4);
        finish(p, w);
    }

    private static void twice(long[] p, long[] w) {
        FIELD.mul(w, 0, p, Point.X, p, Point.X);
        FIELD.mul(w, 4, p, Point.Y, p, Point.Y);
        FIELD.mul(w, 8, p, Point.Z, p, Point.Z);
        FIELD.add(w, 8, w, 8, w, 8);
        FIELD.add(w, 16, p, Point.X, p, Point.Y);
        FIELD.mul(w, 16, w, 16, w, 16);
        FIELD.sub(w, 16, w, 16, w, 0);
        FIELD.sub(w, 16, w, 16, w, 4);
        timesFive(w, 12, w, 0);
        FIELD.sub(w, 24, w, 4, w, 12);
        FIELD.sub(w, 20, w, 24, w, 8);
        FIELD.add(w, 28, w, 12, w, 4);
        FIELD.sub(w, 28, Fr.ZERO, 0, w, 28);
        finish(p, w);
    }

    private static void finish(long[] p, long[] w) {
        FIELD.mul(p, Point.X, w, 16, w, 20);
        FIELD.mul(p, Point.Y, w, 24, w, 28);
        FIELD.mul(p, Point.T, w, 16, w, 28);
        FIELD.mul(p, Point.Z, w, 20, w, 24);
    }

    private static void timesFive(long[] r, int ro, long[] a, int ao) {
        FIELD.add(r, ro, a, ao, a, ao);
        FIELD.add(r, ro, r, ro, r, ro);
        FIELD.add(r, ro, r, ro, a, ao);
    }

    /** Z to the power q − 2: the exponent is public. */
    private static void invertZ(long[] p, long[] w) {
        long[] exponent = Scalar.limbs(Fr.MODULUS.subtract(BigInteger.TWO));
        Fr.copy(w, 0, Fr.ONE, 0);
        for (int i = 254; i >= 0; i--) {
            FIELD.mul(w, 0, w, 0, w, 0);
            if ((exponent[i >> 6] >>> (i & 63) & 1) != 0) {
                FIELD.mul(w, 0, w, 0, p, Point.Z);
            }
        }
        FIELD.mul(p, Point.X, p, Point.X, w, 0);
        FIELD.mul(p, Point.Y, p, Point.Y, w, 0);
        FIELD.mul(p, Point.T, p, Point.X, p, Point.Y);
        Fr.copy(p, Point.Z, Fr.ONE, 0);
    }
}
