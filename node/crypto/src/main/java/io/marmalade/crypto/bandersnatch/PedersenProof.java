package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.Hash;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The Pedersen VRF signature that a ring signature begins with, once it has been verified: 32
 * octets each of the output, the commitment Ȳ to the key, R, O_k, s and s_b.
 *
 * @param commitment Ȳ, with Z = 1
 * @param output the VRF's output
 */
record PedersenProof(long[] commitment, Hash output) {
    /** The number of octets. */
    static final int SIZE = 192;

    /** Verifies the first octets of ring signatures; gives null for each that is not valid. */
    static List<@Nullable PedersenProof> verifyAll(
            CurveBackend backend, List<RingVerifier.Claim> claims) {
        int entries = 6;
        PointBatch batch = new PointBatch(entries * claims.size());
        for (RingVerifier.Claim claim : claims) {
            byte[] octets = claim.signature().octets();
            for (int i = 0; i < 4; i++) {
                batch.addEncoding(octets, 32 * i);
            }
            batch.addMessage(claim.context());
        }
        batch.solve(backend);
        List<long[]> inputs = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            inputs.add(batch.point(entries * i + 4));
        }
        Point.normalize(backend, inputs.toArray(new long[0][]));
        List<@Nullable PedersenProof> proofs = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            proofs.add(verify(backend, batch, entries * i, claims.get(i)));
        }
        return proofs;
    }

    private static @Nullable PedersenProof verify(
            CurveBackend backend, PointBatch batch, int first, RingVerifier.Claim claim) {
        for (int i = 0; i < 4; i++) {
            if (!batch.isValid(first + i)) {
                return null;
            }
        }
        byte[] octets = claim.signature().octets();
        long[] s = new long[Scalar.LIMBS];
        long[] sb = new long[Scalar.LIMBS];
        if (!Scalar.decode(s, octets, 128) || !Scalar.decode(sb, octets, 160)) {
            return null;
        }
        long[] output = batch.point(first);
        long[] commitment = batch.point(first + 1);
        long[] r = batch.point(first + 2);
        long[] ok = batch.point(first + 3);
        long[] input = batch.point(first + 4);
        byte[] encodings = BandersnatchVrf.encode(commitment, input, output, r, ok);
        long[] c = Suite.challenge(encodings, claim.message());
        // O_k = s·I − c·O and R = s·G − c·Ȳ + s_b·B
        long[] left = new long[Point.LENGTH];
        long[] right = new long[Point.LENGTH];
        long[] minusC = Scalar.negate(c);
        backend.twoSumsBlinded(
                s, minusC, sb, input, output, Point.GENERATOR, commitment, left, right);
        if (!Point.equal(left, ok) || !Point.equal(right, r)) {
            return null;
        }
        byte[] encoded = new byte[32];
        System.arraycopy(encodings, 64, encoded, 0, 32);
        return new PedersenProof(commitment, Suite.output(encoded));
    }
}
