package io.marmalade.invocation.refine;

import io.marmalade.pvm.Deviation;
import io.marmalade.pvm.ProtocolVersion;

/**
 * What a protocol version changes in refinement and its host calls, numbers and prices apart: the
 * one table.
 *
 * @param maxInnerMachines how many inner machines there may be before {@code machine} answers FULL
 * @param chargesInnerGas whether {@code invoke} takes the inner machine's gas from who asks
 * @param inclusivePackageGas whether a package may ask for all of the gas that is its limit; see
 *     {@link Deviation#INCLUSIVE_PACKAGE_GAS}
 * @param countsPrerequisites whether the bound on a package's imported segment roots is on its
 *     prerequisites too
 */
record RefineRules(
        int maxInnerMachines,
        boolean chargesInnerGas,
        boolean inclusivePackageGas,
        boolean countsPrerequisites) {
    private static final RefineRules RULES_0_7_2 =
            new RefineRules(Integer.MAX_VALUE, false, false, false);
    private static final RefineRules RULES_0_8_0 =
            new RefineRules(
                    63,
                    true,
                    ProtocolVersion.V0_8_0.applies(Deviation.INCLUSIVE_PACKAGE_GAS),
                    true);

    /** Returns the rules of a protocol version. */
    static RefineRules of(ProtocolVersion version) {
        return switch (version) {
            case V0_7_2 -> RULES_0_7_2;
            case V0_8_0 -> RULES_0_8_0;
        };
    }
}
