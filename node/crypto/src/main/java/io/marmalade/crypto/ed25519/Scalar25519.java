package io.marmalade.crypto.ed25519;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Scalars modulo L = 2^252 + 27742317777372353535851937790883648493, the order of the base point.
 */
final class Scalar25519 {
    /** L in words of 64 bits, lowest first. */
    private static final long[] L = {0x5812631a5cf5d3edL, 0x14def9dea2f79cd6L, 0, 1L << 60};

    private static final int BITS = 28;
    private static final long MASK = (1L << BITS) - 1;

    /** The limb whose weight is 2^252. */
    private static final int TOP = 9;

    private static final int WIDE_LIMBS = 19;

    /** L − 2^252 in limbs of 28 bits. */
    private static final long[] DELTA = {0xcf5d3ed, 0x12631a5, 0x79cd658, 0xf9dea2f, 0x14de};

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Scalar25519() {}

    /** Reads 32 octets into four words and returns whether they are below L. */
    static boolean loadCanonical(long[] out, byte[] in, int offset) {
        for (int i = 0; i < 4; i++) {
            out[i] = (long) LONGS.get(in, offset + 8 * i);
        }
        for (int i = 3; i >= 0; i--) {
            int order = Long.compareUnsigned(out[i], L[i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    /**
     * Reduces 64 octets, lowest first, modulo L.
     *
     * @param out four words for the result
     * @param x scratch of {@link #WIDE_LIMBS} limbs
     */
    static void reduce(long[] out, byte[] in, long[] x) {
        for (int i = 0; i < WIDE_LIMBS; i++) {
            int bit = BITS * i;
            int octet = Math.min(bit >>> 3, 56);
            x[i] = (long) LONGS.get(in, octet) >>> (bit - 8 * octet) & MASK;
        }
        // 2^252 is congruent to -DELTA; each fold leaves limbs small enough for the next.
        for (int i = WIDE_LIMBS - 1; i >= TOP + 5; i--) {
            fold(x, i);
        }
        carry(x, TOP + 5);
        for (int i = TOP + 5; i >= TOP; i--) {
            fold(x, i);
        }
        carry(x, TOP);
        fold(x, TOP);
        carry(x, TOP);
        while (x[TOP] < 0) {
            addOrder(x, 1);
        }
        while (atLeastOrder(x)) {
            addOrder(x, -1);
        }
        out[0] = x[0] | x[1] << 28 | x[2] << 56;
        out[1] = x[2] >>> 8 | x[3] << 20 | x[4] << 48;
        out[2] = x[4] >>> 16 | x[5] << 12 | x[6] << 40;
        out[3] = x[6] >>> 24 | x[7] << 4 | x[8] << 32 | x[9] << 60;
    }

    static long[] scratch() {
        return new long[WIDE_LIMBS];
    }

    private static void fold(long[] x, int i) {
        long top = x[i];
        x[i] = 0;
        for (int j = 0; j < DELTA.length; j++) {
            x[i - TOP + j] -= top * DELTA[j];
        }
    }

    private static void carry(long[] x, int end) {
        for (int i = 0; i < end; i++) {
            x[i + 1] += x[i] >> BITS;
            x[i] &= MASK;
        }
    }

    private static void addOrder(long[] x, int sign) {
        for (int j = 0; j < DELTA.length; j++) {
            x[j] += sign * DELTA[j];
        }
        x[TOP] += sign;
        carry(x, TOP);
    }

    private static boolean atLeastOrder(long[] x) {
        if (x[TOP] != 1) {
            return x[TOP] > 1;
        }
        for (int i = TOP - 1; i >= 0; i--) {
            long digit = i < DELTA.length ? DELTA[i] : 0;
            if (x[i] != digit) {
                return x[i] > digit;
            }
        }
        return true;
    }

    /**
     * Writes the non-adjacent form of a scalar below 2^254: {@code digits[i]} is zero or odd, below
     * 2^(width−1) in absolute value, and of any {@code width} digits in a row at most one is not
     * zero.
     *
     * @param digits 256 of them
     * @param width 2..8
     */
    static void nonAdjacentForm(byte[] digits, long[] scalar, int width) {
        Arrays.fill(digits, (byte) 0);
        int carry = 0;
        int position = 0;
        while (position < 256) {
            int word = position >>> 6;
            int shift = position & 63;
            long bits = scalar[word] >>> shift;
            if (shift > 64 - width && word < 3) {
                bits |= scalar[word + 1] << (64 - shift);
            }
            int window = carry + ((int) bits & ((1 << width) - 1));
            if ((window & 1) == 0) {
                position++;
                continue;
            }
            if (window < 1 << (width - 1)) {
                carry = 0;
                digits[position] = (byte) window;
            } else {
                carry = 1;
                digits[position] = (byte) (window - (1 << width));
            }
            position += width;
        }
    }
}
