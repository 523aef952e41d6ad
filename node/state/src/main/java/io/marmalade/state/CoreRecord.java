package io.marmalade.state;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A core's activity in a block.
 *
 * @param dataAvailabilityLoad octets
 * @param popularity assurances
 * @param imports segments
 * @param extrinsicCount extrinsics
 * @param extrinsicSize octets
 * @param exports segments
 * @param bundleLength octets
 * @param gasUsed gas
 * @gp eq:activityspec
 */
public record CoreRecord(
        long dataAvailabilityLoad,
        long popularity,
        long imports,
        long extrinsicCount,
        long extrinsicSize,
        long exports,
        long bundleLength,
        long gasUsed)
        implements Encodable {
    /** No activity. */
    public static final CoreRecord ZERO = new CoreRecord(0, 0, 0, 0, 0, 0, 0, 0);

    @Override
    public void encode(Encoder out) {
        out.natural(dataAvailabilityLoad)
                .natural(popularity)
                .natural(imports)
                .natural(extrinsicCount)
                .natural(extrinsicSize)
                .natural(exports)
                .natural(bundleLength)
                .natural(gasUsed);
    }

    /** Reads what {@link #encode} writes. */
    public static CoreRecord decode(Decoder in) {
        return new CoreRecord(
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural(),
                in.natural());
    }
}
