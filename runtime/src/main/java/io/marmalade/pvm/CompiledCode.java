package io.marmalade.pvm;

/**
 * What an interpreter must know of compiled code that stands beside it: where it can take over.
 * Thread-safe; what is published may be seen late.
 */
public interface CompiledCode extends Sampler {
    /**
     * Returns whether compiled code can take over at a program counter, which is the start of a
     * block.
     */
    boolean canEnter(int pc);

    /** Returns how often {@link #canEnter} has changed its answer; it never becomes less. */
    int changes();

    /**
     * Returns where {@link #canEnter} has changed its answer.
     *
     * @param change 0..changes−1
     */
    int changedAt(int change);
}
