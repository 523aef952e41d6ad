package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * What is to be available of a work package (Y).
 *
 * @param packageHash hash of the package
 * @param bundleLength octets, 0..2³²−1
 * @param erasureRoot root over the erasure-coded pieces
 * @param erasureShards number of pieces, 0..2¹⁶−1; since 0.8.0, 0 before
 * @param segmentRoot root over the exported segments
 * @param segmentCount exported segments, 0..2¹⁶−1
 * @gp eq:avspec
 */
public record AvailabilitySpecification(
        Hash packageHash,
        long bundleLength,
        Hash erasureRoot,
        int erasureShards,
        Hash segmentRoot,
        int segmentCount)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 3 * 32 + 4 + 2;

    @Override
    public void encode(Encoder out) {
        out.octets(packageHash).u32(bundleLength).octets(erasureRoot);
        BlockFormat.of(out.config()).erasureShards(out, erasureShards);
        out.octets(segmentRoot).u16(segmentCount);
    }

    /** Reads what {@link #encode} writes. */
    public static AvailabilitySpecification decode(Decoder in) {
        return new AvailabilitySpecification(
                in.hash(),
                in.u32(),
                in.hash(),
                BlockFormat.of(in.config()).erasureShards(in),
                in.hash(),
                in.u16());
    }
}
