package io.marmalade.state;

import java.util.List;

/**
 * A sequence of validators; its size is its own.
 *
 * @param validators in the order of their indices
 * @gp eq:validatorkeys
 */
public record ValidatorSet(List<ValidatorKeys> validators) {
    /** Copies the list. */
    public ValidatorSet {
        validators = List.copyOf(validators);
    }

    /** Returns the number of validators. */
    public int size() {
        return validators.size();
    }

    /** Returns the keys of a validator, 0..size−1. */
    public ValidatorKeys get(int index) {
        return validators.get(index);
    }
}
