package io.marmalade.state;

import io.marmalade.base.Hash;
import io.marmalade.block.WorkReport;
import java.util.SortedSet;

/**
 * A report that is available and waits for others (an entry of ω).
 *
 * @param report the report
 * @param dependencies hashes of packages that must be accumulated before
 * @gp eq:readyspec
 */
public record ReadyRecord(
        WorkReport report,
        SortedSet<Hash> dependencies) {}
