package io.marmalade.invocation.general;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code gas} (Ω_G): how much gas is left once this call is paid.
 *
 * @gp sec:generalfunctions
 */
public final class Gas implements HostCall<Object> {
    @Override
    public @Nullable ExitReason call(Machine machine, Object context) {
        return Guest.answer(machine, machine.gas());
    }
}
