package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import java.math.BigInteger;

/**
 * Square roots and tests for squares in {@link Fr}, after the long exponentiation has been done by
 * a {@link CurveBackend}.
 *
 * <p>q − 1 = t · 2<sup>32</sup>. With w = a<sup>(t−1)/2</sup>, the product aw² = a<sup>t</sup> lies
 * in the group of 2<sup>32</sup> elements that g generates; a is a square iff the logarithm of
 * a<sup>t</sup> to the base g is even, and then aw · g<sup>−log/2</sup> is a root. The logarithm is
 * found octet by octet in tables.
 */
final class SquareRoots {
    private static final BigInteger ODD_PART = Fr.MODULUS.shiftRight(32);

    /** (t − 1)/2 as limbs. */
    static final long[] EXPONENT = exponent();

    private static final int OCTETS = 4;

    /**
     * What a backend computes for an element: w, and b to the powers 1, 2<sup>8</sup>,
     * 2<sup>16</sup>, 2<sup>24</sup>.
     */
    static final int POWERS = 1 + OCTETS;

    /**
     * How to raise to {@link #EXPONENT} with windows of five bits: the first odd power to begin
     * with, then zero for a square and an odd number for a product with that power.
     */
    static final byte[] STEPS = steps(ODD_PART.shiftRight(1));

    /** g to the power −k·2<sup>8j</sup> at element 256·j + k. */
    private static final long[] INVERSE_POWERS = new long[OCTETS * 256 * LIMBS];

    /** The logarithm to the base g<sup>2^24</sup>, by a hash of the lowest limb. */
    private static final byte[] LOGARITHMS;

    private static final int HASH_BITS = 11;
    private static final long HASH_FACTOR;

    /**
     * The non-square that the map to the curve uses, Z = 5: its logarithm and 5<sup>(t+1)/2</sup>.
     */
    private static final int LOGARITHM_OF_FIVE;

    private static final long[] ROOT_PART_OF_FIVE = new long[LIMBS];

    static {
        long[] g = Fr.of(BigInteger.valueOf(7).modPow(ODD_PART, Fr.MODULUS));
        long[] step = new long[LIMBS];
        Fr.invert(step, 0, g, 0);
        for (int j = 0; j < OCTETS; j++) {
            Fr.copy(INVERSE_POWERS, 256 * LIMBS * j, Fr.ONE, 0);
            for (int k = 1; k < 256; k++) {
                int at = LIMBS * (256 * j + k);
                Fr.mul(INVERSE_POWERS, at, INVERSE_POWERS, at - LIMBS, step, 0);
            }
            for (int i = 0; i < 8; i++) {
                Fr.square(step, 0, step, 0);
            }
        }
        // The inverse of g^(−k·2^24) is g^(−(256−k)·2^24): one table serves both directions.
        byte[] logarithms = new byte[1 << HASH_BITS];
        long factor = 0x9e3779b97f4a7c15L;
        boolean collision;
        do {
            factor += 2;
            boolean[] taken = new boolean[1 << HASH_BITS];
            collision = false;
            for (int k = 0; k < 256 && !collision; k++) {
                long limb = INVERSE_POWERS[LIMBS * (256 * 3 + k)];
                int slot = (int) (limb * factor >>> (64 - HASH_BITS));
                collision = taken[slot];
                taken[slot] = true;
                logarithms[slot] = (byte) (256 - k);
            }
        } while (collision);
        LOGARITHMS = logarithms;
        HASH_FACTOR = factor;

        long[] five = Fr.of(BigInteger.valueOf(5));
        long[] powers = new long[POWERS * LIMBS];
        PlainBackend.INSTANCE.rootPowers(five, 1, powers);
        Fr.mul(ROOT_PART_OF_FIVE, 0, five, 0, powers, 0);
        LOGARITHM_OF_FIVE = logarithm(powers, LIMBS);
    }

    private SquareRoots() {}

