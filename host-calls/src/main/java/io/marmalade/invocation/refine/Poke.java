package io.marmalade.invocation.refine;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code poke} (Ω_O): copies into an inner machine's memory. φ₇ its number, φ₈ from where, φ₉ where
 * to in the inner machine, φ₁₀ how much.
 *
 * @gp sec:refinefunctions
 */
public final class Poke implements HostCall<RefineContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, RefineContext context) {
        long from = machine.register(8);
        long to = machine.register(9);
        long size = machine.register(10);
        if (!machine.memory().isReadable(from, size)) {
            return Guest.PANIC;
        }
        InnerMachine inner = context.machines().get(machine.register(7));
        if (inner == null) {
            return Guest.answer(machine, ResultCode.WHO);
        }
        if (!inner.memory().isWritable(to, size)) {
            return Guest.answer(machine, ResultCode.OOB);
        }
        Copy.between(machine.memory(), from, inner.memory(), to, size);
        return Guest.answer(machine, ResultCode.OK);
    }
}
