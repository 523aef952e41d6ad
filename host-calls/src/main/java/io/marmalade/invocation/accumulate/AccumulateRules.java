package io.marmalade.invocation.accumulate;

import io.marmalade.pvm.Deviation;
import io.marmalade.pvm.ProtocolVersion;

/**
 * What a protocol version changes in the host calls of accumulation, numbers and prices apart: the
 * one table.
 *
 * @param refusesLongPreimages whether calls on preimages refuse lengths from 2³² on before they
 *     read memory
 * @param validatorsAreCounted whether {@code designate} is told how many validators there are
 * @param onlyManagerBlesses whether {@code bless} refuses any other service; see {@link
 *     Deviation#ANYONE_MAY_BLESS}
 */
record AccumulateRules(
        boolean refusesLongPreimages, boolean validatorsAreCounted, boolean onlyManagerBlesses) {
    private static final AccumulateRules RULES_0_7_2 = new AccumulateRules(false, false, false);
    private static final AccumulateRules RULES_0_8_0 =
            new AccumulateRules(
                    true, true, !ProtocolVersion.V0_8_0.applies(Deviation.ANYONE_MAY_BLESS));

    /** Returns the rules of a protocol version. */
    static AccumulateRules of(ProtocolVersion version) {
        return switch (version) {
            case V0_7_2 -> RULES_0_7_2;
            case V0_8_0 -> RULES_0_8_0;
        };
    }
}
