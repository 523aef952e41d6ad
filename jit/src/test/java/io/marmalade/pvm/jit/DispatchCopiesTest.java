package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/**
 * Interpreters of a bytecode, of a seed, against ours: with programs and gas of any kind. {@code
 * -Dmarmalade.seed} and {@code -Dmarmalade.programs} choose them.
 */
class DispatchCopiesTest {
    private static final long SEED =
            Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
    private static final int PROGRAMS = Integer.getInteger("marmalade.programs", 60);
    private static final int RUNS = 12;
    private static final long CODE = 0x3_0000;

    private static final Opcode[] COMPUTING = {
        Opcode.ADD_64, Opcode.SUB_64, Opcode.XOR, Opcode.MUL_64, Opcode.OR, Opcode.SET_LT_U
    };

    /**
     * Returns an interpreter: register 2 points to its program, 6 to the place there, 7 to 10
     * compute, 5 counts down.
     *
     * @param handlers how many operations the bytecode has
     */
    private static byte[] interpreter(Random random, Dialect dialect, int handlers) {
        Assembler assembler = new Assembler(dialect);
        int dispatch = assembler.label();
        int end = assembler.label();
        assembler.add(Opcode.LOAD_IMM, 6, 0);
        assembler.add(Opcode.JUMP, dispatch);
        int[] labels = new int[handlers];
        int placed = random.nextInt(handlers + 1);
        for (int handler = 0; handler <= handlers; handler++) {
            if (handler == placed) {
                assembler.place(dispatch);
                assembler.add(Opcode.AND_IMM, 6, 6, 0xff);
                if (random.nextBoolean()) {
                    assembler.add(Opcode.FALLTHROUGH);
                }
                assembler.add(Opcode.ADD_64, 2, 6, 11);
                assembler.add(Opcode.LOAD_IND_U8, 12, 11, 0);
                if (random.nextBoolean()) {
                    assembler.add(Opcode.BRANCH_GE_U_IMM, 12, 2 * handlers + 4, end);
                }
                assembler.add(Opcode.JUMP_IND, 12, 0);
            }
            if (handler == handlers) {
                break;
            }
            labels[handler] = assembler.here();
            int count = 1 + random.nextInt(3);
            for (int at = 0; at < count; at++) {
                assembler.add(
                        COMPUTING[random.nextInt(COMPUTING.length)],
                        7 + random.nextInt(4),
                        7 + random.nextInt(4),
                        7 + random.nextInt(4));
            }
            assembler.add(Opcode.ADD_IMM_64, 6, 6, 1 + random.nextInt(3));
            switch (random.nextInt(5)) {
                case 0 -> {
                    assembler.add(Opcode.ADD_IMM_64, 5, 5, -1);
                    assembler.add(Opcode.BRANCH_NE_IMM, 5, 0, dispatch);
                    assembler.add(Opcode.JUMP_IND, 0, 0);
                }
                case 1 -> {
                    assembler.add(Opcode.STORE_IND_U8, 7, 11, 256);
                    assembler.add(Opcode.JUMP, dispatch);
                }
                case 2 -> {
                    assembler.add(Opcode.BRANCH_LT_S, 7, 8, dispatch);
                    assembler.add(Opcode.ADD_IMM_64, 7, 7, 3);
                    assembler.add(Opcode.JUMP, dispatch);
                }
                default -> assembler.add(Opcode.JUMP, dispatch);
            }
        }
        assembler.place(end);
        assembler.add(Opcode.JUMP_IND, 0, 0);
        for (int label : labels) {
            assembler.jumpTableEntry(label);
        }
        return assembler.blob();
    }

    private static String play(Engine engine, Program program, int handlers, long seed) {
        Random random = new Random(seed);
        try (Machine machine = engine.newMachine(program)) {
            machine.memory().setAccess((int) (CODE >> 12), 1, PageAccess.WRITE);
            byte[] code = new byte[1024];
            int wrong = random.nextInt(3) == 0 ? 40 : 1000;
            for (int at = 0; at < code.length; at++) {
                int operation = 1 + random.nextInt(handlers);
                code[at] = (byte) (random.nextInt(wrong) == 0 ? random.nextInt() : 2 * operation);
            }
            machine.memory().write(CODE, code, 0, code.length);
            for (int register = 7; register < 11; register++) {
                machine.setRegister(register, random.nextLong());
            }
            machine.setRegister(2, CODE + (random.nextInt(8) == 0 ? 3900 : 0));
            machine.setRegister(5, 1 + random.nextInt(2000));
            machine.setRegister(0, StandardProgram.HALT_ADDRESS);
            machine.setGas(random.nextInt(2) == 0 ? random.nextInt(20_000) : 2_000_000);
            StringBuilder story = new StringBuilder();
            story.append(machine.run());
            story.append(" pc ").append(machine.pc()).append(" gas ").append(machine.gas());
            for (int register = 0; register < 13; register++) {
                story.append(' ').append(Long.toHexString(machine.register(register)));
            }
            machine.memory().read(CODE, code, 0, code.length);
            return story.append(" memory ").append(Arrays.hashCode(code)).toString();
        }
    }

