package io.marmalade.state;

import java.util.List;

/**
 * The recent history (β).
 *
 * @param blocks β_H: the latest at the end, at most H
 * @param accumulationOutputLog β_B
 * @gp eq:recenthistoryspec
 */
public record RecentHistory(
        List<RecentBlock> blocks,
        MerkleMountainRange accumulationOutputLog) {}
