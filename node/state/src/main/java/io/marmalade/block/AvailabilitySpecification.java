package io.marmalade.block;

import io.marmalade.base.Hash;

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
        int segmentCount) {}