    private static Function function(byte[] blob, Dialect dialect) {
        return new FunctionFinder(Program.decode(blob, dialect).orElseThrow()).functionOf(0);
    }

    @ParameterizedTest
    @EnumSource
    void interpretersEndWhereTheInterpreterEndsThem(Dialect dialect) {
        System.out.println("-Dmarmalade.seed=" + SEED);
        int copied = 0;
        for (int index = 0; index < PROGRAMS; index++) {
            long seed = SEED + index;
            Random random = new Random(seed);
            int handlers = 2 + random.nextInt(12);
            byte[] blob = interpreter(random, dialect, handlers);
            Program program = Program.decode(blob, dialect).orElseThrow();
            copied += DispatchCopies.of(function(blob, dialect)) != null ? 1 : 0;
            MemoryKind kind = random.nextInt(4) == 0 ? MemoryKind.ARRAY : MemoryKind.MAPPED;
            Engine fast = JitEngine.eager(new InterpreterEngine(), kind);
            Engine plain = new InterpreterEngine();
            for (int run = 0; run < RUNS; run++) {
                long runSeed = seed * 31 + run;
                String expected = play(plain, program, handlers, runSeed);
                assertEquals(
                        expected,
                        play(fast, program, handlers, runSeed),
                        () -> dialect + ", -Dmarmalade.seed=" + seed + " -Dmarmalade.programs=1");
            }
        }
        System.out.println(copied + " of " + PROGRAMS + " have copies");
        assertTrue(PROGRAMS < 50 || copied > PROGRAMS / 2, "dispatches are copied");
    }

    @Test
    void everyHandlerEndsWithAJumpOfItsOwn() {
        Function function = function(handlers(6), Dialect.V0_8_0);
        Function copied = Objects.requireNonNull(DispatchCopies.of(function));
        int dispatches = 0;
        for (Piece piece : copied.pieces()) {
            dispatches += Liveness.isDynamic(piece) ? 1 : 0;
            if (piece.last().opcode() == Opcode.JUMP) {
                assertEquals(piece.index + 1, piece.taken, "where a copy is");
            }
        }
        assertEquals(7, dispatches);
    }

    @Test
    void copiesNothingForTwoWays() {
        assertNull(DispatchCopies.of(function(handlers(2), Dialect.V0_8_0)));
    }

    @Test
    void copiesNothingWhereThatWouldBeTooMuch() {
        assertNull(DispatchCopies.of(function(handlers(300), Dialect.V0_8_0)));
    }

    private static byte[] handlers(int count) {
        Assembler assembler = new Assembler(Dialect.V0_8_0);
        int dispatch = assembler.here();
        assembler.add(Opcode.ADD_64, 6, 5, 6);
        assembler.add(Opcode.AND_IMM, 6, 6, 510);
        assembler.add(Opcode.ADD_IMM_64, 6, 6, 2);
        assembler.add(Opcode.JUMP_IND, 6, 0);
        for (int handler = 0; handler < count; handler++) {
            assembler.jumpTableEntry(assembler.here());
            assembler.add(Opcode.ADD_IMM_64, 7, 7, 1 + handler);
            assembler.add(Opcode.JUMP, dispatch);
        }
        return assembler.blob();
    }

    /** Two jumps that lead to each other go back by a switch only, which HotSpot does not count. */
    @Test
    @Timeout(60)
    void loopsOfDynamicJumpsOnlyAreCompiled() {
        Assembler assembler = new Assembler(Dialect.V0_8_0);
        int first = assembler.here();
        assembler.add(Opcode.ADD_IMM_64, 5, 5, 1);
        assembler.add(Opcode.JUMP_IND, 3, 0);
        int second = assembler.here();
        assembler.add(Opcode.ADD_IMM_64, 6, 6, 2);
        assembler.add(Opcode.JUMP_IND, 2, 0);
        assembler.jumpTableEntry(first);
        assembler.jumpTableEntry(second);
        Program program = Program.decode(assembler.blob(), Dialect.V0_8_0).orElseThrow();
        try (Machine machine = JitEngine.eager(new InterpreterEngine()).newMachine(program)) {
            machine.setRegister(2, 2);
            machine.setRegister(3, 4);
            // A minute is not enough for the JVM's own interpreter.
            machine.setGas(50_000_000_000L);
            assertEquals("OutOfGas", machine.run().getClass().getSimpleName());
        }
    }
}
