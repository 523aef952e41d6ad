package io.marmalade.transition.rules;

/**
 * What a part of the transition gives: its posterior values, or the reason why the block is
 * invalid.
 *
 * @param <T> the posterior values
 */
public sealed interface Outcome<T> {
    /**
     * The block is valid as far as this part can tell.
     *
     * @param value the posterior values
     */
    record Valid<T>(T value) implements Outcome<T> {}

    /**
     * The block is invalid.
     *
     * @param reason why
     */
    record Invalid<T>(InvalidReason reason) implements Outcome<T> {}

    /** Returns the outcome of a valid block. */
    static <T> Outcome<T> valid(T value) {
        return new Valid<>(value);
    }

    /** Returns the outcome of an invalid block. */
    static <T> Outcome<T> invalid(Violation violation, String detail) {
        return new Invalid<>(violation.because(detail));
    }
}
