package io.marmalade.invocation.accumulate;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code checkpoint} (Ω_C): keeps what was done so far even if the run ends irregularly; answers
 * the gas that is left.
 *
 * @gp sec:accumulatefunctions
 */
final class Checkpoint implements HostCall<AccumulateContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        context.checkpoint();
        return Guest.answer(machine, machine.gas());
    }
}
