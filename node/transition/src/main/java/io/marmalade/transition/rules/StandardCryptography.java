package io.marmalade.transition.rules;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.crypto.bandersnatch.BandersnatchVrf;
import io.marmalade.crypto.bandersnatch.RingRoots;
import io.marmalade.crypto.bandersnatch.RingVerifier;
import io.marmalade.crypto.ed25519.Ed25519;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The signature schemes as the crypto module has them. What depends on a ring alone is remembered
 * there.
 */
public final class StandardCryptography implements Cryptography {
    private static final byte[] NO_MESSAGE = new byte[0];

    private final @Nullable Executor executor;
    private final @Nullable ExpectedRings rings;

    /** Makes one that works on the calling thread. */
    public StandardCryptography() {
        executor = null;
        rings = null;
    }

    /**
     * Makes one that shares a block's tickets, and a ring's keys, among threads, and prepares for
     * rings that are expected.
     *
     * @param executor lends threads; it may be the one whose threads ask for the checks
     */
    public StandardCryptography(Executor executor) {
        this.executor = executor;
        rings = new ExpectedRings(executor, ring -> RingRoots.of(ring, executor));
    }

    @Override
    public boolean[] verifyEd25519(List<Ed25519Claim> claims) {
        List<Ed25519.Check> checks = new ArrayList<>(claims.size());
        for (Ed25519Claim claim : claims) {
            checks.add(new Ed25519.Check(claim.key(), claim.message(), claim.signature()));
        }
        return Ed25519.verifyAll(checks);
    }

    @Override
    public Hash output(BandersnatchSignature signature) {
        return BandersnatchVrf.output(signature);
    }

    @Override
    public Hash output(RingSignature signature) {
        return BandersnatchVrf.output(signature);
    }

    @Override
    public boolean verifyVrf(
            BandersnatchKey key, byte[] context, byte[] message, BandersnatchSignature signature) {
        return BandersnatchVrf.verify(key, context, message, signature);
    }

    @Override
    public boolean[] verifyRing(RingRoot root, int ringSize, List<RingClaim> claims) {
        List<RingVerifier.Claim> ringClaims = new ArrayList<>(claims.size());
        for (RingClaim claim : claims) {
            ringClaims.add(new RingVerifier.Claim(claim.context(), NO_MESSAGE, claim.signature()));
        }
        RingVerifier verifier = RingVerifier.of(root, ringSize);
        List<Optional<Hash>> outputs =
                executor == null
                        ? verifier.verifyAll(ringClaims)
                        : verifier.verifyAll(ringClaims, executor);
        boolean[] verdicts = new boolean[outputs.size()];
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = outputs.get(i).isPresent();
        }
        return verdicts;
    }

    @Override
    public RingRoot ringRoot(List<BandersnatchKey> ring) {
        return rings == null ? RingRoots.of(ring) : rings.root(ring);
    }

    @Override
    public void expectRing(List<BandersnatchKey> ring) {
        if (rings != null) {
            List<BandersnatchKey> keys = List.copyOf(ring);
            rings.expect(keys, () -> RingVerifier.of(RingRoots.of(keys), keys.size()));
        }
    }
}
