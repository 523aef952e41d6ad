package io.marmalade.pvm;

import org.jspecify.annotations.Nullable;

/** Answers a machine's host calls without leaving the engine. */
@FunctionalInterface
public interface HostCallHandler {
    /**
     * Answers one host call. The machine stands on the instruction after the {@code ecalli};
     * registers, memory and gas are up to date and may be changed.
     *
     * @param number the number of the call, as the guest gave it
     * @param machine the machine that asks, owned by the caller
     * @return null to go on, or the reason to stop for
     */
    @Nullable ExitReason hostCall(long number, Machine machine);
}
