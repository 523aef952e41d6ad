package io.marmalade.crypto.ed25519;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.crypto.backend.Tiered;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Ed25519: verification by the rules of ZIP-215, signing by a library. All methods may be called
 * from any thread.
 *
 * <p>ZIP-215 is what RFC 8032 leaves open, decided: key and nonce may be any encoding of a point of
 * the curve, with the ordinate p or more and with the sign of a zero abscissa set; the response is
 * below L; the challenge hashes the octets as they came; and the equation is checked after
 * multiplication by the cofactor 8. So one check by one and one of many together must agree, which
 * a network needs.
 *
 * @gp sec:notation
 */
public final class Ed25519 {
    /** The octets of a seed. */
    public static final int SEED_SIZE = 32;

    private static final ThreadLocal<Verifier> VERIFIER = ThreadLocal.withInitial(Verifier::new);

    /**
     * Signatures that are checked plainly before vectors are warmed up: those of some dozen blocks.
     */
    private static final long THRESHOLD = 2_000;

    private static final BatchVerifier PLAIN = new PlainBatchVerifier();

    private static final Tiered<BatchVerifier> BATCH =
            new Tiered<>(
                    "ed25519", PLAIN, () -> new VectorBatchVerifier(), new Sample(), THRESHOLD);

    private Ed25519() {}

    /**
     * A signature that shall be checked.
     *
     * @param key the key
     * @param message the message; it must not change until the check is done
     * @param signature the signature
     */
    public record Check(Ed25519Key key, byte[] message, Ed25519Signature signature) {}

    /** Returns whether a signature of a message is valid under a key. */
    public static boolean verify(Ed25519Key key, byte[] message, Ed25519Signature signature) {
        return VERIFIER.get().verify(key.octets(), message, signature.octets());
    }

    /**
     * Checks many signatures, which takes less time than checking each by itself.
     *
     * @return for each its verdict, the same that {@link #verify} gives
     */
    public static boolean[] verifyAll(List<Check> checks) {
        return checks.size() < 3
                ? PLAIN.verify(checks)
                : BATCH.forWork(checks.size()).verify(checks);
    }

    /** Returns whether all of many signatures are valid. */
    public static boolean allValid(List<Check> checks) {
        for (boolean verdict : verifyAll(checks)) {
            if (!verdict) {
                return false;
            }
        }
        return true;
    }

    /**
     * Signs a message.
     *
     * @param seed the 32 octets of the secret key (RFC 8032)
     * @throws IllegalArgumentException if the seed has another size
     */
    public static Ed25519Signature sign(byte[] seed, byte[] message) {
        requireSeed(seed);
        byte[] signature = new byte[Ed25519Signature.SIZE];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                seed, 0, message, 0, message.length, signature, 0);
        return Ed25519Signature.of(signature);
    }

    /**
     * Returns the public key of a secret key.
     *
     * @param seed the 32 octets of the secret key (RFC 8032)
     * @throws IllegalArgumentException if the seed has another size
     */
    public static Ed25519Key publicKey(byte[] seed) {
        requireSeed(seed);
        byte[] key = new byte[Ed25519Key.SIZE];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, key, 0);
        return Ed25519Key.of(key);
    }

    private static void requireSeed(byte[] seed) {
        if (seed.length != SEED_SIZE) {
            throw new IllegalArgumentException("A seed has 32 octets, not " + seed.length);
        }
    }

    /** Eight valid signatures. */
    private static final class Sample implements Tiered.Trial<BatchVerifier> {
        private final List<Check> checks =
                IntStream.range(0, 8)
                        .mapToObj(i -> {
                            byte[] seed = new byte[SEED_SIZE];
                            seed[0] = (byte) i;
                            return new Check(publicKey(seed), seed, sign(seed, seed));
                        })
                        .toList();

        @Override
        public void run(BatchVerifier implementation) {
            boolean[] verdicts = implementation.verify(checks);
            for (boolean verdict : verdicts) {
                if (!verdict) {
                    throw new IllegalStateException("A valid signature was refused");
                }
            }
        }
    }
}
