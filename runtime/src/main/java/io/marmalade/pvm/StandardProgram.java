package io.marmalade.pvm;

import java.util.Optional;

/**
 * A standard program: a program blob together with the memory that it starts with.
 *
 * @gp sec:standardprograminit
 */
public final class StandardProgram {
    private final Program program;

    private StandardProgram(Program program) {
        this.program = program;
    }

    /**
     * Decodes a standard program, without metadata in front.
     *
     * @param blob it is not kept
     * @param version what the program is decoded for
     * @return nothing if the blob is not a standard program or needs more memory than there is
     */
    public static Optional<StandardProgram> decode(byte[] blob, ProtocolVersion version) {
        throw new IllegalStateException();
    }

    /** Returns the program itself. */
    public Program program() {
        return program;
    }

    /**
     * Lays out a fresh machine's memory and sets its registers. Program counter and gas are left alone.
     *
     * @param machine fresh from {@link Engine#newMachine} for {@link #program}
     * @param arguments at most 2²⁴ octets
     */
    public void load(Machine machine, byte[] arguments) {
        throw new IllegalStateException();
    }
}
