package io.marmalade.invocation.accumulate;

import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.HostCallTable;
import io.marmalade.invocation.general.GeneralCalls;
import io.marmalade.pvm.ProtocolVersion;

/** Puts the calls that accumulation offers into a table (F). */
public final class AccumulateCalls {
    private AccumulateCalls() {}

    /**
     * Returns the calls that accumulation offers under a version.
     *
     * @gp eq:accinvocation
     */
    public static HostCallTable<AccumulateContext> table(ProtocolVersion version) {
        AccumulateRules rules = AccumulateRules.of(version);
        HostCallTable.Builder<AccumulateContext> table = HostCallTable.of(version);
        GeneralCalls.offer(table);
        GeneralCalls.offerAccounts(table);
        return table.offer(HostCallName.BLESS, new Bless(rules))
                .offer(HostCallName.ASSIGN, new Assign())
                .offer(HostCallName.DESIGNATE, new Designate(rules))
                .offer(HostCallName.CHECKPOINT, new Checkpoint())
                .offer(HostCallName.NEW, new New())
                .offer(HostCallName.UPGRADE, new Upgrade())
                .offer(HostCallName.TRANSFER, new Transfer())
                .offer(HostCallName.EJECT, new Eject())
                .offer(HostCallName.QUERY, new Query(rules))
                .offer(HostCallName.SOLICIT, new Solicit(rules))
                .offer(HostCallName.FORGET, new Forget(rules))
                .offer(HostCallName.YIELD, new Yield())
                .offer(HostCallName.PROVIDE, new Provide(rules))
                .build();
    }
}
