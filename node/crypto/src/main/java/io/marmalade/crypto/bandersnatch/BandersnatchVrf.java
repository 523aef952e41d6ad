package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Hash;
import io.marmalade.base.RingSignature;

import java.util.Arrays;
import java.util.Optional;

/**
 * Singly-contextualized Bandersnatch signatures: the IETF VRF. They seal blocks, give entropy and
 * select audits.
 *
 * <p>The paper's signature by key k with context c and message m is {@code verify(k, c, m, …)}
 * here: the context determines the output, and the message is only bound.
 *
 * @gp sec:bandersnatch
 */
public final class BandersnatchVrf {
    private BandersnatchVrf() {}

    /**
     * Returns whether a signature is valid.
     *
     * @param key any octets; a key that is no point of the group has no valid signature
     * @param context any octets
     * @param message any octets
     */
    public static boolean verify(
            BandersnatchKey key, byte[] context, byte[] message, BandersnatchSignature signature) {
        return verify(Backends.current(), key, context, message, signature).isPresent();
    }

    /**
     * Returns the output of a signature if it is valid.
     *
     * @param key any octets; a key that is no point of the group has no valid signature
     * @param context any octets
     * @param message any octets
     */
    public static Optional<Hash> verifyAndOutput(
            BandersnatchKey key, byte[] context, byte[] message, BandersnatchSignature signature) {
        return verify(Backends.current(), key, context, message, signature);
    }

    static Optional<Hash> verify(
            CurveBackend backend,
            BandersnatchKey key,
            byte[] context,
            byte[] message,
            BandersnatchSignature signature) {
        byte[] octets = signature.octets();
        long[] s = new long[Scalar.LIMBS];
        if (!Scalar.decode(s, octets, 64)) {
            return Optional.empty();
        }
        long[] c = Scalar.decodeReduced(octets, 32);
        PointBatch batch = new PointBatch(4);
        int key0 = batch.addEncoding(key.octets(), 0);
        int output0 = batch.addEncoding(octets, 0);
        int input0 = batch.addMessage(context);
        batch.solve(backend);
        if (!batch.isValid(key0) || !batch.isValid(output0)) {
            return Optional.empty();
        }
        long[] y = batch.point(key0);
        long[] o = batch.point(output0);
        long[] i = batch.point(input0);
        long[] u = new long[Point.LENGTH];
        long[] v = new long[Point.LENGTH];
        backend.twoSums(s, Scalar.negate(c), Point.GENERATOR, y, i, o, u, v);
        Point.normalize(backend, i, u, v);
        byte[] encodings = encode(y, i, o, u, v);
        if (!Arrays.equals(c, Suite.challenge(encodings, message))) {
            return Optional.empty();
        }
        return Optional.of(Suite.output(Arrays.copyOfRange(encodings, 64, 96)));
    }

    static byte[] encode(long[]... points) {
        byte[] octets = new byte[32 * points.length];
        for (int i = 0; i < points.length; i++) {
            Point.encode(octets, 32 * i, points[i]);
        }
        return octets;
    }

    /**
     * Returns the output of a signature, which is meaningful only if the signature is valid.
     *
     * @return the first 32 octets of the output hash; of an output point that is none, the hash of
     *     its octets as they stand
     */
    public static Hash output(BandersnatchSignature signature) {
        return output(signature.octets());
    }

    /**
     * Returns the output of a ring signature, the ticket's identifier, which is meaningful only if
     * the signature is valid.
     *
     * @return the first 32 octets of the output hash; of an output point that is none, the hash of
     *     its octets as they stand
     */
    public static Hash output(RingSignature signature) {
        return output(signature.octets());
    }

    /** A point's encoding is unique, except that the sign of x = 0 may be set. */
    private static Hash output(byte[] octets) {
        byte[] point = Arrays.copyOf(octets, 32);
        long[] y = new long[Fr.LIMBS];
        if (Fr.decode(y, 0, point, 0, true) && Fr.equal(y, 0, Fr.ONE, 0)) {
            point[31] &= 0x7f;
        }
        return Suite.output(point);
    }

    /**
     * Signs. The nonce binds the message and fresh randomness, so that signatures differ from call
     * to call; their output does not.
     *
     * @param context any octets
     * @param message any octets
     */
    public static BandersnatchSignature sign(SecretKey key, byte[] context, byte[] message) {
        return sign(key, context, message, Nonces.HEDGED);
    }

    static BandersnatchSignature sign(
            SecretKey key, byte[] context, byte[] message, Nonces nonces) {
        long[] input = input(context);
        byte[] inputOctets = encode(input);
        long[] nonce = nonces.nonce(key.scalar(), inputOctets, message);
        long[] o = ConstantTime.multiply(key.scalar(), input);
        long[] u = ConstantTime.multiply(nonce, Point.GENERATOR);
        long[] v = ConstantTime.multiply(nonce, input);
        byte[] encodings = encode(key.point(), input, o, u, v);
        long[] c = Suite.challenge(encodings, message);
        long[] s = ConstantTime.multiplyAdd(nonce, c, key.scalar());
        Arrays.fill(nonce, 0);
        byte[] octets = new byte[BandersnatchSignature.SIZE];
        System.arraycopy(encodings, 64, octets, 0, 32);
        System.arraycopy(Nonces.encode(c), 0, octets, 32, 32);
        System.arraycopy(Nonces.encode(s), 0, octets, 64, 32);
        return BandersnatchSignature.of(octets);
    }

    /**
     * Returns the output that this key's signatures with this context have.
     *
     * @param context any octets
     */
    public static Hash output(SecretKey key, byte[] context) {
        return Suite.output(encode(ConstantTime.multiply(key.scalar(), input(context))));
    }

    /** Returns a context's point with Z = 1. */
    static long[] input(byte[] context) {
        CurveBackend backend = Backends.current();
        PointBatch batch = new PointBatch(2);
        int index = batch.addMessage(context);
        batch.solve(backend);
        long[] input = batch.point(index);
        Point.normalize(backend, input);
        return input;
    }
}
