package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code yield} (Ω_♉): sets the hash that the service leaves to the world. φ₇ its address.
 *
 * @gp sec:accumulatefunctions
 */
final class Yield implements HostCall<AccumulateContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        Hash output = Guest.readHash(machine, machine.register(7));
        if (output == null) {
            return Guest.PANIC;
        }
        context.setOutput(output);
        return Guest.answer(machine, ResultCode.OK);
    }
}
