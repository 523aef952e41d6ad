package io.marmalade.bench.input;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;

/** Programs that are alike in what they do and no two the same: twenty functions called in turn. */
public final class DistinctProgram {
    private static final int FUNCTIONS = 20;
    private static final int ROUNDS = 200;
    private static final int STACK_PAGE = 32;
    private static final int STACK_PAGES = 4;

    private DistinctProgram() {}

    /**
     * Returns a program for 0.8.0 that executes some 500,000 instructions and ends with a trap.
     *
     * @param number which one; equal numbers make equal programs
     */
    public static byte[] blob(int number) {
        Assembler code = new Assembler(Dialect.V0_8_0);
        int[] functions = new int[FUNCTIONS];
        for (int function = 0; function < FUNCTIONS; function++) {
            functions[function] = code.label();
        }
        code.add(Opcode.LOAD_IMM, 6, ROUNDS);
        code.add(Opcode.FALLTHROUGH);
        int round = code.here();
        for (int function = 0; function < FUNCTIONS; function++) {
            int back = code.label();
            code.add(Opcode.LOAD_IMM_JUMP, 0, 2 * (function + 1), functions[function]);
            code.place(back);
            code.jumpTableEntry(back);
        }
        code.add(Opcode.ADD_IMM_64, 6, 6, -1);
        code.add(Opcode.BRANCH_NE_IMM, 6, 0, round);
        code.add(Opcode.TRAP);
        for (int function = 0; function < FUNCTIONS; function++) {
            code.place(functions[function]);
            function(code, number * FUNCTIONS + function);
        }
        return code.blob();
    }

    private static void function(Assembler code, int constant) {
        code.add(Opcode.ADD_IMM_64, 1, 1, -32);
        code.add(Opcode.STORE_IND_U64, 5, 1, 8);
        code.add(Opcode.LOAD_IMM, 3, 12);
        code.add(Opcode.FALLTHROUGH);
        int loop = code.here();
        code.add(Opcode.MUL_IMM_64, 2, 2, 6364136);
        code.add(Opcode.ADD_IMM_64, 2, 2, constant);
        code.add(Opcode.STORE_IND_U64, 2, 1, 16);
        code.add(Opcode.SHLO_R_IMM_64, 4, 2, 7);
        code.add(Opcode.STORE_IND_U32, 4, 1, 18);
        code.add(Opcode.LOAD_IND_U64, 4, 1, 16);
        code.add(Opcode.XOR, 4, 2, 2);
        code.add(Opcode.ADD_IMM_64, 3, 3, -1);
        code.add(Opcode.BRANCH_NE_IMM, 3, 0, loop);
        code.add(Opcode.LOAD_IND_U64, 5, 1, 8);
        code.add(Opcode.ADD_IMM_64, 1, 1, 32);
        code.add(Opcode.JUMP_IND, 0, 0);
    }

    /** Gives a fresh machine what such a program needs. */
    public static void prepare(Machine machine) {
        machine.memory().setAccess(STACK_PAGE, STACK_PAGES, PageAccess.WRITE);
        machine.setRegister(1, (long) (STACK_PAGE + STACK_PAGES) << 12);
        machine.setGas(1L << 40);
    }
}
