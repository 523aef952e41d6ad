package io.marmalade.state;

import io.marmalade.base.Hash;
import java.util.SortedMap;

/**
 * What is remembered of a recent block.
 *
 * @param headerHash hash of its header
 * @param superPeak of the accumulation-output log after it
 * @param stateRoot after it; zeroes until the next block
 * @param timeslot 0..2³²−1; since 0.8.0, 0 before
 * @param reportedPackages package hash to segment root
 * @gp eq:recenthistoryspec
 */
public record RecentBlock(
        Hash headerHash,
        Hash superPeak,
        Hash stateRoot,
        long timeslot,
        SortedMap<Hash, Hash> reportedPackages) {}
