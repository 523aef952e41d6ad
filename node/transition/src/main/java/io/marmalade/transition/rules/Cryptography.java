package io.marmalade.transition.rules;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import java.util.List;

/** The signature schemes that the transition uses. Pure and safe to use from several threads. */
public interface Cryptography {
    /** Returns whether an Ed25519 signature is valid, by the rules of ZIP-215. */
    boolean verifyEd25519(Ed25519Key key, byte[] message, Ed25519Signature signature);

    /** Returns the output of a VRF signature (Y); it means something only if the signature is valid. */
    Hash output(BandersnatchSignature signature);

    /** Returns the output of a ring VRF signature (Y); it means something only if the signature is valid. */
    Hash output(RingSignature signature);

    /** Returns whether a VRF signature is valid for a key, context and message. */
    boolean verify(BandersnatchKey key, byte[] context, byte[] message, BandersnatchSignature signature);

    /**
     * Returns whether a ring VRF signature is valid for a ring, a context, and the empty message.
     *
     * @param root commitment to the ring
     * @param ringSize number of keys in it
     */
    boolean verify(RingRoot root, int ringSize, byte[] context, RingSignature signature);

    /** Returns the commitment to a ring (O). */
    RingRoot ringRoot(List<BandersnatchKey> ring);
}
