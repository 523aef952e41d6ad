package io.marmalade.pvm.jit;

import io.marmalade.pvm.ArgumentFormat;
import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;

/** What branches have in common. */
final class Branches {
    private Branches() {}

    /** Returns whether an instruction goes one of two ways. */
    static boolean isBranch(Opcode opcode) {
        return opcode.format() == ArgumentFormat.TWO_REGISTERS_OFFSET
                || (opcode.format() == ArgumentFormat.REGISTER_IMMEDIATE_OFFSET
                        && opcode != Opcode.LOAD_IMM_JUMP);
    }

    /** Returns where a branch leads when it is taken. */
    static long target(Instruction branch) {
        return branch.opcode().format() == ArgumentFormat.TWO_REGISTERS_OFFSET
                ? branch.x()
                : branch.y();
    }
}
