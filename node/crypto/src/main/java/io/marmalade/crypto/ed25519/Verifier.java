package io.marmalade.crypto.ed25519;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The check of one signature by ZIP-215, and all the arrays it needs; one for each thread.
 *
 * <p>The equation is 8·(s·B − k·A − R) = 0. Both scalars are taken in non-adjacent form, so that
 * one chain of doublings serves both.
 */
final class Verifier {
    private static final int KEY_WIDTH = 5;
    private static final int BASE_WIDTH = 8;

    /** The odd multiples of the base point, affine: y + x, y − x, 2dxy. */
    private static final long[][][] BASE = BasePoint.oddMultiples(1 << (BASE_WIDTH - 2));

    private final Point25519.Scratch scratch = new Point25519.Scratch();
    private final Point25519 key = new Point25519();
    private final Point25519 nonce = new Point25519();
    private final Point25519 sum = new Point25519();
    private final Point25519.Cached twice = new Point25519.Cached();
    private final Point25519.Cached[] multiples = new Point25519.Cached[1 << (KEY_WIDTH - 2)];
    private final byte[] keyDigits = new byte[256];
    private final byte[] baseDigits = new byte[256];
    private final long[] challenge = new long[4];
    private final long[] response = new long[4];
    private final long[] wide = Scalar25519.scratch();
    private final byte[] digest = new byte[64];
    private final MessageDigest sha512;

    Verifier() {
        for (int i = 0; i < multiples.length; i++) {
            multiples[i] = new Point25519.Cached();
        }
        try {
            sha512 = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK lacks SHA-512", e);
        }
    }

    /**
     * Sets {@code out} to the challenge of a signature: SHA-512 of R, key and message, modulo L.
     */
    void challenge(long[] out, byte[] keyOctets, byte[] message, byte[] signature) {
        sha512.update(signature, 0, 32);
        sha512.update(keyOctets);
        sha512.update(message);
        try {
            sha512.digest(digest, 0, 64);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-512 does not fit 64 octets", e);
        }
        Scalar25519.reduce(out, digest, wide);
    }

    boolean verify(byte[] keyOctets, byte[] message, byte[] signature) {
        if (!Scalar25519.loadCanonical(response, signature, 32)
                || !key.decode(keyOctets, 0, scratch)
                || !nonce.decode(signature, 0, scratch)) {
            return false;
        }
        challenge(challenge, keyOctets, message, signature);
        key.negateSelf();
        tabulate();
        Scalar25519.nonAdjacentForm(keyDigits, challenge, KEY_WIDTH);
        Scalar25519.nonAdjacentForm(baseDigits, response, BASE_WIDTH);
        int i = 255;
        while (i > 0 && keyDigits[i] == 0 && baseDigits[i] == 0) {
            i--;
        }
        sum.setIdentity();
        for (; i >= 0; i--) {
            int keyDigit = keyDigits[i];
            int baseDigit = baseDigits[i];
            if (keyDigit == 0 && baseDigit == 0) {
                sum.doubleProjective(scratch);
                continue;
            }
            sum.doubleSelf(scratch);
            if (keyDigit != 0) {
                sum.addCached(
                        multiples[Math.abs(keyDigit) >> 1],
                        keyDigit < 0,
                        baseDigit == 0 && i > 0,
                        scratch);
            }
            if (baseDigit != 0) {
                long[][] multiple = BASE[Math.abs(baseDigit) >> 1];
                sum.addPrecomputed(
                        multiple[0], multiple[1], multiple[2], baseDigit < 0, i > 0, scratch);
            }
        }
        if (keyDigits[0] == 0 && baseDigits[0] == 0) {
            // The last step left no T, which the next addition needs: (XZ : YZ : Z² : XY) is the
            // same point.
            Field25519.mul(sum.t, sum.x, sum.y);
            Field25519.mul(sum.x, sum.x, sum.z);
            Field25519.mul(sum.y, sum.y, sum.z);
            Field25519.square(sum.z, sum.z);
        }
        nonce.cache(twice);
        sum.addCached(twice, true, true, scratch);
        sum.doubleProjective(scratch);
        sum.doubleProjective(scratch);
        sum.doubleProjective(scratch);
        return sum.isIdentity(scratch);
    }

    private void tabulate() {
        key.cache(multiples[0]);
        sum.assign(key);
        sum.doubleSelf(scratch);
        sum.cache(twice);
        for (int i = 1; i < multiples.length; i++) {
            key.addCached(twice, false, false, scratch);
            key.cache(multiples[i]);
        }
    }
}
