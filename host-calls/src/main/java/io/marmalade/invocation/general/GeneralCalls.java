package io.marmalade.invocation.general;

import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.HostCallTable;
import io.marmalade.invocation.InvocationContext;

/** Puts the calls of this package into a table. */
public final class GeneralCalls {
    private GeneralCalls() {}

    /** Offers what all invocations offer. */
    public static <C extends InvocationContext> HostCallTable.Builder<C> offer(
            HostCallTable.Builder<C> table) {
        return table.offer(HostCallName.GAS, new Gas())
                .offer(HostCallName.GROW_HEAP, new GrowHeap())
                .offer(HostCallName.LOG, new Log());
    }
}
