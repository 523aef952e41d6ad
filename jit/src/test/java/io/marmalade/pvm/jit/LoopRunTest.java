package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Random;

/**
 * Loops of a seed that go through memory in steps, against the interpreter: with gas for any number
 * of rounds, near the ends of what they may access, up and down. {@code -Dmarmalade.seed} and
 * {@code -Dmarmalade.programs} choose the loops.
 */
class LoopRunTest {
    private static final long SEED =
            Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
    private static final int PROGRAMS = Integer.getInteger("marmalade.programs", 120);
    private static final int RUNS = 12;

    private static final long CONSTANTS = 0x1_0000;
    private static final long HEAP = 0x3_0000;
    private static final long STACK = 0xfefd_0000L;
    private static final int PAGES = 16;
    private static final long SIZE = PAGES * 4096L;

    private static final Opcode[] LOADS = {
        Opcode.LOAD_IND_U8,
        Opcode.LOAD_IND_I8,
        Opcode.LOAD_IND_U16,
        Opcode.LOAD_IND_I32,
        Opcode.LOAD_IND_U32,
        Opcode.LOAD_IND_U64
    };
    private static final Opcode[] STORES = {
        Opcode.STORE_IND_U8, Opcode.STORE_IND_U16, Opcode.STORE_IND_U32, Opcode.STORE_IND_U64
    };
    private static final int[] STEPS = {1, 2, 4, 8, 16, 512, 3, 24, 0, 4096, -1, -8, -4, -5, 65536};

    private int runs;

    /** Registers 2 to 4 point to memory, 5 counts, 6 is added, 7 and 8 compute, 9 and 10 help. */
    private static byte[] loop(Random random, Dialect dialect) {
        Assembler assembler = new Assembler(dialect);
        int head = assembler.here();
        boolean counts = random.nextInt(4) != 0;
        int length = 1 + random.nextInt(6);
        for (int at = 0; at < length; at++) {
            int pointer = 2 + random.nextInt(3);
            int offset = random.nextInt(3) == 0 ? random.nextInt(200) - 100 : 0;
            switch (random.nextInt(9)) {
                case 0, 1 -> assembler.add(pick(LOADS, random), 7, pointer, offset);
                case 2, 3 -> assembler.add(pick(STORES, random), 8, pointer, offset);
                case 4 -> {
                    assembler.add(Opcode.ADD_64, pointer, 6, 9);
                    assembler.add(pick(STORES, random), 7, 9, offset);
                }
                case 5 -> {
                    assembler.add(Opcode.ADD_64, 2, 5, 10);
                    assembler.add(pick(LOADS, random), 8, 10, offset);
                }
                case 6 -> assembler.add(Opcode.ADD_64, 7, 8, 8);
                case 7 -> assembler.add(Opcode.STORE_IMM_IND_U8, pointer, offset, 77);
                default -> assembler.add(Opcode.XOR_IMM, 7, 8, 0x55);
            }
            if (random.nextInt(3) == 0) {
                assembler.add(
                        Opcode.ADD_IMM_64, pointer, pointer, STEPS[random.nextInt(STEPS.length)]);
            }
        }
        assembler.add(Opcode.STORE_IND_U8, 7, 3, 0);
        for (int pointer = 2; pointer < 5; pointer++) {
            if (random.nextInt(3) == 0) {
                assembler.add(Opcode.ADD_64, pointer, 6, pointer);
            } else if (random.nextInt(3) != 0) {
                int step = STEPS[random.nextInt(STEPS.length)];
                assembler.add(Opcode.ADD_IMM_64, pointer, pointer, step);
            }
        }
        assembler.add(Opcode.ADD_IMM_64, 5, 5, STEPS[random.nextInt(STEPS.length)]);
        int counter = random.nextInt(3) == 0 ? 2 : 5;
        if (counts) {
            if (random.nextBoolean()) {
                assembler.add(Opcode.BRANCH_NE, counter, 11, head);
            } else {
                assembler.add(Opcode.BRANCH_NE_IMM, counter, random.nextInt(2000), head);
            }
        } else {
            switch (random.nextInt(3)) {
                case 0 -> assembler.add(Opcode.BRANCH_LT_U, counter, 11, head);
                case 1 -> assembler.add(Opcode.BRANCH_LT_S_IMM, counter, 3000, head);
                default -> assembler.add(Opcode.BRANCH_NE_IMM, 7, 0, head);
            }
        }
        assembler.add(Opcode.ADD_IMM_64, 12, 12, 1);
        assembler.add(Opcode.JUMP_IND, 0, 0);
        return assembler.blob();
    }

