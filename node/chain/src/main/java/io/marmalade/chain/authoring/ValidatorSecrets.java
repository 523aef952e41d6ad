package io.marmalade.chain.authoring;

import io.marmalade.base.BlsKey;
import io.marmalade.base.ValidatorMetadata;
import io.marmalade.crypto.bandersnatch.SecretKey;
import io.marmalade.crypto.ed25519.Ed25519;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.state.ValidatorKeys;

import java.nio.charset.StandardCharsets;

/**
 * The secret keys of a validator, derived from one seed as JIP-5 says. Whoever made it closes it.
 */
public final class ValidatorSecrets implements AutoCloseable {
    /** The octets of a seed. */
    public static final int SEED_SIZE = 32;

    private static final byte[] ED25519 = ascii("jam_val_key_ed25519");
    private static final byte[] BANDERSNATCH = ascii("jam_val_key_bandersnatch");

    private final SecretKey bandersnatch;
    private final ValidatorKeys keys;

    private ValidatorSecrets(SecretKey bandersnatch, ValidatorKeys keys) {
        this.bandersnatch = bandersnatch;
        this.keys = keys;
    }

    /**
     * Returns the secrets of a seed.
     *
     * @param seed 32 octets; not kept
     * @return the secrets; BLS key and metadata are zeroes
     */
    public static ValidatorSecrets ofSeed(byte[] seed) {
        byte[] ed25519 = Blake2b.hash(ED25519, seed).toArray();
        SecretKey bandersnatch = SecretKey.ofSeed(Blake2b.hash(BANDERSNATCH, seed).toArray());
        return new ValidatorSecrets(
                bandersnatch,
                new ValidatorKeys(
                        bandersnatch.publicKey(),
                        Ed25519.publicKey(ed25519),
                        BlsKey.ZERO,
                        ValidatorMetadata.ZERO));
    }

    /**
     * Returns the seed of a development validator: its index in four octets, eight times.
     *
     * @param index any 32 bits
     * @return 32 octets
     */
    public static byte[] trivialSeed(int index) {
        byte[] seed = new byte[SEED_SIZE];
        for (int i = 0; i < SEED_SIZE; i++) {
            seed[i] = (byte) (index >>> (8 * (i % 4)));
        }
        return seed;
    }

    /**
     * Returns the public keys.
     *
     * @return what stands in a validator set
     */
    public ValidatorKeys keys() {
        return keys;
    }

    SecretKey bandersnatch() {
        return bandersnatch;
    }

    /** Wipes the secrets. */
    @Override
    public void close() {
        bandersnatch.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
