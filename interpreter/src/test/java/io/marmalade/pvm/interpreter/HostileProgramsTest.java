package io.marmalade.pvm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;

/**
 * Programs made to cost much. The limits of time are wide, so that they hold on a busy machine:
 * they tell seconds from minutes, what grows with the square of a program from what grows with it.
 */
class HostileProgramsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Engine engine = new InterpreterEngine();

    private static Program decode(Assembler assembler, Dialect dialect) {
        return Program.decode(assembler.blob(), dialect).orElseThrow();
    }

    private Machine machine(Program program, long gas) {
        Machine machine = engine.newMachine(program);
        machine.setGas(gas);
        return machine;
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aMillionTinyBlocks(Dialect dialect) {
        int blocks = 1_000_000;
        Assembler assembler = new Assembler(dialect);
        for (int block = 0; block < blocks; block++) {
            assembler.add(Opcode.FALLTHROUGH);
        }
        assembler.add(Opcode.TRAP);
        assertTimeout(
                LIMIT,
                () -> {
                    Program program = decode(assembler, dialect);
                    try (Machine machine = machine(program, 10_000_000)) {
                        assertSame(ExitReason.PANIC, machine.run());
                        assertEquals(blocks, machine.exitPc());
                        long used = 10_000_000 - machine.gas();
                        assertEquals(
                                dialect == Dialect.V0_7_2 ? blocks + 1 : 2L * (blocks + 1), used);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void oneBlockOfAMillionInstructions(Dialect dialect) {
        int count = 1_000_000;
        Assembler assembler = new Assembler(dialect);
        for (int index = 0; index < count; index++) {
            assembler.add(Opcode.ADD_64, 1, 2, index % 13);
        }
        assembler.add(Opcode.TRAP);
        assertTimeout(
                LIMIT,
                () -> {
                    Program program = decode(assembler, dialect);
                    long cost =
                            dialect == Dialect.V0_7_2 ? count + 1 : program.blockCosts().cost(0);
                    try (Machine machine = machine(program, cost)) {
                        assertSame(ExitReason.PANIC, machine.run());
                        assertEquals(0, machine.gas());
                        machine.setPc(0);
                        machine.setCharged(false);
                        machine.setGas(cost - 1);
                        assertSame(ExitReason.OUT_OF_GAS, machine.run());
                        boolean exact = dialect == Dialect.V0_7_2;
                        assertEquals(exact ? 3 * count : 0, machine.pc());
                        assertEquals(exact ? 0 : cost - 1, machine.gas());
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void entersALongBlockAtEveryInstruction(Dialect dialect) {
        int count = 200_000;
        Assembler assembler = new Assembler(dialect);
        for (int index = 0; index < count; index++) {
            assembler.add(Opcode.LOAD_IND_U8, 1, 2, 0);
        }
        assembler.add(Opcode.TRAP);
        assertTimeout(
                LIMIT,
                () -> {
                    Program program = decode(assembler, dialect);
                    try (Machine machine = machine(program, Long.MAX_VALUE)) {
                        machine.setRegister(2, 0x2_0000);
                        for (int pc = 2 * (count - 1); pc >= 0; pc -= 2) {
                            machine.setPc(pc);
                            machine.setCharged(false);
                            assertInstanceOf(ExitReason.PageFault.class, machine.run());
                            assertEquals(pc, machine.pc());
                        }
                        machine.memory().setAccess(0x20, 1, PageAccess.READ);
                        machine.setPc(0);
                        machine.setCharged(false);
                        assertSame(ExitReason.PANIC, machine.run());
                    }
                });
    }

    @Test
    void aJumpTableOfManyEntries() {
        int entries = 3 << 20;
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        // 3·2²⁰ in four octets, entries of three, three octets of code.
        blob.writeBytes(new byte[] {(byte) 0xe0, 0, 0, 0x30, 3, 3});
        blob.writeBytes(new byte[3 * entries]);
        blob.writeBytes(new byte[] {(byte) Opcode.JUMP_IND.number(Dialect.V0_7_2), 0, 0});
        blob.write(1);
        assertTimeout(
                LIMIT,
                () -> {
                    for (int round = 0; round < 20; round++) {
                        Program program =
                                Program.decode(blob.toByteArray(), ProtocolVersion.V0_7_2)
                                        .orElseThrow();
                        assertEquals(entries, program.jumpTableSize());
                        try (Machine machine = machine(program, 100_000)) {
                            machine.setRegister(0, 2L * entries);
                            assertSame(ExitReason.OUT_OF_GAS, machine.run());
                            assertEquals(0, machine.pc());
                        }
                    }
                });
    }

    @Test
    void aHeapOfAlmostAllMemoryThatIsHardlyTouched() {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        assembler.add(Opcode.SBRK, 3, 2);
        assembler.add(Opcode.STORE_IND_U8, 2, 3, 0);
        assembler.add(Opcode.TRAP);
        StandardProgram program =
                StandardProgram.decode(
                                assembler.standardProgram(new byte[0], new byte[0], 0, 0),
                                ProtocolVersion.V0_7_2)
                        .orElseThrow();
        assertTimeout(
                LIMIT,
                () -> {
                    for (int round = 0; round < 2_000; round++) {
                        try (Machine machine = machine(program.program(), 100)) {
                            program.load(machine, new byte[0]);
                            machine.setRegister(2, 0xf000_0000L);
                            assertSame(ExitReason.PANIC, machine.run());
                            assertEquals(0x2_0000, machine.register(3));
                            assertTrue(machine.memory().mappedBytes() >= 0xf000_0000L);
                        }
                    }
                });
    }

    @Test
    void manyMachinesOfOneProgram() {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        assembler.add(Opcode.STORE_IND_U64, 7, 1, -8);
        assembler.add(Opcode.JUMP_IND, 0, 0);
        StandardProgram program =
                StandardProgram.decode(
                                assembler.standardProgram(new byte[9000], new byte[9000], 4, 65536),
                                ProtocolVersion.V0_7_2)
                        .orElseThrow();
        assertTimeout(
                LIMIT,
                () -> {
                    for (int round = 0; round < 100_000; round++) {
                        try (Machine machine = machine(program.program(), 100)) {
                            program.load(machine, new byte[8]);
                            assertSame(ExitReason.HALT, machine.run());
                        }
                    }
                });
    }

    @Test
    void anyOctetsAsCode() {
        long seed = Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
        System.out.println("-Dmarmalade.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            int size = 1 + random.nextInt(60);
            byte[] blob = new byte[3 + size + (size + 7) / 8];
            random.nextBytes(blob);
            blob[0] = 0;
            blob[1] = 0;
            blob[2] = (byte) size;
            blob[blob.length - 1] &= (byte) (0xff >>> (-size & 7));
            Program program = Program.decode(blob, ProtocolVersion.V0_7_2).orElseThrow();
            try (Machine machine = machine(program, 1000)) {
                machine.setPc(random.nextInt(size));
                for (int stop = 0; stop < 5; stop++) {
                    machine.run();
                    assertTrue(machine.gas() >= 0);
                }
            }
        }
    }
}
