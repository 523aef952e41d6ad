package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * What a work package is refined against (C).
 *
 * @param anchor hash of the anchor header
 * @param anchorTimeslot 0..2³²−1; since 0.8.0, 0 before
 * @param anchorStateRoot after the anchor block
 * @param anchorSuperPeak of the accumulation-output log after the anchor block
 * @param lookupAnchor hash of the header that preimages are looked up at
 * @param lookupAnchorTimeslot 0..2³²−1
 * @param lookupAnchorStateRoot after the lookup anchor; since 0.8.0, zeroes before
 * @param prerequisites package hashes
 * @gp eq:workcontext
 */
public record RefinementContext(
        Hash anchor,
        long anchorTimeslot,
        Hash anchorStateRoot,
        Hash anchorSuperPeak,
        Hash lookupAnchor,
        long lookupAnchorTimeslot,
        Hash lookupAnchorStateRoot,
        List<Hash> prerequisites)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 4 * 32 + 4 + 1;

    /** Copies the list. */
    public RefinementContext {
        prerequisites = List.copyOf(prerequisites);
    }

    @Override
    public void encode(Encoder out) {
        BlockFormat.of(out.config()).anchors(out, this);
        out.sequence(prerequisites, Encoder::octets);
    }

    /** Reads what {@link #encode} writes. */
    public static RefinementContext decode(Decoder in) {
        return BlockFormat.of(in.config()).context(in);
    }
}
