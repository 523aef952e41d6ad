package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final int LOOPS = 300_000;

    private static Program counting() {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int loop = assembler.here();
        assembler.add(Opcode.ADD_IMM_64, 2, 2, 1);
        assembler.add(Opcode.BRANCH_NE_IMM, 2, LOOPS, loop);
        assembler.add(Opcode.TRAP);
        return Program.decode(assembler.blob(), Dialect.V0_7_2).orElseThrow();
    }

    /** Runs for some sixty samples. */
    private static void run(JitEngine engine, Program program) {
        try (Machine machine = engine.newMachine(program)) {
            machine.setGas(Long.MAX_VALUE);
            machine.run();
        }
    }

    @Test
    void waitsLongerForLargerFunctions() {
        Patience patience = new Patience(1, 10, 450, 1);
        assertEquals(10, patience.samples(0));
        assertEquals(10 + 450, patience.samples(100));
        assertTrue(patience.samples(Integer.MAX_VALUE) > patience.samples(1_000_000));
    }

    @Test
    void compilesAtTheFirstSignWithoutPatience() throws InterruptedException {
        Program program = counting();
        JitEngine engine = JitEngine.impatient(new InterpreterEngine());
        // Thirty of them would not be enough for an engine of the usual patience.
        for (int run = 0; run < 30 && engine.compiledFunctions(program) == 0; run++) {
            run(engine, program);
            Thread.sleep(100);
        }
        assertEquals(1, engine.compiledFunctions(program));
    }

    @Test
    void compilesAFunctionOnlyAfterSoManySamplesForItsSize() throws InterruptedException {
        Program program = counting();
        InterpreterEngine interpreter = new InterpreterEngine();
        // Three instructions, hence 310 samples after the look at the program.
        Patience patience = new Patience(1, 10, 10_000, Long.MAX_VALUE);
        JitProgram jit =
                JitProgram.of(
                        program, interpreter, new CompileQueue(), patience, MemoryKind::chosen);
        JitEngine engine = JitEngine.tiered(interpreter);
        for (int run = 0; run < 4; run++) {
            run(engine, program);
            Thread.sleep(50);
            assertEquals(0, jit.compiledFunctions(), "after " + (run + 1) + " runs");
        }
        for (int run = 0; run < 1000 && jit.compiledFunctions() == 0; run++) {
            run(engine, program);
            Thread.sleep(5);
        }
        assertEquals(1, jit.compiledFunctions());
    }
}
