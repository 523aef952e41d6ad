package io.marmalade.block;

import io.marmalade.base.Ed25519Signature;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * One validator's judgement on a report.
 *
 * @param valid whether it finds the report valid
 * @param validatorIndex 0..2¹⁶−1
 * @param signature over verdict and report hash
 */
public record Judgement(boolean valid, int validatorIndex, Ed25519Signature signature)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 1 + 2 + 64;

    @Override
    public void encode(Encoder out) {
        out.bool(valid).u16(validatorIndex).octets(signature);
    }

    /** Reads what {@link #encode} writes. */
    public static Judgement decode(Decoder in) {
        return new Judgement(in.bool(), in.u16(), in.ed25519Signature());
    }
}
