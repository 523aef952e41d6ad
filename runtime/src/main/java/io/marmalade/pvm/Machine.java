package io.marmalade.pvm;

/**
 * One instance of a program: registers, memory, program counter and gas. Not thread-safe; whoever
 * made it owns it and closes it.
 *
 * <p>A machine stops with an {@link ExitReason} and can be run again from where it stands.
 */
public interface Machine extends AutoCloseable {
    /** The number of registers. */
    int REGISTERS = 13;

    /** Returns the program that this machine runs. */
    Program program();

    /**
     * Returns a register.
     *
     * @param index 0..12
     */
    long register(int index);

    /**
     * Sets a register.
     *
     * @param index 0..12
     * @param value any 64 bits
     */
    void setRegister(int index, long value);

    /**
     * Returns the memory of this instance. Running may move it elsewhere: what was returned before
     * is not to be used after.
     */
    GuestMemory memory();

    /** Returns the gas that is left; it is never negative when a machine stands still. */
    long gas();

    /** Sets the gas that is left, 0..2⁶³−1. */
    void setGas(long gas);

    /**
     * Returns the program counter: an index into the code, unsigned 32 bits. It is 0 after a halt
     * and a panic, stands behind the {@code ecalli} after a host call, and else on the instruction
     * that could not go on.
     */
    int pc();

    /**
     * Returns where the instruction stands that ended the last run, whatever it ended with,
     * unsigned 32 bits.
     */
    int exitPc();

    /** Sets the program counter; any 32 bits. */
    void setPc(int pc);

    /**
     * Returns whether the block that contains the program counter is paid already (always false
     * where gas is charged an instruction).
     */
    boolean charged();

    /** Sets whether the block that contains the program counter is paid already. */
    void setCharged(boolean charged);

    /**
     * Runs until something stops the machine, answering host calls on the way.
     *
     * @param handler answers host calls
     * @return why it stopped; a {@link ExitReason.HostCall} only when the handler returned one
     */
    ExitReason run(HostCallHandler handler);

    /** Runs until something stops the machine, a host call included. */
    default ExitReason run() {
        return run((number, machine) -> new ExitReason.HostCall(number));
    }

    /** Gives the instance's memory back. The machine must not be used any more. */
    @Override
    void close();
}