    private static long[] exponent() {
        BigInteger half = ODD_PART.shiftRight(1);
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = half.shiftRight(64 * i).longValue();
        }
        return limbs;
    }

    /** Returns how to raise to a power, as {@link #STEPS} says it. */
    static byte[] steps(BigInteger exponent) {
        byte[] steps = new byte[exponent.bitLength() * 2];
        int count = 0;
        int i = exponent.bitLength() - 1;
        while (i >= 0) {
            if (!exponent.testBit(i)) {
                steps[count++] = 0;
                i--;
                continue;
            }
            int low = Math.max(0, i - 4);
            while (!exponent.testBit(low)) {
                low++;
            }
            int digit = 0;
            for (int j = i; j >= low; j--) {
                digit = 2 * digit + (exponent.testBit(j) ? 1 : 0);
                if (count > 0) {
                    steps[count++] = 0;
                }
            }
            steps[count++] = (byte) digit;
            i = low - 1;
        }
        return java.util.Arrays.copyOf(steps, count);
    }

    /**
     * Returns the logarithm, an unsigned 32-bit number, of an element b of the group of 2^32.
     *
     * @param powers b, b<sup>2^8</sup>, b<sup>2^16</sup> and b<sup>2^24</sup>
     */
    private static int logarithm(long[] powers, int po) {
        // The top octet of the logarithm of b^(2^(24 − 8j)) is octet j of b's.
        int logarithm = 0;
        long[] x = new long[LIMBS];
        for (int j = 0; j < OCTETS; j++) {
            Fr.copy(x, 0, powers, po + (OCTETS - 1 - j) * LIMBS);
            for (int i = 0; i < j; i++) {
                int octet = logarithm >>> (8 * i) & 0xff;
                Fr.mul(x, 0, x, 0, INVERSE_POWERS, LIMBS * (256 * (3 - j + i) + octet));
            }
            logarithm |= topOctet(x, 0) << (8 * j);
        }
        return logarithm;
    }

    private static int topOctet(long[] x, int at) {
        return LOGARITHMS[(int) (x[at] * HASH_FACTOR >>> (64 - HASH_BITS))] & 0xff;
    }

    /**
     * Returns whether an element is a square. Zero is not asked for.
     *
     * @param powers what {@link CurveBackend#rootPowers} gave for the element
     */
    static boolean isSquare(long[] powers, int po) {
        return (topOctet(powers, po + OCTETS * LIMBS) & 1) == 0;
    }

    /**
     * Finds a square root.
     *
     * @param a not zero
     * @param powers what {@link CurveBackend#rootPowers} gave for a
     * @return whether a is a square; if not, r is unchanged
     */
    static boolean root(long[] r, int ro, long[] a, int ao, long[] powers, int po) {
        if (!isSquare(powers, po)) {
            return false;
        }
        long[] x = new long[LIMBS];
        Fr.mul(x, 0, a, ao, powers, po);
        timesInversePower(r, ro, x, logarithm(powers, po + LIMBS) >>> 1);
        return true;
    }

    /**
     * Finds a square root of a, or if there is none, of 5a.
     *
     * @param a not zero
     * @param powers what {@link CurveBackend#rootPowers} gave for a
     * @return whether a is a square
     */
    static boolean rootOfOneOrFiveTimes(long[] r, int ro, long[] a, int ao, long[] powers, int po) {
        long[] x = new long[LIMBS];
        Fr.mul(x, 0, a, ao, powers, po);
        int logarithm = logarithm(powers, po + LIMBS);
        boolean square = (logarithm & 1) == 0;
        if (!square) {
            Fr.mul(x, 0, x, 0, ROOT_PART_OF_FIVE, 0);
            logarithm += LOGARITHM_OF_FIVE;
        }
        timesInversePower(r, ro, x, logarithm >>> 1);
        return square;
    }

    private static void timesInversePower(long[] r, int ro, long[] x, int exponent) {
        for (int j = 0; j < OCTETS; j++) {
            int octet = exponent >>> (8 * j) & 0xff;
            if (octet != 0) {
                Fr.mul(x, 0, x, 0, INVERSE_POWERS, LIMBS * (256 * j + octet));
            }
        }
        Fr.copy(r, ro, x, 0);
    }
}
