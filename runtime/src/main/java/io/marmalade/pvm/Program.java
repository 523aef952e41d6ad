package io.marmalade.pvm;

import java.util.Optional;

/** A program blob, decoded and predecoded once. Immutable and safe to share between machines and threads. */
public final class Program {
    private final ProtocolVersion version;
    private final byte[] code;

    private Program(ProtocolVersion version, byte[] code) {
        this.version = version;
        this.code = code;
    }

    /**
     * Decodes a program blob.
     *
     * @param blob the jump table, the code and its bitmask; it is not kept
     * @param version what opcodes, validation and gas hang on
     * @return nothing if the blob is not a program
     * @gp eq:deblob
     */
    public static Optional<Program> decode(byte[] blob, ProtocolVersion version) {
        throw new IllegalStateException();
    }

    /** Returns the version that the program was decoded for. */
    public ProtocolVersion version() {
        return version;
    }

    /** Returns the octets of the code. */
    public int codeSize() {
        return code.length;
    }

    /** Returns whether a run may start at this program counter: always under 0.7.2, at an instruction under 0.8.0. */
    public boolean isValidStart(long pc) {
        throw new IllegalStateException();
    }
}
