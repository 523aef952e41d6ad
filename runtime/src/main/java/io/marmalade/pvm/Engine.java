package io.marmalade.pvm;

/** Makes machines out of programs. Thread-safe. */
public interface Engine {
    /** Returns the engine's name, as on the command line: {@code interpreter}, {@code jit}, ... */
    String name();

    /**
     * Returns a new machine with registers of zero, an empty memory, no gas, and the program
     * counter at 0. The caller fills it ({@link StandardProgram#load}) and closes it.
     *
     * @param program what it runs; the machine keeps it
     */
    Machine newMachine(Program program);
}
