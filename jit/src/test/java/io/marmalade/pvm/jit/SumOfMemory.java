package io.marmalade.pvm.jit;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.interpreter.InterpreterEngine;

/** Runs a program that writes numbers to memory and adds them up, and says what came of it. */
final class SumOfMemory {
    private SumOfMemory() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int fill = assembler.here();
        assembler.add(Opcode.SHLO_L_IMM_64, 3, 2, 3);
        assembler.add(Opcode.STORE_IND_U64, 2, 3, 0x1_0000);
        assembler.add(Opcode.ADD_IMM_64, 2, 2, 1);
        assembler.add(Opcode.BRANCH_NE_IMM, 2, 64, fill);
        int sum = assembler.here();
        assembler.add(Opcode.ADD_IMM_64, 2, 2, -1);
        assembler.add(Opcode.SHLO_L_IMM_64, 3, 2, 3);
        assembler.add(Opcode.LOAD_IND_U64, 4, 3, 0x1_0000);
        assembler.add(Opcode.ADD_64, 4, 7, 7);
        assembler.add(Opcode.BRANCH_NE_IMM, 2, 0, sum);
        assembler.add(Opcode.JUMP_IND, 0, 0);
        Program program = Program.decode(assembler.blob(), Dialect.V0_7_2).orElseThrow();
        JitEngine engine = JitEngine.eager(new InterpreterEngine());
        try (Machine machine = engine.newMachine(program)) {
            machine.memory().setAccess(16, 1, PageAccess.WRITE);
            machine.setRegister(0, StandardProgram.HALT_ADDRESS);
            machine.setGas(10_000);
            String end = machine.run().equals(ExitReason.HALT) ? "halted" : "stuck";
            System.out.println(
                    MemoryKind.chosen()
                            + ", "
                            + end
                            + " with "
                            + machine.register(7)
                            + ", functions compiled: "
                            + engine.compiledFunctions(program));
        }
    }
}
