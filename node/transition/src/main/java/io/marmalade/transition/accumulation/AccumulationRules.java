package io.marmalade.transition.accumulation;

import io.marmalade.pvm.ProtocolVersion;

/**
 * What a protocol version changes in accumulation: the one table.
 *
 * @param gasCoversAllInputs whether a round's reports must leave gas for its transfers and
 *     always-accumulating services, and the gas of the transfers that a round makes (not of those
 *     that it consumes) is there for the next
 * @param countsTransfers whether statistics count transfers received
 */
record AccumulationRules(boolean gasCoversAllInputs, boolean countsTransfers) {
    private static final AccumulationRules RULES_0_7_2 = new AccumulationRules(false, false);
    private static final AccumulationRules RULES_0_8_0 = new AccumulationRules(true, true);

    /** Returns the rules of a protocol version. */
    static AccumulationRules of(ProtocolVersion version) {
        return switch (version) {
            case V0_7_2 -> RULES_0_7_2;
            case V0_8_0 -> RULES_0_8_0;
        };
    }
}
