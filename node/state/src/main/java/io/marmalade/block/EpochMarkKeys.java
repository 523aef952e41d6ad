package io.marmalade.block;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Ed25519Key;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * The two keys of a validator that an epoch mark carries.
 *
 * @param bandersnatch Bandersnatch key
 * @param ed25519 Ed25519 key
 */
public record EpochMarkKeys(BandersnatchKey bandersnatch, Ed25519Key ed25519) implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 32 + 32;

    @Override
    public void encode(Encoder out) {
        out.octets(bandersnatch).octets(ed25519);
    }

    /** Reads what {@link #encode} writes. */
    public static EpochMarkKeys decode(Decoder in) {
        return new EpochMarkKeys(in.bandersnatchKey(), in.ed25519Key());
    }
}