    private static Opcode pick(Opcode[] from, Random random) {
        return from[random.nextInt(from.length)];
    }

    private static String play(Engine engine, Program program, long seed) {
        Random random = new Random(seed);
        try (Machine machine = engine.newMachine(program)) {
            GuestMemory memory = machine.memory();
            memory.setAccess((int) (CONSTANTS >> 12), PAGES, PageAccess.WRITE);
            memory.setAccess((int) (HEAP >> 12), PAGES, PageAccess.WRITE);
            memory.setAccess((int) (STACK >> 12), PAGES, PageAccess.WRITE);
            byte[] octets = new byte[(int) SIZE];
            random.nextBytes(octets);
            memory.write(CONSTANTS, octets, 0, octets.length);
            memory.write(HEAP, octets, 0, octets.length);
            memory.setAccess((int) (CONSTANTS >> 12), PAGES, PageAccess.READ);
            for (int register = 2; register < 12; register++) {
                machine.setRegister(register, random.nextInt(64) * 8L);
            }
            for (int pointer = 2; pointer < 5; pointer++) {
                int where = random.nextInt(8);
                long from = where == 0 ? CONSTANTS : where < 3 ? STACK : HEAP;
                long near = random.nextInt(3) == 0 ? SIZE - random.nextInt(6000) : SIZE / 2;
                long at = random.nextInt(3) == 0 ? random.nextInt(6000) : near;
                long upper = random.nextInt(8) == 0 ? random.nextLong() << 32 : 0;
                machine.setRegister(pointer, from + at + upper);
            }
            int way = random.nextInt(6);
            long added = STEPS[random.nextInt(STEPS.length)];
            machine.setRegister(6, way == 0 ? random.nextLong() : added);
            long limit = random.nextInt(9000);
            if (random.nextInt(3) == 0) {
                limit += machine.register(2) - 3000;
            }
            machine.setRegister(11, limit);
            machine.setRegister(0, StandardProgram.HALT_ADDRESS);
            machine.setGas(random.nextInt(3) == 0 ? random.nextInt(5000) : 2_000_000);
            StringBuilder story = new StringBuilder();
            story.append(machine.run());
            story.append(" pc ").append(machine.pc()).append(" gas ").append(machine.gas());
            for (int register = 0; register < 13; register++) {
                story.append(' ').append(Long.toHexString(machine.register(register)));
            }
            for (long start : new long[] {CONSTANTS, HEAP, STACK}) {
                memory.read(start, octets, 0, octets.length);
                story.append(" memory ").append(Arrays.hashCode(octets));
            }
            return story.toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void loopsEndWhereTheInterpreterEndsThem(Dialect dialect) {
        System.out.println("-Dmarmalade.seed=" + SEED);
        for (int index = 0; index < PROGRAMS; index++) {
            long seed = SEED + index;
            Program program =
                    Program.decode(loop(new Random(seed), dialect), dialect).orElseThrow();
            FunctionFinder finder = new FunctionFinder(program);
            for (Piece piece : finder.functionOf(0).pieces()) {
                runs += LoopRun.of(piece) != null ? 1 : 0;
            }
            Engine fast = JitEngine.eager(new InterpreterEngine(), MemoryKind.MAPPED);
            Engine plain = new InterpreterEngine();
            for (int run = 0; run < RUNS; run++) {
                long runSeed = seed * 31 + run;
                String expected = play(plain, program, runSeed);
                int at = run;
                assertEquals(
                        expected,
                        play(fast, program, runSeed),
                        () ->
                                dialect
                                        + ", -Dmarmalade.seed="
                                        + seed
                                        + " -Dmarmalade.programs=1, run "
                                        + at);
            }
        }
        System.out.println(runs + " of " + PROGRAMS + " loops are run");
        assertTrue(PROGRAMS < 100 || runs > PROGRAMS / 4, "loops are run");
    }
}
