package io.marmalade.state;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A hash that a service left in the latest accumulation (an entry of θ).
 *
 * @param service 0..2³²−1
 * @param output what it yielded
 * @gp eq:lastaccoutspec
 */
public record AccumulationOutput(long service, Hash output) implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 4 + 32;

    @Override
    public void encode(Encoder out) {
        out.u32(service).octets(output);
    }

    /** Reads what {@link #encode} writes. */
    public static AccumulationOutput decode(Decoder in) {
        return new AccumulationOutput(in.u32(), in.hash());
    }
}
