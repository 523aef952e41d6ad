package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.Hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The hashes of the suite Bandersnatch_SHA-512_ELL2. */
final class Suite {
    static final byte[] NAME = "Bandersnatch_SHA-512_ELL2".getBytes(StandardCharsets.US_ASCII);

    private static final byte CHALLENGE = 2;
    private static final byte OUTPUT = 3;

    private Suite() {}

    static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-512", e);
        }
    }

    /**
     * Returns the challenge, reduced.
     *
     * @param points encodings, one after the other
     */
    static long[] challenge(byte[] points, byte[] message) {
        MessageDigest hash = sha512();
        hash.update(NAME);
        hash.update(CHALLENGE);
        hash.update(points);
        hash.update(message);
        hash.update((byte) 0);
        return Scalar.decodeReducedBigEndian(hash.digest(), 0);
    }

    /**
     * Returns the output of a VRF.
     *
     * @param point the encoding of the output point, as encoded anew
     */
    static Hash output(byte[] point) {
        MessageDigest hash = sha512();
        hash.update(NAME);
        hash.update(OUTPUT);
        hash.update(point, 0, 32);
        hash.update((byte) 0);
        return Hash.of(Arrays.copyOf(hash.digest(), 32));
    }
}
