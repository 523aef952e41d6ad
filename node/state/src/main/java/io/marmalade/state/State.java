package io.marmalade.state;

import io.marmalade.base.Hash;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The state (σ) in typed form; immutable.
 *
 * @param authorizerPools α: at most O authorizer hashes a core
 * @param recentHistory β
 * @param lastAccumulationOutputs θ
 * @param safrole γ
 * @param services δ
 * @param entropy η
 * @param stagingSet ι
 * @param activeSet κ
 * @param previousSet λ
 * @param pendingReports ρ: one or none a core
 * @param timeslot τ: of the latest block, 0..2³²−1
 * @param authorizerQueues φ: Q authorizer hashes a core
 * @param privileges χ
 * @param disputes ψ
 * @param statistics π
 * @param readyQueue ω: E entries
 * @param accumulatedPackages ξ: E entries, the latest last
 * @gp eq:statecomposition
 */
public record State(
        List<List<Hash>> authorizerPools,
        RecentHistory recentHistory,
        List<AccumulationOutput> lastAccumulationOutputs,
        SafroleState safrole,
        Services services,
        Entropy entropy,
        ValidatorSet stagingSet,
        ValidatorSet activeSet,
        ValidatorSet previousSet,
        List<@Nullable PendingReport> pendingReports,
        long timeslot,
        List<List<Hash>> authorizerQueues,
        Privileges privileges,
        DisputeRecords disputes,
        Statistics statistics,
        List<List<ReadyRecord>> readyQueue,
        List<SortedSet<Hash>> accumulatedPackages) {}
