package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * Data that comes with a package.
 *
 * @param hash of the data
 * @param length octets, 0..2³²−1
 */
public record ExtrinsicReference(Hash hash, long length) implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 32 + 4;

    @Override
    public void encode(Encoder out) {
        out.octets(hash).u32(length);
    }

    /** Reads what {@link #encode} writes. */
    public static ExtrinsicReference decode(Decoder in) {
        return new ExtrinsicReference(in.hash(), in.u32());
    }
}
