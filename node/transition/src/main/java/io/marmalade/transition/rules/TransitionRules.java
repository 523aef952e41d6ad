package io.marmalade.transition.rules;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.pvm.ProtocolVersion;

/**
 * What a protocol version changes in the transition: the one table. Sizes of validator sets are
 * properties of the sets under every version; this says only where the rules themselves differ.
 *
 * @param ticketEntriesBySetSize whether ticket entries are ⌈2E/|γ_P'|⌉ instead of a chain parameter
 * @param culpritsOfBadVerdict how many culprits a bad verdict needs
 * @param maxDisputes how many verdicts, culprits and faults a block may have of each
 * @param resizeClearsCores whether a change of the active set's size empties all cores
 * @param activeCoresBySetSize whether only cores below |κ'|/3 may be reported on
 * @param checksShardCount whether a report names the number of its erasure shards
 * @param checksAnchorTimeslot whether a context names its anchor's time slot
 * @param checksLookupAnchorStateRoot whether a context names its lookup anchor's state root
 * @param keepsGuarantees whether ρ keeps the guarantee of a report
 * @param historyHasTimeslots whether recent blocks carry their time slot
 * @param assurancesCountBeforeRotation whether assurances in an epoch's first block count for the
 *     epoch that ended
 */
public record TransitionRules(
        boolean ticketEntriesBySetSize,
        int culpritsOfBadVerdict,
        int maxDisputes,
        boolean resizeClearsCores,
        boolean activeCoresBySetSize,
        boolean checksShardCount,
        boolean checksAnchorTimeslot,
        boolean checksLookupAnchorStateRoot,
        boolean keepsGuarantees,
        boolean historyHasTimeslots,
        boolean assurancesCountBeforeRotation) {
    private static final TransitionRules RULES_0_7_2 =
            new TransitionRules(
                    false,
                    2,
                    Integer.MAX_VALUE,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false);
    private static final TransitionRules RULES_0_8_0 =
            new TransitionRules(true, 0, 16, true, true, true, true, true, true, true, true);

    /** Returns the rules of a protocol version. */
    public static TransitionRules of(ProtocolVersion version) {
        return switch (version) {
            case V0_7_2 -> RULES_0_7_2;
            case V0_8_0 -> RULES_0_8_0;
        };
    }

    /**
     * Returns the bound that a ticket's entry index must be below.
     *
     * @param ringSize |γ_P'|, at least 1
     */
    public int ticketEntries(ProtocolConfig config, int ringSize) {
        return ticketEntriesBySetSize
                ? ProtocolConfig.ticketEntries(config.epochLength(), ringSize)
                : config.ticketEntries();
    }

    /**
     * Returns the number of cores that the guarantors of a set are assigned to, at least 1.
     *
     * @param setSize the number of validators
     */
    public int activeCores(ProtocolConfig config, int setSize) {
        return activeCoresBySetSize
                ? Math.clamp(setSize / 3, 1, config.coreCount())
                : config.coreCount();
    }
}
