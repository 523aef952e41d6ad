package io.marmalade.transition.reports;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.crypto.shuffle.Shuffle;
import io.marmalade.state.Entropy;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.TransitionRules;

/**
 * Which validator may guarantee reports on which core (M).
 *
 * @param cores the core of each validator; not to be modified
 * @param validators the set that the indices are of
 * @gp sec:coresandvalidators
 */
public record GuarantorAssignments(int[] cores, ValidatorSet validators) {
    /**
     * Returns the assignments of a time slot's rotation.
     *
     * @param entropy η₂'
     * @param activeSet κ'
     * @param timeslot τ'
     */
    public static GuarantorAssignments current(
            ProtocolConfig config, Entropy entropy, ValidatorSet activeSet, long timeslot) {
        return permuted(config, entropy.second(), activeSet, timeslot);
    }

    /**
     * Returns the assignments of the rotation before a time slot's.
     *
     * @param entropy η'
     * @param activeSet κ'
     * @param previousSet λ'
     * @param timeslot τ'
     * @gp eq:priorassignments
     */
    public static GuarantorAssignments previous(
            ProtocolConfig config,
            Entropy entropy,
            ValidatorSet activeSet,
            ValidatorSet previousSet,
            long timeslot) {
        long before = timeslot - config.rotationPeriod();
        boolean sameEpoch = Math.floorDiv(before, config.epochLength()) == config.epoch(timeslot);
        return sameEpoch
                ? permuted(config, entropy.second(), activeSet, before)
                : permuted(config, entropy.third(), previousSet, before);
    }

    /** Returns the assignments by an entropy at a time slot (P), which may lie before the first. */
    private static GuarantorAssignments permuted(
            ProtocolConfig config, Hash entropy, ValidatorSet set, long timeslot) {
        int size = set.size();
        int coreCount = TransitionRules.of(config.version()).activeCores(config, size);
        int[] cores = new int[size];
        for (int i = 0; i < size; i++) {
            cores[i] = (int) ((long) coreCount * i / size);
        }
        cores = Shuffle.shuffle(cores, entropy);
        int rotation = Math.floorMod(timeslot, config.epochLength()) / config.rotationPeriod();
        for (int i = 0; i < size; i++) {
            cores[i] = (cores[i] + rotation) % coreCount;
        }
        return new GuarantorAssignments(cores, set);
    }
}
