package io.marmalade.crypto.bandersnatch;

import java.math.BigInteger;

/**
 * The evaluation domain of the ring proofs for rings up to a size: the n-th roots of unity, and
 * what stands in which row.
 *
 * @param logSize log₂ n, 9..11
 * @param omega the generator of the domain
 * @param omegaInverse its inverse
 */
record RingDomain(int logSize, FieldElement omega, FieldElement omegaInverse) {
    /** The bits of a blinding factor, each of which has a row. */
    static final int SCALAR_BITS = 253;

    /** The rows at the end that only hide what is committed to. */
    static final int HIDING_ROWS = 3;

    private static final int MIN_LOG_SIZE = 9;
    private static final int MAX_LOG_SIZE = 11;
    private static final RingDomain[] DOMAINS = new RingDomain[MAX_LOG_SIZE + 1];

    static {
        for (int log = MIN_LOG_SIZE; log <= MAX_LOG_SIZE; log++) {
            BigInteger exponent = Fr.MODULUS.subtract(BigInteger.ONE).shiftRight(log);
            BigInteger omega = BigInteger.valueOf(7).modPow(exponent, Fr.MODULUS);
            DOMAINS[log] =
                    new RingDomain(
                            log,
                            FieldElement.of(omega),
                            FieldElement.of(omega.modInverse(Fr.MODULUS)));
        }
    }

    /** The largest ring that the setup allows for. */
    static final int MAX_RING_SIZE = (1 << MAX_LOG_SIZE) - SCALAR_BITS - HIDING_ROWS - 1;

    /**
     * Returns the domain for rings of a size.
     *
     * @throws IllegalArgumentException unless the size is in 1..{@link #MAX_RING_SIZE}
     */
    static RingDomain of(int ringSize) {
        if (ringSize < 1 || ringSize > MAX_RING_SIZE) {
            throw new IllegalArgumentException(
                    "a ring has 1 to " + MAX_RING_SIZE + " keys, not " + ringSize);
        }
        int log = MIN_LOG_SIZE;
        while ((1 << log) < ringSize + SCALAR_BITS + HIDING_ROWS + 1) {
            log++;
        }
        return DOMAINS[log];
    }

    /** Returns n, the number of rows. */
    int size() {
        return 1 << logSize;
    }

    /** Returns the number of rows for keys; those that a ring leaves hold the padding point. */
    int keyRows() {
        return size() - HIDING_ROWS - 1 - SCALAR_BITS;
    }

    /** Returns the last row that the constraints speak of: n − 4. */
    int lastRow() {
        return size() - HIDING_ROWS - 1;
    }
}
