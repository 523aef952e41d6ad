package io.marmalade.bench.input;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.ProtocolVersion;

/** A loop that does nothing but call its host, with what is left to do in register 7. */
public final class HostCallLoop {
    /** How often it calls; register 7 at its start. */
    public static final int CALLS = 100_000;

    /** The sum of register 7 at all calls. */
    public static final long SUM = CALLS * (CALLS + 1L) / 2;

    private HostCallLoop() {}

    /**
     * Assembles it.
     *
     * @param version to run it under, from program counter 0
     * @return a standard program
     */
    public static byte[] blob(ProtocolVersion version) {
        Assembler code = new Assembler(version.dialect());
        int loop = code.label();
        code.add(Opcode.JUMP, loop).place(loop).add(Opcode.ECALLI, 0);
        code.add(Opcode.ADD_IMM_64, 7, 7, -1).add(Opcode.BRANCH_NE_IMM, 7, 0, loop);
        code.add(Opcode.JUMP_IND, 0, 0);
        return code.standardProgram(new byte[0], new byte[0], 0, 4096);
    }
}
