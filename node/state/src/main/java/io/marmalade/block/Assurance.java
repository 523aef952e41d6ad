package io.marmalade.block;

import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.BitSet;

/**
 * A validator's word that it holds its part of what is available.
 *
 * @param anchor hash of the parent header
 * @param availabilities a bit a core; not to be modified
 * @param validatorIndex 0..2¹⁶−1
 * @param signature over anchor and bits
 * @gp eq:xtassurances
 */
public record Assurance(
        Hash anchor, BitSet availabilities, int validatorIndex, Ed25519Signature signature)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 32 + 2 + 64;

    @Override
    public void encode(Encoder out) {
        out.octets(anchor)
                .bits(availabilities, out.config().coreCount())
                .u16(validatorIndex)
                .octets(signature);
    }

    /** Reads what {@link #encode} writes. */
    public static Assurance decode(Decoder in) {
        return new Assurance(
                in.hash(), in.bits(in.config().coreCount()), in.u16(), in.ed25519Signature());
    }
}
