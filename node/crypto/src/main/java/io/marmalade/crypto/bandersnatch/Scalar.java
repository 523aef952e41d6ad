package io.marmalade.crypto.bandersnatch;

import java.math.BigInteger;

/**
 * Public scalars: integers modulo the order N of Bandersnatch's subgroup, as four little-endian
 * limbs. Secret ones are handled by {@link ConstantTime}.
 */
final class Scalar {
    static final int LIMBS = 4;

    /** The order of the subgroup. */
    static final BigInteger ORDER =
            new BigInteger(
                    "13108968793781547619861935127046491459309155893440570251786403306729687672801");

    private static final long[] ORDER_LIMBS = limbs(ORDER);

    /** Enough for the order's 253 bits and a carry. */
    private static final int DIGITS = 255;

    private Scalar() {}

    static long[] limbs(BigInteger value) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = value.shiftRight(64 * i).longValue();
        }
        return limbs;
    }

    static BigInteger toBigInteger(long[] limbs) {
        BigInteger value = BigInteger.ZERO;
        for (int i = limbs.length - 1; i >= 0; i--) {
            value = value.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(limbs[i])));
        }
        return value;
    }

    /**
     * Reads a scalar from 32 little-endian octets.
     *
     * @return whether it is below the order
     */
    static boolean decode(long[] r, byte[] octets, int offset) {
        for (int i = 0; i < LIMBS; i++) {
            r[i] = Octets.longAt(octets, offset + 8 * i);
        }
        return compareToOrder(r) < 0;
    }

    /** Reads a number from 32 little-endian octets and reduces it. */
    static long[] decodeReduced(byte[] octets, int offset) {
        long[] r = new long[LIMBS];
        decode(r, octets, offset);
        while (compareToOrder(r) >= 0) { // at most eight times: the order has 253 bits
            subtract(r, r, ORDER_LIMBS);
        }
        return r;
    }

    /** Reads a number from 32 big-endian octets and reduces it. */
    static long[] decodeReducedBigEndian(byte[] octets, int offset) {
        byte[] reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = octets[offset + 31 - i];
        }
        return decodeReduced(reversed, 0);
    }

    /** Returns the negation of a scalar. */
    static long[] negate(long[] scalar) {
        long[] r = new long[LIMBS];
        if ((scalar[0] | scalar[1] | scalar[2] | scalar[3]) != 0) {
            subtract(r, ORDER_LIMBS, scalar);
        }
        return r;
    }

    private static int compareToOrder(long[] a) {
        for (int i = LIMBS - 1; i >= 0; i--) {
            int order = Long.compareUnsigned(a[i], ORDER_LIMBS[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static void subtract(long[] r, long[] a, long[] b) {
        long borrow = 0;
        for (int i = 0; i < LIMBS; i++) {
            long x = a[i];
            long y = b[i];
            long d = x - y;
            r[i] = d - borrow;
            borrow = Long.compareUnsigned(x, y) < 0 || Long.compareUnsigned(d, borrow) < 0 ? 1 : 0;
        }
    }

    /**
     * Writes a scalar with digits that are zero or odd, between −2<sup>w−1</sup> and
     * 2<sup>w−1</sup>, and at least w − 1 zeroes after each that is not zero.
     *
     * @param width w, 2..7
     * @return the digits, the least significant first
     */
    static byte[] signedDigits(long[] scalar, int width) {
        return signedDigits(scalar, width, DIGITS);
    }

    /**
     * Writes any number so.
     *
     * @param count how many digits: two more than the number has bits
     */
    static byte[] signedDigits(long[] scalar, int width, int count) {
        byte[] digits = new byte[count];
        int carry = 0;
        int i = 0;
        while (i < count) {
            if (((int) (scalarBit(scalar, i)) + carry & 1) == 0) {
                i++;
                continue;
            }
            int word = carry;
            for (int j = width - 1; j >= 0; j--) {
                word += scalarBit(scalar, i + j) << j;
            }
            carry = word >> (width - 1);
            digits[i] = (byte) (word - (carry << width));
            i += width;
        }
        return digits;
    }

    private static int scalarBit(long[] scalar, int i) {
        return i >= 64 * scalar.length ? 0 : (int) (scalar[i >> 6] >>> (i & 63)) & 1;
    }
}
