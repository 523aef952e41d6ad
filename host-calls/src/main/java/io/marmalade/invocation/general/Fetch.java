package io.marmalade.invocation.general;

import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.InvocationContext;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code fetch} (Ω_Y): hands out a part of something that the run is about. φ₇ where to, φ₈ from
 * where, φ₉ how much, φ₁₀ the kind of thing, φ₁₁ and φ₁₂ which one.
 *
 * @see FetchSources#value
 * @gp sec:generalfunctions
 */
public final class Fetch implements HostCall<InvocationContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, InvocationContext context) {
        byte[] value =
                context.fetchSources()
                        .value(machine.register(10), machine.register(11), machine.register(12));
        return Guest.answerPart(
                machine, value, machine.register(7), machine.register(8), machine.register(9));
    }
}
