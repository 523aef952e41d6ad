package io.marmalade.invocation.general;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.Heap;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.InvocationContext;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;
import org.jspecify.annotations.Nullable;

/**
 * {@code grow_heap} (0.8.0): makes the pages from the heap's end up to φ₇ writable and answers the new end; answers the old
 * one, and changes nothing, if φ₇ is not behind it or too far up. Each page costs gas of its own.
 *
 * @gp sec:generalfunctions
 */
public final class GrowHeap implements HostCall<InvocationContext> {
    private static final long GAS_PER_PAGE = 121;

    @Override
    public @Nullable ExitReason call(Machine machine, InvocationContext context) {
        long wanted = machine.register(7);
        Heap heap = context.heap();
        int end = heap.end();
        if (Long.compareUnsigned(wanted, end) <= 0 || Long.compareUnsigned(wanted, heap.limit()) > 0) {
            return Guest.answer(machine, end);
        }
        int pages = (int) wanted - end;
        if (!Guest.pay(machine, GAS_PER_PAGE * pages)) {
            return Guest.OUT_OF_GAS;
        }
        machine.memory().reset(end, pages, PageAccess.WRITE);
        heap.setEnd((int) wanted);
        return Guest.answer(machine, wanted);
    }
}
