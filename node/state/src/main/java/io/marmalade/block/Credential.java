package io.marmalade.block;

import io.marmalade.base.Ed25519Signature;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A guarantor's signature.
 *
 * @param validatorIndex 0..2¹⁶−1
 * @param signature over the report's hash
 */
public record Credential(int validatorIndex, Ed25519Signature signature) implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 2 + 64;

    @Override
    public void encode(Encoder out) {
        out.u16(validatorIndex).octets(signature);
    }

    /** Reads what {@link #encode} writes. */
    public static Credential decode(Decoder in) {
        return new Credential(in.u16(), in.ed25519Signature());
    }
}
