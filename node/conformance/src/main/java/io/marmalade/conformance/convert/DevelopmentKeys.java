package io.marmalade.conformance.convert;

import io.marmalade.base.Bytes;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.chain.authoring.ValidatorSecrets;
import io.marmalade.crypto.ed25519.Ed25519;
import io.marmalade.crypto.hash.Blake2b;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Signs with the secrets of development validators, which the public vectors use (JIP-5). */
final class DevelopmentKeys {
    private static final int COUNT = 1023;

    private final Map<String, byte[]> seeds = new HashMap<>();

    DevelopmentKeys() {
        byte[] label = "jam_val_key_ed25519".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < COUNT; i++) {
            byte[] seed = Blake2b.hash(label, ValidatorSecrets.trivialSeed(i)).toArray();
            seeds.put(Ed25519.publicKey(seed).toString(), seed);
        }
    }

    /**
     * Signs as the owner of a key.
     *
     * @param key in hexadecimal, as JSON has it
     * @param context what the message begins with
     * @param hash what it ends with
     * @return the signature in hexadecimal
     * @throws IllegalArgumentException if it is no development validator's key
     */
    String sign(String key, String context, Hash hash) {
        byte[] seed = seeds.get(key);
        if (seed == null) {
            throw new IllegalArgumentException(key + " is no development validator's key");
        }
        return Ed25519.sign(seed, message(context, hash)).toString();
    }

    /** Returns whether a signature is that of the owner of a key. */
    static boolean isSigned(String key, String context, Hash hash, String signature) {
        return Ed25519.verify(
                Ed25519Key.of(Bytes.parse(key).toArray()),
                message(context, hash),
                Ed25519Signature.of(Bytes.parse(signature).toArray()));
    }

    private static byte[] message(String context, Hash hash) {
        byte[] begin = context.getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(begin, begin.length + Hash.SIZE);
        System.arraycopy(hash.octets(), 0, message, begin.length, Hash.SIZE);
        return message;
    }
}
