package io.marmalade.invocation;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * What one host call does once its price is paid (Ω). Implementations hold nothing that changes;
 * all that does is in the machine and the context.
 *
 * @param <C> what the call works on besides the machine
 * @gp sec:generalfunctions
 */
@FunctionalInterface
public interface HostCall<C> {
    /**
     * Answers the call.
     *
     * @param machine the machine that asks; arguments are in φ₇…, unsigned; the price is off its
     *     gas already
     * @param context of the run; changed only if the call succeeds
     * @return null to go on, else why the run ends: {@link Guest#PANIC} or {@link Guest#OUT_OF_GAS}
     */
    @Nullable ExitReason call(Machine machine, C context);
}
