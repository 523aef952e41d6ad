package io.marmalade.transition.rules;

/**
 * Why a block is invalid.
 *
 * @param violation the first rule that it breaks, in the order of {@link Part} and, within a part,
 *     of the paper
 * @param detail what breaks it and where, in a few words
 */
public record InvalidReason(Violation violation, String detail) {
    /** Returns part, rule and detail in one line. */
    @Override
    public String toString() {
        return violation + ": " + detail;
    }
}
