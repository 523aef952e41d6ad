package io.marmalade.block;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * Proof that a validator guaranteed a bad report.
 *
 * @param reportHash of the report
 * @param key of the validator
 * @param signature its guarantee
 */
public record Culprit(Hash reportHash, Ed25519Key key, Ed25519Signature signature)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 32 + 32 + 64;

    @Override
    public void encode(Encoder out) {
        out.octets(reportHash).octets(key).octets(signature);
    }

    /** Reads what {@link #encode} writes. */
    public static Culprit decode(Decoder in) {
        return new Culprit(in.hash(), in.ed25519Key(), in.ed25519Signature());
    }
}
