package io.marmalade.transition.reports;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import io.marmalade.state.Entropy;
import io.marmalade.state.PendingReport;
import io.marmalade.state.ReadyRecord;
import io.marmalade.state.RecentBlock;
import io.marmalade.state.Services;
import io.marmalade.state.ValidatorSet;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * What guarantees are checked against.
 *
 * @param timeslot τ'
 * @param entropy η'
 * @param activeSet κ'
 * @param previousSet λ'
 * @param offenders ψ_O'
 * @param priorReports ρ, which packages are looked for in
 * @param pendingReports ρ‡
 * @param recentBlocks β†
 * @param authorizerPools α
 * @param services δ
 * @param readyQueue ω
 * @param accumulatedPackages ξ
 * @param ancestry the headers before the block
 */
public record ReportingState(
        long timeslot,
        Entropy entropy,
        ValidatorSet activeSet,
        ValidatorSet previousSet,
        Set<Ed25519Key> offenders,
        List<@Nullable PendingReport> priorReports,
        List<@Nullable PendingReport> pendingReports,
        List<RecentBlock> recentBlocks,
        List<List<Hash>> authorizerPools,
        Services services,
        List<List<ReadyRecord>> readyQueue,
        List<SortedSet<Hash>> accumulatedPackages,
        Ancestry ancestry) {}
