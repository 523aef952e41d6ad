package io.marmalade.invocation.refine;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code expunge} (Ω_X): removes an inner machine and answers its program counter. φ₇ its number.
 *
 * @gp sec:refinefunctions
 */
public final class Expunge implements HostCall<RefineContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, RefineContext context) {
        long number = machine.register(7);
        InnerMachine inner = context.machines().get(number);
        if (inner == null) {
            return Guest.answer(machine, ResultCode.WHO);
        }
        context.machines().remove((int) number);
        return Guest.answer(machine, inner.pc());
    }
}
