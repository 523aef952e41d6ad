package io.marmalade.transition.accumulation;

import io.marmalade.base.Hash;
import io.marmalade.state.Privileges;
import io.marmalade.state.ReadyRecord;
import io.marmalade.state.Services;
import io.marmalade.state.State;
import io.marmalade.state.ValidatorSet;

import java.util.List;
import java.util.SortedSet;

/**
 * What accumulation needs of the prior state.
 *
 * @param timeslot τ: 0..2³²−1
 * @param services δ; read by several threads where services are accumulated side by side
 * @param stagingSet ι
 * @param authorizerQueues φ: Q authorizer hashes a core
 * @param privileges χ
 * @param readyQueue ω: E entries
 * @param accumulatedPackages ξ: E entries, the latest last
 */
public record AccumulationPrior(
        long timeslot,
        Services services,
        ValidatorSet stagingSet,
        List<List<Hash>> authorizerQueues,
        Privileges privileges,
        List<List<ReadyRecord>> readyQueue,
        List<SortedSet<Hash>> accumulatedPackages) {

    /** Returns what accumulation needs of a state. */
    public static AccumulationPrior of(State state) {
        return new AccumulationPrior(
                state.timeslot(),
                state.services(),
                state.stagingSet(),
                state.authorizerQueues(),
                state.privileges(),
                state.readyQueue(),
                state.accumulatedPackages());
    }
}
