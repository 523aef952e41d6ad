package io.marmalade.crypto.bandersnatch;

import java.math.BigInteger;

/**
 * The field that Bandersnatch is defined over, which is the scalar field of BLS12-381, in plain
 * Java.
 *
 * <p>An element is four little-endian 64-bit limbs in Montgomery form with R = 2<sup>256</sup>,
 * fully reduced; elements lie in {@code long} arrays at an offset, so that nothing is allocated per
 * operation. It is the very form of blst's {@code blst_fr}. Results may overlap operands.
 *
 * <p>The multiplication is unrolled, for loops over limbs cost half of the speed. Because q ≡ 1 mod
 * 2<sup>32</sup>, the digit that a reduction step multiplies q by needs no multiplication, and
 * neither does the lowest limb of that product.
 */
final class Fr {
    /** The order q of the field. */
    static final BigInteger MODULUS =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

    /** The number of limbs of an element. */
    static final int LIMBS = 4;

    private static final long Q0 = 0xffffffff00000001L;
    private static final long Q1 = 0x53bda402fffe5bfeL;
    private static final long Q2 = 0x3339d80809a1d805L;
    private static final long Q3 = 0x73eda753299d7d48L;

    private static final long[] R_SQUARED = limbs(BigInteger.ONE.shiftLeft(512).mod(MODULUS));
    private static final long[] PLAIN_ONE = {1, 0, 0, 0};

    /** Half of q, rounded down: an element is "larger" if it exceeds this. */
    private static final long[] HALF = limbs(MODULUS.shiftRight(1));

    static final long[] ZERO = new long[LIMBS];
    static final long[] ONE = of(BigInteger.ONE);

    private Fr() {}

    /** Returns a new element of this value. */
    static long[] of(BigInteger value) {
        return limbs(value.mod(MODULUS).shiftLeft(256).mod(MODULUS));
    }

    /** Returns a new element of the value that is written so in decimal. */
    static long[] of(String decimal) {
        return of(new BigInteger(decimal));
    }

