package io.marmalade.transition.safrole;

import io.marmalade.state.Entropy;
import io.marmalade.state.SafroleState;
import io.marmalade.state.State;
import io.marmalade.state.ValidatorSet;

/**
 * What Safrole reads and writes of the state.
 *
 * @param timeslot τ, 0..2³²−1
 * @param safrole γ
 * @param entropy η
 * @param stagingSet ι
 * @param activeSet κ
 * @param previousSet λ
 */
public record ConsensusState(
        long timeslot,
        SafroleState safrole,
        Entropy entropy,
        ValidatorSet stagingSet,
        ValidatorSet activeSet,
        ValidatorSet previousSet) {
    /** Returns that part of a state. */
    public static ConsensusState of(State state) {
        return new ConsensusState(
                state.timeslot(),
                state.safrole(),
                state.entropy(),
                state.stagingSet(),
                state.activeSet(),
                state.previousSet());
    }
}
