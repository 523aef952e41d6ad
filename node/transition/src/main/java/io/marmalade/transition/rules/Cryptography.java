package io.marmalade.transition.rules;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;

import java.util.List;

/** The signature schemes that the transition uses. Pure, and safe to use from several threads. */
public interface Cryptography {
    /**
     * An Ed25519 signature and what it is to sign.
     *
     * @param key the signer's
     * @param message not to be changed
     * @param signature the signature
     */
    record Ed25519Claim(Ed25519Key key, byte[] message, Ed25519Signature signature) {}

    /**
     * A ring signature and what it is to sign; the message is empty.
     *
     * @param context not to be changed
     * @param signature the signature
     */
    record RingClaim(byte[] context, RingSignature signature) {}

    /** Returns for each Ed25519 signature whether it is valid, by the rules of ZIP-215. */
    boolean[] verifyEd25519(List<Ed25519Claim> claims);

    /**
     * Returns the output of a VRF signature (Y); it means something only if the signature is valid.
     */
    Hash output(BandersnatchSignature signature);

    /**
     * Returns the output of a ring VRF signature (Y); it means something only if the signature is
     * valid.
     */
    Hash output(RingSignature signature);

    /** Returns whether a VRF signature is valid for a key, context and message. */
    boolean verifyVrf(
            BandersnatchKey key, byte[] context, byte[] message, BandersnatchSignature signature);

    /**
     * Returns for each ring VRF signature whether it is valid.
     *
     * @param root commitment to the ring
     * @param ringSize number of keys in it
     */
    boolean[] verifyRing(RingRoot root, int ringSize, List<RingClaim> claims);

    /** Returns the commitment to a ring (O). */
    RingRoot ringRoot(List<BandersnatchKey> ring);

    /**
     * Tells that the commitment to a ring will be asked for, and proofs for it will come, so that
     * both may be prepared in the background. This changes no result, and by default does nothing.
     *
     * @param ring the keys, at least one
     */
    default void expectRing(List<BandersnatchKey> ring) {}
}
