package io.marmalade.crypto.bandersnatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Where a signature's secret nonces come from.
 *
 * <p>The nonce of the suite depends on the key and the input alone. Two signatures of one key on
 * one input with different messages, as any two fallback seals of an epoch are, would then share
 * it, and reveal the key. Ours therefore binds the message as well, and fresh randomness against
 * faults.
 */
interface Nonces {
    /** Nonces bound to key, input, message and randomness. */
    Nonces HEDGED = hedged(new SecureRandom());

    /**
     * Returns a nonce.
     *
     * @param scalar the secret that the nonce is to hide
     * @param input the encoding of the input point
     * @param message what the signature binds
     * @return below the order; the caller wipes it
     */
    long[] nonce(long[] scalar, byte[] input, byte[] message);

    /**
     * Returns a blinding factor for a key.
     *
     * @param scalar the secret key
     * @param input the encoding of the input point
     * @param message what the signature binds
     * @return below the order; the caller wipes it
     */
    long[] blinding(long[] scalar, byte[] input, byte[] message);

    /** Returns a value for a row of a ring proof that hides the others. */
    FieldElement hiding();

    /** Returns hedged nonces with this source of randomness. */
    static Nonces hedged(SecureRandom random) {
        return new Nonces() {
            @Override
            public long[] nonce(long[] scalar, byte[] input, byte[] message) {
                return derive("marmalade nonce", scalar, input, message);
            }

            @Override
            public long[] blinding(long[] scalar, byte[] input, byte[] message) {
                return derive("marmalade blinding", scalar, input, message);
            }

            @Override
            public FieldElement hiding() {
                byte[] fresh = new byte[48];
                random.nextBytes(fresh);
                FieldElement element = FieldElement.reduced(fresh);
                Arrays.fill(fresh, (byte) 0);
                return element;
            }

            private long[] derive(String label, long[] scalar, byte[] input, byte[] message) {
                byte[] fresh = new byte[32];
                random.nextBytes(fresh);
                byte[] secret = encode(scalar);
                MessageDigest sha512 = Suite.sha512();
                sha512.update(label.getBytes(StandardCharsets.US_ASCII));
                sha512.update(secret);
                sha512.update(fresh);
                sha512.update(input);
                sha512.update(message);
                byte[] hash = sha512.digest();
                long[] nonce = ConstantTime.reduceScalar(hash);
                Arrays.fill(secret, (byte) 0);
                Arrays.fill(fresh, (byte) 0);
                Arrays.fill(hash, (byte) 0);
                return nonce;
            }
        };
    }

    /** Returns the 32 little-endian octets of a scalar. */
    static byte[] encode(long[] scalar) {
        byte[] octets = new byte[32];
        for (int i = 0; i < Scalar.LIMBS; i++) {
            Octets.putLong(octets, 8 * i, scalar[i]);
        }
        return octets;
    }
}
