package io.marmalade.pvm;

/**
 * What an interpreter must know of compiled code that stands beside it: where it can take over.
 * Thread-safe; what is published may be seen late.
 */
public interface CompiledCode {
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

    /** Takes note of where an interpreter is; told about once in ten thousand instructions. */
    void sample(int pc);
}
