package io.marmalade.transition.rules;

import java.util.Locale;

/**
 * The parts of the transition that may find a block invalid, in the order in which they look at it.
 */
public enum Part {
    /** The header, apart from its markers and signatures. */
    HEADER,
    /** Verdicts, culprits and faults. */
    DISPUTES,
    /** Time, key rotation, tickets, markers and the two signatures of the header. */
    SAFROLE,
    /** Assurances of availability. */
    ASSURANCES,
    /** Guarantees of work reports. */
    REPORTS,
    /** Preimages. */
    PREIMAGES,
    /** Accumulation of available reports. */
    ACCUMULATION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
