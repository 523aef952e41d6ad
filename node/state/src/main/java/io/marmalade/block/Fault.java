package io.marmalade.block;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * Proof that a validator judged against the verdict.
 *
 * @param reportHash of the report
 * @param valid what it judged
 * @param key of the validator
 * @param signature its judgement
 */
public record Fault(Hash reportHash, boolean valid, Ed25519Key key, Ed25519Signature signature)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 32 + 1 + 32 + 64;

    @Override
    public void encode(Encoder out) {
        out.octets(reportHash).bool(valid).octets(key).octets(signature);
    }

    /** Reads what {@link #encode} writes. */
    public static Fault decode(Decoder in) {
        return new Fault(in.hash(), in.bool(), in.ed25519Key(), in.ed25519Signature());
    }
}
