package io.marmalade.pvm;

import org.jspecify.annotations.Nullable;

/** A machine that hands over to compiled code where it can. */
public interface BaselineMachine extends Machine {
    /**
     * Runs at least one instruction, and on until something stops the machine or control enters a
     * block where compiled code can take over.
     *
     * @param handler answers host calls
     * @param compiled says where to hand over, and is told where the machine is now and then
     * @return why it stopped, or null where compiled code can take over: the program counter stands
     *     at the start of a block that is not paid
     */
    @Nullable ExitReason run(HostCallHandler handler, CompiledCode compiled);

    /**
     * Runs until something stops the machine or the sampler says so. There is no compiled code.
     *
     * @param handler answers host calls
     * @param sampler is told where the machine is now and then
     * @return why it stopped, or null where the sampler said so: the program counter stands at the
     *     start of a block that is not paid
     */
    @Nullable ExitReason runSampled(HostCallHandler handler, Sampler sampler);
}
