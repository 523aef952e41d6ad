package io.marmalade.state;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * The entropy (η).
 *
 * @param current η₀: the accumulator
 * @param first η₁: η₀ at the end of the latest epoch
 * @param second η₂: one epoch before
 * @param third η₃: two epochs before
 * @gp eq:entropycomposition
 */
public record Entropy(Hash current, Hash first, Hash second, Hash third) implements Encodable {
    @Override
    public void encode(Encoder out) {
        out.octets(current).octets(first).octets(second).octets(third);
    }

    /** Reads what {@link #encode} writes. */
    public static Entropy decode(Decoder in) {
        return new Entropy(in.hash(), in.hash(), in.hash(), in.hash());
    }
}
