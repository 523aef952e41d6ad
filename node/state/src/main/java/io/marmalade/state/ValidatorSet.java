package io.marmalade.state;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * A sequence of validators; its size is its own.
 *
 * @param validators in the order of their indices
 * @gp eq:validatorkeys
 */
public record ValidatorSet(List<ValidatorKeys> validators) implements Encodable {
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

    @Override
    public void encode(Encoder out) {
        StateFormat.of(out.config()).perValidator(out, validators, Encoder::value);
    }

    /** Reads what {@link #encode} writes. */
    public static ValidatorSet decode(Decoder in) {
        return new ValidatorSet(
                StateFormat.of(in.config())
                        .perValidator(in, "validators", ValidatorKeys.SIZE, ValidatorKeys::decode));
    }
}
