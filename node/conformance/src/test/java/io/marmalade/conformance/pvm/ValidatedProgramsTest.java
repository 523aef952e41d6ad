package io.marmalade.conformance.pvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.conformance.Engines;
import io.marmalade.pvm.AssemblyException;
import io.marmalade.pvm.AssemblyText;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.stream.Stream;

/** What 0.8.0 asks of a program and its jumps that the public vectors leave open. */
class ValidatedProgramsTest {
    private static final long GAS = 1000;

    @TempDir static Path divergences;

    static Stream<Engine> engines() {
        return Engines.NAMES.stream().map(name -> Engines.named(name, divergences).orElseThrow());
    }

    private static Program program(String text, Dialect dialect) throws AssemblyException {
        return Program.decode(AssemblyText.assemble(text, dialect).octets(), dialect).orElseThrow();
    }

    private static void expect(
            Engine engine, Program program, int pc, ExitReason reason, boolean pays) {
        try (Machine machine = engine.newMachine(program)) {
            machine.setGas(GAS);
            machine.setPc(pc);
            assertEquals(reason, machine.run());
            assertEquals(pays ? GAS - program.blockCosts().cost(pc) : GAS, machine.gas());
            assertEquals(0, machine.pc());
            assertEquals(pays, machine.charged());
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void panicsAtOnceWithoutGasWhereNoInstructionStands(Engine engine) throws AssemblyException {
        Program program = program("load_imm r7, 1\n trap\n", Dialect.V0_8_0);
        for (int pc : new int[] {1, 2, program.codeSize(), 1 << 20, -1}) {
            expect(engine, program, pc, ExitReason.PANIC, false);
        }
        expect(engine, program, 0, ExitReason.PANIC, true);
    }

    /** {@code @1} is in the middle of the first instruction, {@code @4} no start of a block. */
    @ParameterizedTest
    @MethodSource("engines")
    void panicsWhereABranchMayGoWhereNoBlockStarts(Engine engine) throws AssemblyException {
        for (String target : new String[] {"@1", "@4", "@40"}) {
            for (String branch :
                    new String[] {
                        "branch_ne_imm r7, 0, ",
                        "branch_eq_imm r7, 0, ",
                        "branch_ne r7, r8, ",
                        "branch_eq r7, r8, ",
                        "jump ",
                        "load_imm_jump r7, 1, "
                    }) {
                Program program =
                        program(
                                "load_imm r9, 1/2\n load_imm r9, 2/2\n "
                                        + branch
                                        + target
                                        + "\n trap\n",
                                Dialect.V0_8_0);
                expect(engine, program, 0, ExitReason.PANIC, true);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void goesOnBehindABranchThatIsNotTakenWhateverItsTargetBefore080(Engine engine)
            throws AssemblyException {
        Program program = program("branch_ne_imm r7, 0, @1\n ecalli 3\n trap\n", Dialect.V0_7_2);
        try (Machine machine = engine.newMachine(program)) {
            machine.setGas(GAS);
            assertEquals(new ExitReason.HostCall(3), machine.run());
        }
    }

    /** Behind the last instruction no block starts. */
    @ParameterizedTest
    @MethodSource("engines")
    void panicsWhereABranchHasNothingBehindIt(Engine engine) throws AssemblyException {
        for (String last :
                new String[] {
                    "branch_eq_imm r7, 0, start",
                    "branch_ne_imm r7, 0, start",
                    "branch_eq r7, r8, start",
                    "branch_ne r7, r8, start",
                    "fallthrough"
                }) {
            Program program =
                    program("start:\n add_imm_64 r9, r9, 1\n " + last + "\n", Dialect.V0_8_0);
            expect(engine, program, 0, ExitReason.PANIC, true);
        }
    }
}
