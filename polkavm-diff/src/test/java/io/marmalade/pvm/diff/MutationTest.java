package io.marmalade.pvm.diff;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.diff.DiffEngine.Verdict;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;

/**
 * Twenty faults, put into an engine on purpose: each must be found, and reduced to a few
 * instructions.
 */
class MutationTest {
    private static final int MAX_PROGRAMS = 20_000;
    private static final long SEED = Long.getLong("marmalade.seed", 20);

    /**
     * What is wrong with an engine: one instruction taken for another, or something around the run.
     */
    enum Fault {
        LOAD_I8_DOES_NOT_EXTEND_ITS_SIGN(Opcode.LOAD_IND_I8, Opcode.LOAD_IND_U8),
        LOAD_U32_EXTENDS_ITS_SIGN(Opcode.LOAD_IND_U32, Opcode.LOAD_IND_I32),
        STORE_U32_STORES_64_BITS(Opcode.STORE_IND_U32, Opcode.STORE_IND_U64),
        ADD_32_DOES_NOT_EXTEND_ITS_SIGN(Opcode.ADD_32, Opcode.ADD_64),
        SHIFT_RIGHT_IS_LOGICAL(Opcode.SHAR_R_64, Opcode.SHLO_R_64),
        SHIFT_32_TAKES_64_BITS(Opcode.SHLO_R_IMM_32, Opcode.SHLO_R_IMM_64),
        DIVISION_IS_UNSIGNED(Opcode.DIV_S_64, Opcode.DIV_U_64),
        REMAINDER_IS_UNSIGNED(Opcode.REM_S_32, Opcode.REM_U_32),
        UPPER_PRODUCT_IS_UNSIGNED(Opcode.MUL_UPPER_S_U, Opcode.MUL_UPPER_U_U),
        COMPARISON_IS_UNSIGNED(Opcode.SET_LT_S_IMM, Opcode.SET_LT_U_IMM),
        BRANCH_EXCLUDES_EQUALITY(Opcode.BRANCH_LE_S_IMM, Opcode.BRANCH_LT_S_IMM),
        CONDITIONAL_MOVE_IS_INVERTED(Opcode.CMOV_IZ, Opcode.CMOV_NZ),
        ROTATES_THE_OTHER_WAY(Opcode.ROT_R_64, Opcode.ROT_L_64),
        ZEROES_ARE_COUNTED_FROM_THE_OTHER_END(
                Opcode.LEADING_ZERO_BITS_64, Opcode.TRAILING_ZERO_BITS_64),
        MINIMUM_IS_UNSIGNED(Opcode.MIN, Opcode.MIN_U),
        READ_ONLY_PAGES_ARE_WRITABLE(Opcode.TRAP, Opcode.TRAP),
        PAGE_FAULT_TELLS_THE_NEXT_PAGE(Opcode.TRAP, Opcode.TRAP),
        HOST_CALL_COSTS_ONE_MORE(Opcode.TRAP, Opcode.TRAP),
        LAST_GAS_CANNOT_BE_SPENT(Opcode.TRAP, Opcode.TRAP),
        HOST_CALL_NUMBERS_HAVE_16_BITS(Opcode.TRAP, Opcode.TRAP);

        private final Opcode right;
        private final Opcode wrong;

        Fault(Opcode right, Opcode wrong) {
            this.right = right;
            this.wrong = wrong;
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void findsFault(Fault fault) {
        long begun = System.nanoTime();
        CaseGenerator generator = new CaseGenerator(SEED, Dialect.V0_7_2);
        try (DiffEngine engine =
                new DiffEngine(
                        Arrays.asList(
                                new EngineSubject(new InterpreterEngine()),
                                new EngineSubject(new Mutant(fault))))) {
            for (int index = 0; index < MAX_PROGRAMS; index++) {
                Verdict verdict = engine.compare(generator.get(index));
                if (!verdict.disagreements().isEmpty()) {
                    long found = System.nanoTime();
                    DiffCase small = engine.reduce(verdict.start(), verdict.disagreements().get(0));
                    int size =
                            Program.decode(small.blob(), small.dialect()).orElseThrow().codeSize();
                    System.out.printf(
                            "%s: program %d of seed %d after %.0f ms, reduced to %d octets of code"
                                    + " in %.0f ms%n",
                            fault,
                            index,
                            SEED,
                            (found - begun) / 1e6,
                            size,
                            (System.nanoTime() - found) / 1e6);
                    assertTrue(size <= 40, "reduced to " + size + " octets");
                    return;
                }
            }
        }
        throw new AssertionError(fault + " was not found, seed " + SEED);
    }

    /** The interpreter with a fault. */
    private record Mutant(Fault fault) implements Engine {
        @Override
        public String name() {
            return "mutant";
        }

        @Override
        public Machine newMachine(Program program) {
            Engine engine = new InterpreterEngine();
            return new MutantMachine(fault, program, engine.newMachine(mutated(program)));
        }

        private Program mutated(Program program) {
            if (fault.right == fault.wrong) {
                return program;
            }
            byte[] blob = program.blob();
            int codeAt = blob.length - (program.codeSize() + 7 >>> 3) - program.codeSize();
            for (int pc = 0; pc < program.codeSize(); pc++) {
                if (program.opcode(pc) == fault.right) {
                    blob[codeAt + pc] = (byte) fault.wrong.number(program.dialect());
                }
            }
            return Program.decode(blob, program.dialect()).orElseThrow();
        }
    }

    private record MutantMachine(Fault fault, Program program, Machine machine) implements Machine {
        @Override
        public long register(int index) {
            return machine.register(index);
        }

        @Override
        public void setRegister(int index, long value) {
            machine.setRegister(index, value);
        }

        @Override
        public GuestMemory memory() {
            return machine.memory();
        }

        @Override
        public long gas() {
            return machine.gas();
        }

        @Override
        public void setGas(long gas) {
            machine.setGas(gas);
        }

        @Override
        public int pc() {
            return machine.pc();
        }

        @Override
        public int exitPc() {
            return machine.exitPc();
        }

        @Override
        public void setPc(int pc) {
            machine.setPc(pc);
        }

        @Override
        public boolean charged() {
            return machine.charged();
        }

        @Override
        public void setCharged(boolean charged) {
            machine.setCharged(charged);
        }

        @Override
        public ExitReason run(HostCallHandler handler) {
            if (fault == Fault.READ_ONLY_PAGES_ARE_WRITABLE) {
                for (int page = 16; page < 64; page++) {
                    if (memory().access(page) == PageAccess.READ) {
                        memory().setAccess(page, 1, PageAccess.WRITE);
                    }
                }
            }
            if (fault == Fault.LAST_GAS_CANNOT_BE_SPENT && gas() > 0) {
                setGas(gas() - 1);
                ExitReason reason = machine.run(handler);
                setGas(gas() + 1);
                return reason;
            }
            ExitReason reason =
                    machine.run((number, caller) -> {
                        if (fault == Fault.HOST_CALL_COSTS_ONE_MORE && caller.gas() > 0) {
                            caller.setGas(caller.gas() - 1);
                        }
                        return handler.hostCall(
                                fault == Fault.HOST_CALL_NUMBERS_HAVE_16_BITS
                                        ? (short) number
                                        : number,
                                caller);
                    });
            return switch (reason) {
                case ExitReason.PageFault(int address)
                        when fault == Fault.PAGE_FAULT_TELLS_THE_NEXT_PAGE ->
                        new ExitReason.PageFault(address + GuestMemory.PAGE_SIZE);
                case ExitReason other -> other;
            };
        }

        @Override
        public void close() {
            machine.close();
        }
    }
}
