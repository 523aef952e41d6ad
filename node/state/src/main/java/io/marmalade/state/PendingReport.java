package io.marmalade.state;

import io.marmalade.block.Guarantee;
import io.marmalade.block.WorkReport;
import org.jspecify.annotations.Nullable;

/**
 * A report that waits to become available (an entry of ρ).
 *
 * @param report the report
 * @param timeslot when it was registered, 0..2³²−1
 * @param guarantee what registered it; since 0.8.0, null before
 * @gp eq:reportingstate
 */
public record PendingReport(
        WorkReport report,
        long timeslot,
        @Nullable Guarantee guarantee) {}
