package io.marmalade.pvm;

/** Whoever wants to know where an interpreter is now and then. Thread-safe. */
public interface Sampler {
    /**
     * Takes note of where an interpreter is; told about once in ten thousand instructions.
     *
     * @param pc the start of a block, or the middle of a long one
     * @return whether the interpreter is to stop there, if a block starts
     */
    boolean sample(int pc);
}
