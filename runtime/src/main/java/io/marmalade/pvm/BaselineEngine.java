package io.marmalade.pvm;

/** An engine whose machines can stand beside compiled code. */
public interface BaselineEngine extends Engine {
    /**
     * Returns a new machine that works on a given memory.
     *
     * @param program what it runs
     * @param memory what it works on, shared with who gave it
     */
    BaselineMachine newMachine(Program program, MachineMemory memory);
}
