package io.marmalade.state;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A service's activity in a block.
 *
 * @param providedCount preimages
 * @param providedSize octets
 * @param refinedCount work items
 * @param refinedGasUsed gas
 * @param imports segments
 * @param extrinsicCount extrinsics
 * @param extrinsicSize octets
 * @param exports segments
 * @param accumulatedCount work items
 * @param accumulatedTransfers transfers received; since 0.8.0, 0 before
 * @param accumulatedGasUsed gas
 * @gp eq:activityspec
 */
public record ServiceRecord(
        long providedCount,
        long providedSize,
        long refinedCount,
        long refinedGasUsed,
        long imports,
        long extrinsicCount,
        long extrinsicSize,
        long exports,
        long accumulatedCount,
        long accumulatedTransfers,
        long accumulatedGasUsed)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 10;

    /** No activity. */
    public static final ServiceRecord ZERO = new ServiceRecord(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    @Override
    public void encode(Encoder out) {
        out.natural(providedCount)
                .natural(providedSize)
                .natural(refinedCount)
                .natural(refinedGasUsed)
                .natural(imports)
                .natural(extrinsicCount)
                .natural(extrinsicSize)
                .natural(exports)
                .natural(accumulatedCount);
        StateFormat.of(out.config()).accumulatedTransfers(out, accumulatedTransfers);
        out.natural(accumulatedGasUsed);
    }

    /** Reads what {@link #encode} writes. */
    public static ServiceRecord decode(Decoder in) {
        return new ServiceRecord(
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                StateFormat.of(in.config()).accumulatedTransfers(in),
                in.natural());
    }
}
