package io.marmalade.invocation.general;

import io.marmalade.invocation.AccountsContext;
import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.HostCallPrices;
import io.marmalade.invocation.HostCallTable;
import io.marmalade.invocation.InvocationContext;
import io.marmalade.pvm.Deviation;

/** Puts the calls of this package into a table. */
public final class GeneralCalls {
    private GeneralCalls() {}

    /** Offers what all invocations offer. */
    public static <C extends InvocationContext> HostCallTable.Builder<C> offer(
            HostCallTable.Builder<C> table) {
        return table.offer(HostCallName.GAS, new Gas())
                .offer(
                        HostCallName.GROW_HEAP,
                        new GrowHeap(
                                table.version().applies(Deviation.GROW_HEAP_LEAVES_NO_GAS),
                                HostCallPrices.GROW_HEAP_BASE))
                .offer(HostCallName.FETCH, new Fetch())
                .offer(HostCallName.LOG, new Log());
    }

    /** Offers the calls on accounts. */
    public static <C extends InvocationContext & AccountsContext>
            HostCallTable.Builder<C> offerAccounts(HostCallTable.Builder<C> table) {
        return table.offer(HostCallName.LOOKUP, new Lookup())
                .offer(HostCallName.READ, new Read())
                .offer(HostCallName.WRITE, new Write())
                .offer(HostCallName.INFO, new Info());
    }
}
