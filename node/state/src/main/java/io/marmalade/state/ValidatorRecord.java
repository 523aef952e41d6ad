package io.marmalade.state;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A validator's activity in an epoch.
 *
 * @param blocks produced
 * @param tickets brought in
 * @param preimages brought in
 * @param preimageOctets brought in
 * @param guarantees signed
 * @param assurances given
 * @gp eq:activityspec
 */
public record ValidatorRecord(
        long blocks,
        long tickets,
        long preimages,
        long preimageOctets,
        long guarantees,
        long assurances)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 6 * 4;

    /** No activity. */
    public static final ValidatorRecord ZERO = new ValidatorRecord(0, 0, 0, 0, 0, 0);

    @Override
    public void encode(Encoder out) {
        out.u32(blocks)
                .u32(tickets)
                .u32(preimages)
                .u32(preimageOctets)
                .u32(guarantees)
                .u32(assurances);
    }

    /** Reads what {@link #encode} writes. */
    public static ValidatorRecord decode(Decoder in) {
        return new ValidatorRecord(in.u32(), in.u32(), in.u32(), in.u32(), in.u32(), in.u32());
    }
}
