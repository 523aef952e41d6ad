package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import java.math.BigInteger;

/**
 * Fourier transforms over {@link Fr} of one size, between coefficients and values at roots of
 * unity.
 */
final class Fourier {
    private static final Fourier[] TRANSFORMS = new Fourier[16];

    private final int logSize;

    /** The powers of the root, half of them; and those of its inverse. */
    private final long[] forward;

    private final long[] backward;
    private final long[] inverseSize = new long[LIMBS];

    private Fourier(int logSize) {
        this.logSize = logSize;
        BigInteger root =
                BigInteger.valueOf(7)
                        .modPow(
                                Fr.MODULUS.subtract(BigInteger.ONE).shiftRight(logSize),
                                Fr.MODULUS);
        forward = powers(Fr.of(root), 1 << logSize >> 1);
        backward = powers(Fr.of(root.modInverse(Fr.MODULUS)), 1 << logSize >> 1);
        Fr.copy(inverseSize, 0, Fr.of(BigInteger.ONE.shiftLeft(logSize).modInverse(Fr.MODULUS)), 0);
    }

    /**
     * Returns the transforms of a size.
     *
     * @param logSize its logarithm to the base 2, 1..15
     */
    static Fourier of(int logSize) {
        synchronized (TRANSFORMS) {
            Fourier fourier = TRANSFORMS[logSize];
            if (fourier == null) {
                fourier = new Fourier(logSize);
                TRANSFORMS[logSize] = fourier;
            }
            return fourier;
        }
    }

    private static long[] powers(long[] root, int count) {
        long[] powers = new long[LIMBS * count];
        Fr.copy(powers, 0, Fr.ONE, 0);
        for (int i = 1; i < count; i++) {
            Fr.mul(powers, LIMBS * i, powers, LIMBS * (i - 1), root, 0);
        }
        return powers;
    }

    /** Returns the generator of the roots of unity. */
    long[] root() {
        return java.util.Arrays.copyOfRange(forward, LIMBS, 2 * LIMBS);
    }

    /** Replaces coefficients by values. */
    void toValues(long[] a) {
        transform(a, forward);
    }

    /** Replaces values by coefficients. */
    void toCoefficients(long[] a) {
        transform(a, backward);
        for (int i = 0; i < a.length; i += LIMBS) {
            Fr.mul(a, i, a, i, inverseSize, 0);
        }
    }

    private void transform(long[] a, long[] twiddles) {
        int n = 1 << logSize;
        for (int i = 0; i < n; i++) {
            int j = Integer.reverse(i) >>> (32 - logSize);
            if (i < j) {
                swap(a, LIMBS * i, LIMBS * j);
            }
        }
        long[] t = new long[LIMBS];
        for (int half = 1; half < n; half *= 2) {
            int stride = LIMBS * (n / (2 * half));
            for (int start = 0; start < n; start += 2 * half) {
                for (int i = 0; i < half; i++) {
                    int low = LIMBS * (start + i);
                    int high = low + LIMBS * half;
                    Fr.mul(t, 0, a, high, twiddles, stride * i);
                    Fr.sub(a, high, a, low, t, 0);
                    Fr.add(a, low, a, low, t, 0);
                }
            }
        }
    }

    private static void swap(long[] a, int i, int j) {
        for (int k = 0; k < LIMBS; k++) {
            long x = a[i + k];
            a[i + k] = a[j + k];
            a[j + k] = x;
        }
    }
}
