package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A preimage that was asked for.
 *
 * @param service index of the service that asked, 0..2³²−1
 * @param data the preimage itself
 * @gp eq:preimagesareordered
 */
public record Preimage(long service, Bytes data) implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 4 + 1;

    @Override
    public void encode(Encoder out) {
        out.u32(service).blob(data);
    }

    /** Reads what {@link #encode} writes. */
    public static Preimage decode(Decoder in) {
        return new Preimage(in.u32(), in.blob());
    }
}
