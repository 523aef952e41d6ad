package io.marmalade.state;

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
 * @gp eq:servicestats
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
        long accumulatedGasUsed) {}
