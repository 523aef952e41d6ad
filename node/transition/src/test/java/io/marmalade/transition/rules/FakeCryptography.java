package io.marmalade.transition.rules;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.crypto.hash.Blake2b;

import java.util.Arrays;
import java.util.List;

/**
 * Signatures without secrets: an Ed25519 signature is valid if it begins with the hash of key and
 * message, a VRF signature if its output is the hash of key and context, a ring signature if it
 * ends with the ring's root. A ring's root is the hash of its keys.
 */
public final class FakeCryptography implements Cryptography {
    /** Makes a valid signature. */
    public static Ed25519Signature sign(Ed25519Key key, byte[] message) {
        return Ed25519Signature.of(
                Arrays.copyOf(Blake2b.hash(key.octets(), message).octets(), Ed25519Signature.SIZE));
    }

    /** Makes a valid VRF signature. */
    public static BandersnatchSignature sign(BandersnatchKey key, byte[] context) {
        return BandersnatchSignature.of(
                Arrays.copyOf(
                        Blake2b.hash(key.octets(), context).octets(), BandersnatchSignature.SIZE));
    }

    /** Makes a valid ring signature with an output of the caller's choice. */
    public static RingSignature proof(RingRoot root, Hash output) {
        byte[] octets = Arrays.copyOf(output.octets(), RingSignature.SIZE);
        System.arraycopy(root.octets(), 0, octets, octets.length - 32, 32);
        return RingSignature.of(octets);
    }

    @Override
    public boolean[] verifyEd25519(List<Ed25519Claim> claims) {
        boolean[] verdicts = new boolean[claims.size()];
        for (int i = 0; i < verdicts.length; i++) {
            Ed25519Claim claim = claims.get(i);
            verdicts[i] = claim.signature().equals(sign(claim.key(), claim.message()));
        }
        return verdicts;
    }

    @Override
    public Hash output(BandersnatchSignature signature) {
        return Hash.of(Arrays.copyOf(signature.octets(), Hash.SIZE));
    }

    @Override
    public Hash output(RingSignature signature) {
        return Hash.of(Arrays.copyOf(signature.octets(), Hash.SIZE));
    }

    @Override
    public boolean verifyVrf(
            BandersnatchKey key, byte[] context, byte[] message, BandersnatchSignature signature) {
        return signature.equals(sign(key, context));
    }

    @Override
    public boolean[] verifyRing(RingRoot root, int ringSize, List<RingClaim> claims) {
        boolean[] verdicts = new boolean[claims.size()];
        for (int i = 0; i < verdicts.length; i++) {
            byte[] octets = claims.get(i).signature().octets();
            verdicts[i] =
                    Arrays.equals(octets, octets.length - 32, octets.length, root.octets(), 0, 32);
        }
        return verdicts;
    }

    @Override
    public RingRoot ringRoot(List<BandersnatchKey> ring) {
        byte[] hash = Hash.ZERO.octets();
        for (BandersnatchKey key : ring) {
            hash = Blake2b.hash(hash, key.octets()).octets();
        }
        return RingRoot.of(Arrays.copyOf(hash, RingRoot.SIZE));
    }
}
