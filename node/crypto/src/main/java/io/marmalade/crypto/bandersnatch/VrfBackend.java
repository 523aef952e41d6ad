package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;

import java.util.List;
import java.util.Optional;

/**
 * One of the implementations of field and curve that this machine can run, to be tried by itself.
 * All give the same results; whoever only wants those leaves the choice to the other classes of
 * this package.
 */
public final class VrfBackend {
    private final CurveBackend backend;

    private VrfBackend(CurveBackend backend) {
        this.backend = backend;
    }

    /** Returns all that this machine can run, the slowest first. */
    public static List<VrfBackend> all() {
        return Backends.all().stream().map(VrfBackend::new).toList();
    }

    /** Returns the name: {@code plain}, {@code blst} or {@code vector}. */
    public String name() {
        return backend.name();
    }

    /** Returns the output of a signature, if it is valid, as {@link BandersnatchVrf} does. */
    public Optional<Hash> verify(
            BandersnatchKey key, byte[] context, byte[] message, BandersnatchSignature signature) {
        return BandersnatchVrf.verify(backend, key, context, message, signature);
    }

    /**
     * Returns the output of the Pedersen signature that a ring signature begins with, if it is
     * valid; the ring proof behind it is not looked at.
     */
    public Optional<Hash> verifyPedersen(RingVerifier.Claim claim) {
        return Optional.ofNullable(PedersenProof.verifyAll(backend, List.of(claim)).getFirst())
                .map(PedersenProof::output);
    }

    /**
     * Returns the output of a ring signature, if it is valid, as {@link RingVerifier} does.
     *
     * @param ringSize the number of keys in the ring, 1..1791, padding not counted
     * @throws IllegalArgumentException if the size is not that
     * @throws io.marmalade.crypto.bls.BlstUnavailableException without blst
     */
    public Optional<Hash> verifyRing(RingRoot root, int ringSize, RingVerifier.Claim claim) {
        return RingVerifier.of(root, ringSize)
                .verifyAll(backend, new Workers(null), List.of(claim))
                .getFirst();
    }

    /**
     * Returns the root of a ring, as {@link RingRoots} does, computed anew.
     *
     * @param keys 1..1791 of them
     * @throws IllegalArgumentException if there are none or too many
     * @throws io.marmalade.crypto.bls.BlstUnavailableException without blst
     */
    public RingRoot ringRoot(List<BandersnatchKey> keys) {
        return RingRoots.compute(backend, new Workers(null), List.copyOf(keys));
    }
}
