package io.marmalade.invocation.general;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code grow_heap} (0.8.0): makes the pages from the heap's end up to φ₇ writable and answers the
 * new end; answers the old one, and changes nothing, if φ₇ is not behind it or too far up. Each
 * page costs gas of its own.
 *
 * @gp sec:generalfunctions
 */
public final class GrowHeap implements HostCall<Object> {
    private static final long GAS_PER_PAGE = 121;

    private final boolean leavesNoGas;
    private final long basePrice;

    /**
     * @param leavesNoGas whether a guest that cannot pay for its pages is left without gas, instead
     *     of with what it had
     * @param basePrice what was taken before
     */
    public GrowHeap(boolean leavesNoGas, long basePrice) {
        this.leavesNoGas = leavesNoGas;
        this.basePrice = basePrice;
    }

    @Override
    public @Nullable ExitReason call(Machine machine, Object context) {
        GuestMemory memory = machine.memory();
        long wanted = machine.register(7);
        long end = memory.heapTop() / GuestMemory.PAGE_SIZE;
        long limit = memory.heapLimit() / GuestMemory.PAGE_SIZE;
        if (Long.compareUnsigned(wanted, end) <= 0 || Long.compareUnsigned(wanted, limit) > 0) {
            return Guest.answer(machine, end);
        }
        long pages = wanted - end;
        long gas = machine.gas();
        if (!Guest.pay(machine, GAS_PER_PAGE * pages)) {
            if (!leavesNoGas) {
                machine.setGas(gas + basePrice);
            }
            return Guest.OUT_OF_GAS;
        }
        memory.growHeap(pages * GuestMemory.PAGE_SIZE);
        return Guest.answer(machine, wanted);
    }
}