    private static long[] limbs(BigInteger value) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = value.shiftRight(64 * i).longValue();
        }
        return limbs;
    }

    /** Returns the value of an element. */
    static BigInteger toBigInteger(long[] a, int at) {
        long[] plain = new long[LIMBS];
        toPlain(plain, 0, a, at);
        BigInteger value = BigInteger.ZERO;
        for (int i = LIMBS - 1; i >= 0; i--) {
            value = value.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(plain[i])));
        }
        return value;
    }

    /** Leaves Montgomery form: r becomes the integer below q. */
    static void toPlain(long[] r, int ro, long[] a, int ao) {
        mul(r, ro, a, ao, PLAIN_ONE, 0);
    }

    /** Enters Montgomery form; the integer in a may be any below 2<sup>256</sup>. */
    static void fromPlain(long[] r, int ro, long[] a, int ao) {
        mul(r, ro, R_SQUARED, 0, a, ao);
    }

    static void copy(long[] r, int ro, long[] a, int ao) {
        r[ro] = a[ao];
        r[ro + 1] = a[ao + 1];
        r[ro + 2] = a[ao + 2];
        r[ro + 3] = a[ao + 3];
    }

    static boolean isZero(long[] a, int ao) {
        return (a[ao] | a[ao + 1] | a[ao + 2] | a[ao + 3]) == 0;
    }

    static boolean equal(long[] a, int ao, long[] b, int bo) {
        return ((a[ao] ^ b[bo])
                        | (a[ao + 1] ^ b[bo + 1])
                        | (a[ao + 2] ^ b[bo + 2])
                        | (a[ao + 3] ^ b[bo + 3]))
                == 0;
    }

    /** Returns whether the canonical integer of an element is odd. */
    static boolean isOdd(long[] a, int ao) {
        long[] plain = new long[LIMBS];
        toPlain(plain, 0, a, ao);
        return (plain[0] & 1) != 0;
    }

    /** Returns whether an element exceeds its own negation, as integers. */
    static boolean isLarger(long[] a, int ao) {
        long[] plain = new long[LIMBS];
        toPlain(plain, 0, a, ao);
        return compare(plain, 0, HALF) > 0;
    }

    private static int compare(long[] a, int ao, long[] b) {
        for (int i = LIMBS - 1; i >= 0; i--) {
            int order = Long.compareUnsigned(a[ao + i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /**
     * Reads an element from 32 little-endian octets, of which the highest bit is left out of
     * account if {@code masked}.
     *
     * @return whether the integer is below q; if not, r is unchanged
     */
    static boolean decode(long[] r, int ro, byte[] octets, int offset, boolean masked) {
        long[] plain = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            plain[i] = Octets.longAt(octets, offset + 8 * i);
        }
        if (masked) {
            plain[3] &= Long.MAX_VALUE;
        }
        if (compare(plain, 0, new long[] {Q0, Q1, Q2, Q3}) >= 0) {
            return false;
        }
        fromPlain(r, ro, plain, 0);
        return true;
    }

    /** Writes the 32 little-endian octets of an element. */
    static void encode(byte[] octets, int offset, long[] a, int ao) {
        long[] plain = new long[LIMBS];
        toPlain(plain, 0, a, ao);
        for (int i = 0; i < LIMBS; i++) {
            Octets.putLong(octets, offset + 8 * i, plain[i]);
        }
    }

    /** Reduces 48 big-endian octets. */
    static void reduce48(long[] r, int ro, byte[] octets, int offset) {
        long[] high = new long[LIMBS];
        long[] low = new long[LIMBS];
        for (int i = 0; i < 3; i++) {
            high[i] = Long.reverseBytes(Octets.longAt(octets, offset + 16 - 8 * i));
            low[i] = Long.reverseBytes(Octets.longAt(octets, offset + 40 - 8 * i));
        }
        fromPlain(high, 0, high, 0);
        fromPlain(low, 0, low, 0);
        mul(high, 0, high, 0, TWO_TO_192, 0);
        add(r, ro, high, 0, low, 0);
    }

    private static final long[] TWO_TO_192 = of(BigInteger.ONE.shiftLeft(192));

    static void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long x = a[ao];
        long t0 = x + b[bo];
        long c = carry(t0, x);
        x = a[ao + 1];
        long y = b[bo + 1] + c; // no overflow out of the sums: both operands are below 2^255
        long t1 = x + y;
        c = carry(y, c) + carry(t1, x);
        x = a[ao + 2];
        y = b[bo + 2] + c;
        long t2 = x + y;
        c = carry(y, c) + carry(t2, x);
        long t3 = a[ao + 3] + b[bo + 3] + c;
        subtractModulus(r, ro, t0, t1, t2, t3);
    }

    static void sub(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long x = a[ao];
        long y = b[bo];
        long t0 = x - y;
        long borrow = carry(x, y);
        x = a[ao + 1];
        y = b[bo + 1];
        long d = x - y;
        long t1 = d - borrow;
        borrow = carry(x, y) | carry(d, borrow);
        x = a[ao + 2];
        y = b[bo + 2];
        d = x - y;
        long t2 = d - borrow;
        borrow = carry(x, y) | carry(d, borrow);
        x = a[ao + 3];
        y = b[bo + 3];
        long t3 = x - y - borrow;
        long mask = t3 >> 63; // both are below 2^255, so the sign says which is larger
        y = Q0 & mask;
        t0 += y;
        long c = carry(t0, y);
        y = (Q1 & mask) + c;
        t1 += y;
        c = carry(t1, y);
        y = (Q2 & mask) + c;
        t2 += y;
        c = carry(t2, y);
        t3 += (Q3 & mask) + c;
        r[ro] = t0;
        r[ro + 1] = t1;
        r[ro + 2] = t2;
        r[ro + 3] = t3;
    }

    static void negate(long[] r, int ro, long[] a, int ao) {
        sub(r, ro, ZERO, 0, a, ao);
    }

    static void square(long[] r, int ro, long[] a, int ao) {
        mul(r, ro, a, ao, a, ao);
    }

    private static void subtractModulus(long[] r, int ro, long t0, long t1, long t2, long t3) {
        long s0 = t0 - Q0;
        long borrow = carry(t0, Q0);
        long d = t1 - Q1;
        long s1 = d - borrow;
        borrow = carry(t1, Q1) | carry(d, borrow);
        d = t2 - Q2;
        long s2 = d - borrow;
        borrow = carry(t2, Q2) | carry(d, borrow);
        d = t3 - Q3;
        long s3 = d - borrow;
        borrow = carry(t3, Q3) | carry(d, borrow);
        long keep = -borrow;
        r[ro] = s0 ^ ((s0 ^ t0) & keep);
        r[ro + 1] = s1 ^ ((s1 ^ t1) & keep);
        r[ro + 2] = s2 ^ ((s2 ^ t2) & keep);
        r[ro + 3] = s3 ^ ((s3 ^ t3) & keep);
    }

    /** Returns 1 if a sum is below an addend, that is, if the addition carried; else 0. */
    private static long carry(long sum, long addend) {
        return sum + Long.MIN_VALUE < addend + Long.MIN_VALUE ? 1L : 0L;
    }

    /**
     * Montgomery product: r = a · b / 2<sup>256</sup>. The second operand may be any number below
     * 2^256.
     */
    static void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long b0 = b[bo];
        long b1 = b[bo + 1];
        long b2 = b[bo + 2];
        long b3 = b[bo + 3];

        // Row 0: add a · b0, then one reduction step.
        long t0 = a0 * b0;
        long carry = Math.unsignedMultiplyHigh(a0, b0);
        long low;
        long sum;
        low = a1 * b0;
        long t1 = low + carry;
        carry = Math.unsignedMultiplyHigh(a1, b0) + carry(t1, low);
        low = a2 * b0;
        long t2 = low + carry;
        carry = Math.unsignedMultiplyHigh(a2, b0) + carry(t2, low);
        low = a3 * b0;
        long t3 = low + carry;
        carry = Math.unsignedMultiplyHigh(a3, b0) + carry(t3, low);
        long t4 = carry;
        long m = -(t0 + (t0 << 32));
        carry = m - (m >>> 32) + carry(t0 + m, t0);
        low = m * Q1;
        sum = t1 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q1) + carry(sum, carry);
        t0 = sum + low;
        carry += carry(t0, low);
        low = m * Q2;
        sum = t2 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q2) + carry(sum, carry);
        t1 = sum + low;
        carry += carry(t1, low);
        low = m * Q3;
        sum = t3 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q3) + carry(sum, carry);
        t2 = sum + low;
        carry += carry(t2, low);
        t3 = t4 + carry;
        // Row 1: add a · b1, then one reduction step.
        low = a0 * b1;
        t0 += low;
        carry = Math.unsignedMultiplyHigh(a0, b1) + carry(t0, low);
        low = a1 * b1;
        sum = t1 + carry;
        carry = Math.unsignedMultiplyHigh(a1, b1) + carry(sum, carry);
        t1 = sum + low;
        carry += carry(t1, low);
        low = a2 * b1;
        sum = t2 + carry;
        carry = Math.unsignedMultiplyHigh(a2, b1) + carry(sum, carry);
        t2 = sum + low;
        carry += carry(t2, low);
        low = a3 * b1;
        sum = t3 + carry;
        carry = Math.unsignedMultiplyHigh(a3, b1) + carry(sum, carry);
        t3 = sum + low;
        carry += carry(t3, low);
        t4 = carry;
        m = -(t0 + (t0 << 32));
        carry = m - (m >>> 32) + carry(t0 + m, t0);
        low = m * Q1;
        sum = t1 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q1) + carry(sum, carry);
        t0 = sum + low;
        carry += carry(t0, low);
        low = m * Q2;
        sum = t2 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q2) + carry(sum, carry);
        t1 = sum + low;
        carry += carry(t1, low);
        low = m * Q3;
        sum = t3 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q3) + carry(sum, carry);
        t2 = sum + low;
        carry += carry(t2, low);
        t3 = t4 + carry;
        // Row 2: add a · b2, then one reduction step.
        low = a0 * b2;
        t0 += low;
        carry = Math.unsignedMultiplyHigh(a0, b2) + carry(t0, low);
        low = a1 * b2;
        sum = t1 + carry;
        carry = Math.unsignedMultiplyHigh(a1, b2) + carry(sum, carry);
        t1 = sum + low;
        carry += carry(t1, low);
        low = a2 * b2;
        sum = t2 + carry;
        carry = Math.unsignedMultiplyHigh(a2, b2) + carry(sum, carry);
        t2 = sum + low;
        carry += carry(t2, low);
        low = a3 * b2;
        sum = t3 + carry;
        carry = Math.unsignedMultiplyHigh(a3, b2) + carry(sum, carry);
        t3 = sum + low;
        carry += carry(t3, low);
        t4 = carry;
        m = -(t0 + (t0 << 32));
        carry = m - (m >>> 32) + carry(t0 + m, t0);
        low = m * Q1;
        sum = t1 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q1) + carry(sum, carry);
        t0 = sum + low;
        carry += carry(t0, low);
        low = m * Q2;
        sum = t2 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q2) + carry(sum, carry);
        t1 = sum + low;
        carry += carry(t1, low);
        low = m * Q3;
        sum = t3 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q3) + carry(sum, carry);
        t2 = sum + low;
        carry += carry(t2, low);
        t3 = t4 + carry;
        // Row 3: add a · b3, then one reduction step.
        low = a0 * b3;
        t0 += low;
        carry = Math.unsignedMultiplyHigh(a0, b3) + carry(t0, low);
        low = a1 * b3;
        sum = t1 + carry;
        carry = Math.unsignedMultiplyHigh(a1, b3) + carry(sum, carry);
        t1 = sum + low;
        carry += carry(t1, low);
        low = a2 * b3;
        sum = t2 + carry;
        carry = Math.unsignedMultiplyHigh(a2, b3) + carry(sum, carry);
        t2 = sum + low;
        carry += carry(t2, low);
        low = a3 * b3;
        sum = t3 + carry;
        carry = Math.unsignedMultiplyHigh(a3, b3) + carry(sum, carry);
        t3 = sum + low;
        carry += carry(t3, low);
        t4 = carry;
        m = -(t0 + (t0 << 32));
        carry = m - (m >>> 32) + carry(t0 + m, t0);
        low = m * Q1;
        sum = t1 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q1) + carry(sum, carry);
        t0 = sum + low;
        carry += carry(t0, low);
        low = m * Q2;
        sum = t2 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q2) + carry(sum, carry);
        t1 = sum + low;
        carry += carry(t1, low);
        low = m * Q3;
        sum = t3 + carry;
        carry = Math.unsignedMultiplyHigh(m, Q3) + carry(sum, carry);
        t2 = sum + low;
        carry += carry(t2, low);
        t3 = t4 + carry;

        subtractModulus(r, ro, t0, t1, t2, t3);
    }

    /** Raises to a power of {@code exponent} little-endian limbs; not for secret exponents. */
    static void pow(long[] r, int ro, long[] a, int ao, long[] exponent) {
        // Windows of four bits.
        long[] table = new long[16 * LIMBS];
        copy(table, 0, ONE, 0);
        for (int i = 1; i < 16; i++) {
            mul(table, LIMBS * i, table, LIMBS * (i - 1), a, ao);
        }
        long[] x = ONE.clone();
        boolean started = false;
        for (int i = exponent.length * 16 - 1; i >= 0; i--) {
            if (started) {
                square(x, 0, x, 0);
                square(x, 0, x, 0);
                square(x, 0, x, 0);
                square(x, 0, x, 0);
            }
            int digit = (int) (exponent[i >> 4] >>> (4 * (i & 15))) & 15;
            if (digit != 0) {
                mul(x, 0, x, 0, table, LIMBS * digit);
                started = true;
            }
        }
        copy(r, ro, x, 0);
    }

    private static final long[] Q_MINUS_2 = {Q0 - 2, Q1, Q2, Q3};

    /** Inverts; the inverse of zero is zero. */
    static void invert(long[] r, int ro, long[] a, int ao) {
        pow(r, ro, a, ao, Q_MINUS_2);
    }

    /**
     * Inverts {@code count} elements that stand one after the other, with one inversion. Zeroes
     * stay.
     *
     * @param inverter what inverts one element
     */
    static void invertAll(long[] a, int ao, int count, CurveBackend inverter) {
        long[] products = new long[LIMBS * (count + 1)];
        copy(products, 0, ONE, 0);
        for (int i = 0; i < count; i++) {
            int at = ao + LIMBS * i;
            if (isZero(a, at)) {
                copy(products, LIMBS * (i + 1), products, LIMBS * i);
            } else {
                mul(products, LIMBS * (i + 1), products, LIMBS * i, a, at);
            }
        }
        long[] inverse = new long[LIMBS];
        copy(inverse, 0, products, LIMBS * count);
        inverter.invert(inverse);
        long[] next = new long[LIMBS];
        for (int i = count - 1; i >= 0; i--) {
            int at = ao + LIMBS * i;
            if (!isZero(a, at)) {
                mul(next, 0, inverse, 0, a, at);
                mul(a, at, inverse, 0, products, LIMBS * i);
                copy(inverse, 0, next, 0);
            }
        }
    }
}
