package io.marmalade.state;

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
 * @gp eq:corestats
 */
public record CoreRecord(
        long dataAvailabilityLoad,
        long popularity,
        long imports,
        long extrinsicCount,
        long extrinsicSize,
        long exports,
        long bundleLength,
        long gasUsed) {}
