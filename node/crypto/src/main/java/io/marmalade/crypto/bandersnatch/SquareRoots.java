package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import java.math.BigInteger;

/**
 * Square roots and tests for squares in {@link Fr}, after the long exponentiation has been done by a
 * {@link CurveBackend}.
 *
 * <p>q − 1 = t · 2<sup>32</sup>. With w = a<sup>(t−1)/2</sup>, the product aw² = a<sup>t</sup> lies in the group of
 * 2<sup>32</sup> elements that g generates; a is a square iff the logarithm of a<sup>t</sup> to the base g is even,
 * and then aw · g<sup>−log/2</sup> is a root. The logarithm is found octet by octet in tables.
 */
final class SquareRoots {
    private static final BigInteger ODD_PART = Fr.MODULUS.shiftRight(32);

    /** (t − 1)/2 as limbs. */
    static final long[] EXPONENT = exponent();

    private static final int OCTETS = 4;

    /** g to the power −k·2<sup>8j</sup> at element 256·j + k. */
    private static final long[] INVERSE_POWERS = new long[OCTETS * 256 * LIMBS];

    /** The logarithm to the base g<sup>2^24</sup>, by a hash of the lowest limb. */
    private static final byte[] LOGARITHMS;

    private static final int HASH_BITS = 11;
    private static final long HASH_FACTOR;

    /** The non-square that the map to the curve uses, Z = 5: its logarithm and 5<sup>(t+1)/2</sup>. */
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
        long[] power = new long[LIMBS];
        Fr.pow(power, 0, five, 0, EXPONENT);
        Fr.mul(ROOT_PART_OF_FIVE, 0, five, 0, power, 0);
        Fr.mul(power, 0, ROOT_PART_OF_FIVE, 0, power, 0);
        LOGARITHM_OF_FIVE = logarithm(power, 0);
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

    /** Returns the logarithm, an unsigned 32-bit number, of an element of the group of 2^32. */
    private static int logarithm(long[] b, int bo) {
        long[] powers = new long[OCTETS * LIMBS];
        Fr.copy(powers, 3 * LIMBS, b, bo);
        for (int j = OCTETS - 2; j >= 0; j--) {
            Fr.square(powers, j * LIMBS, powers, (j + 1) * LIMBS);
            for (int i = 1; i < 8; i++) {
                Fr.square(powers, j * LIMBS, powers, j * LIMBS);
            }
        }
        // powers[j] = b^(2^(24 − 8j)); its logarithm's top octet is octet j of b's.
        int logarithm = 0;
        long[] x = new long[LIMBS];
        for (int j = 0; j < OCTETS; j++) {
            Fr.copy(x, 0, powers, j * LIMBS);
            for (int i = 0; i < j; i++) {
                int octet = logarithm >>> (8 * i) & 0xff;
                Fr.mul(x, 0, x, 0, INVERSE_POWERS, LIMBS * (256 * (3 - j + i) + octet));
            }
            logarithm |= topOctet(x) << (8 * j);
        }
        return logarithm;
    }

    private static int topOctet(long[] x) {
        return LOGARITHMS[(int) (x[0] * HASH_FACTOR >>> (64 - HASH_BITS))] & 0xff;
    }

    /**
     * Returns whether an element is a square. Zero is not asked for.
     *
     * @param w the element to the power (t − 1)/2
     */
    static boolean isSquare(long[] a, int ao, long[] w, int wo) {
        long[] b = new long[LIMBS];
        Fr.square(b, 0, w, wo);
        Fr.mul(b, 0, b, 0, a, ao);
        for (int i = 0; i < 24; i++) {
            Fr.square(b, 0, b, 0);
        }
        return (topOctet(b) & 1) == 0;
    }

    /**
     * Finds a square root.
     *
     * @param a not zero
     * @param w a to the power (t − 1)/2
     * @return whether a is a square; if not, r is unchanged
     */
    static boolean root(long[] r, int ro, long[] a, int ao, long[] w, int wo) {
        long[] x = new long[LIMBS];
        long[] b = new long[LIMBS];
        Fr.mul(x, 0, a, ao, w, wo);
        Fr.mul(b, 0, x, 0, w, wo);
        int logarithm = logarithm(b, 0);
        if ((logarithm & 1) != 0) {
            return false;
        }
        timesInversePower(r, ro, x, logarithm >>> 1);
        return true;
    }

    /**
     * Finds a square root of a, or if there is none, of 5a.
     *
     * @param a not zero
     * @param w a to the power (t − 1)/2
     * @return whether a is a square
     */
    static boolean rootOfOneOrFiveTimes(long[] r, int ro, long[] a, int ao, long[] w, int wo) {
        long[] x = new long[LIMBS];
        long[] b = new long[LIMBS];
        Fr.mul(x, 0, a, ao, w, wo);
        Fr.mul(b, 0, x, 0, w, wo);
        int logarithm = logarithm(b, 0);
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
