package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code upgrade} (Ω_U): changes the service's code. φ₇ address of the code hash, φ₈ and φ₉ gas
 * that a work item and a transfer must bring.
 *
 * @gp sec:accumulatefunctions
 */
final class Upgrade implements HostCall<AccumulateContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        Hash codeHash = Guest.readHash(machine, machine.register(7));
        if (codeHash == null) {
            return Guest.PANIC;
        }
        context.setSelf(
                context.self().withCode(codeHash, machine.register(8), machine.register(9)));
        return Guest.answer(machine, ResultCode.OK);
    }
}
