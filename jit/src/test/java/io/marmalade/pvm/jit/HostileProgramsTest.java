package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs made to cost more than they should: they end like with the interpreter, in bounded time
 * and memory.
 */
@Timeout(120)
class HostileProgramsTest {
    /** What a run may allocate for each octet of its program, and besides. */
    private static final long ALLOCATED_PER_OCTET = 2000;

    private static final long ALLOCATED_ANYWAY = 64L << 20;

    static Stream<Engine> engines() {
        return Stream.of(
                new InterpreterEngine(),
                JitEngine.tiered(new InterpreterEngine()),
                JitEngine.eager(new InterpreterEngine(), MemoryKind.MAPPED),
                JitEngine.eager(new InterpreterEngine(), MemoryKind.ARRAY));
    }

    /**
     * Runs a program from the start with some gas and two writable pages; returns how it ended and
     * what was left.
     */
    private static String run(Engine engine, byte[] blob, Dialect dialect, long gas) {
        Program program = Program.decode(blob, dialect).orElseThrow();
        try (Machine machine = engine.newMachine(program)) {
            machine.memory().reset(16, 2, PageAccess.WRITE);
            machine.setGas(gas);
            machine.setRegister(0, 4);
            machine.setRegister(1, 0x1_1000);
            ExitReason reason = machine.run();
            return reason + " " + machine.gas() + " " + machine.register(2);
        }
    }

    private static void assertLikeInterpreter(
            Engine engine, byte[] blob, Dialect dialect, long gas) {
        String expected = run(new InterpreterEngine(), blob, dialect, gas);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertEquals(expected, run(engine, blob, dialect, gas));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(
                allocated < ALLOCATED_ANYWAY + ALLOCATED_PER_OCTET * blob.length,
                allocated + " octets allocated for a program of " + blob.length);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void runsOneBlockOfAMillionInstructions(Engine engine) {
        Assembler assembler = new Assembler(Dialect.V0_8_0);
        for (int i = 0; i < 1_000_000; i++) {
            assembler.add(Opcode.ADD_IMM_64, 2, 2, 1);
        }
        assembler.add(Opcode.TRAP);
        assertLikeInterpreter(engine, assembler.blob(), Dialect.V0_8_0, 10_000_000);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void runsAMillionTinyBlocks(Engine engine) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        for (int i = 0; i < 1_000_000; i++) {
            assembler.add(Opcode.FALLTHROUGH);
        }
        assembler.add(Opcode.TRAP);
        assertLikeInterpreter(engine, assembler.blob(), Dialect.V0_7_2, 10_000_000);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void unwindsRecursionWithoutEnd(Engine engine) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int function = assembler.label();
        int back = assembler.label();
        assembler.place(function);
        assembler.add(Opcode.ADD_IMM_64, 2, 2, 1);
        assembler.add(Opcode.LOAD_IMM_JUMP, 0, 2, function);
        assembler.place(back);
        assembler.add(Opcode.TRAP);
        assembler.jumpTableEntry(back);
        assertLikeInterpreter(engine, assembler.blob(), Dialect.V0_7_2, 3_000_000);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void survivesAStormOfDynamicJumps(Engine engine) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int targets = 1 << 12;
        int[] labels = new int[targets];
        for (int i = 0; i < targets; i++) {
            labels[i] = assembler.label();
        }
        for (int i = 0; i < targets; i++) {
            assembler.place(labels[i]);
            assembler.add(Opcode.MUL_IMM_64, 2, 2, 6364136);
            assembler.add(Opcode.ADD_IMM_64, 2, 2, 1442695 + i);
            assembler.add(Opcode.SHLO_R_IMM_64, 3, 2, 20);
            assembler.add(Opcode.AND_IMM, 3, 3, 2 * (targets - 1));
            assembler.add(Opcode.JUMP_IND, 3, 2);
        }
        for (int label : labels) {
            assembler.jumpTableEntry(label);
        }
        assertLikeInterpreter(engine, assembler.blob(), Dialect.V0_7_2, 3_000_000);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void survivesCodeThatLeavesCompiledCodeAllTheTime(Engine engine) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int loop = assembler.here();
        assembler.add(Opcode.ADD_IMM_64, 2, 2, 1);
        assembler.add(Opcode.SBRK, 3, 4);
        assembler.add(Opcode.BRANCH_NE_IMM, 2, 300_000, loop);
        assembler.add(Opcode.TRAP);
        assertLikeInterpreter(engine, assembler.blob(), Dialect.V0_7_2, 10_000_000);
    }

    /**
     * What was never taken is taken from some time on, over and over at other places, so that
     * compiled code that was made for the former way has to be thrown away.
     */
    @ParameterizedTest
    @MethodSource("engines")
    void survivesCodeBuiltToDeoptimize(Engine engine) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int places = 200;
        assembler.add(Opcode.LOAD_IMM, 5, 0);
        assembler.add(Opcode.LOAD_IMM, 6, 0x1_0000);
        assembler.add(Opcode.FALLTHROUGH);
        int loop = assembler.here();
        for (int place = 0; place < places; place++) {
            int on = assembler.label();
            assembler.add(Opcode.BRANCH_LT_U_IMM, 5, 100L * place, on);
            assembler.add(Opcode.MUL_IMM_64, 2, 2, 31 + place);
            assembler.add(Opcode.STORE_IND_U64, 2, 6, 8 * place);
            assembler.add(Opcode.FALLTHROUGH);
            assembler.place(on);
        }
        assembler.add(Opcode.ADD_IMM_64, 2, 2, 7);
        assembler.add(Opcode.ADD_IMM_64, 5, 5, 1);
        assembler.add(Opcode.BRANCH_NE_IMM, 5, 100L * places, loop);
        assembler.add(Opcode.TRAP);
        assertLikeInterpreter(engine, assembler.blob(), Dialect.V0_7_2, 50_000_000);
    }

    /** Each of the functions calls all others through the jump table; none comes back. */
    @ParameterizedTest
    @MethodSource("engines")
    void unwindsDynamicCallsWithoutEnd(Engine engine) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int functions = 500;
        int[] labels = new int[functions];
        for (int i = 0; i < functions; i++) {
            labels[i] = assembler.label();
        }
        for (int i = 0; i < functions; i++) {
            assembler.place(labels[i]);
            assembler.add(Opcode.MUL_IMM_64, 2, 2, 6364136);
            assembler.add(Opcode.ADD_IMM_64, 2, 2, 1442695 + i);
            assembler.add(Opcode.AND_IMM, 3, 2, 510);
            assembler.add(Opcode.LOAD_IMM_JUMP_IND, 0, 3, 2, 2);
            assembler.add(Opcode.FALLTHROUGH);
        }
        assembler.add(Opcode.TRAP);
        for (int label : labels) {
            assembler.jumpTableEntry(label);
        }
        assertLikeInterpreter(engine, assembler.blob(), Dialect.V0_7_2, 3_000_000);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void looksAtAHugeJumpTableOnlyOnce(Engine engine) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int start = assembler.here();
        assembler.add(Opcode.ADD_IMM_64, 2, 2, 1);
        assembler.add(Opcode.JUMP_IND, 0, 0);
        for (int i = 0; i < 1 << 20; i++) {
            assembler.jumpTableEntry(start);
        }
        assertLikeInterpreter(engine, assembler.blob(), Dialect.V0_7_2, 3_000_000);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void forgetsProgramsWithTheirClasses(Engine engine) {
        long before = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        for (int i = 0; i < 500; i++) {
            Assembler assembler = new Assembler(Dialect.V0_7_2);
            int loop = assembler.here();
            assembler.add(Opcode.ADD_IMM_64, 2, 2, 1 + i);
            assembler.add(Opcode.BRANCH_LT_U_IMM, 2, 1000, loop);
            assembler.add(Opcode.TRAP);
            assertLikeInterpreter(engine, assembler.blob(), Dialect.V0_7_2, 100_000);
        }
        for (int attempt = 0; attempt < 20; attempt++) {
            System.gc();
            if (ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() - before < 200) {
                return;
            }
        }
        assertTrue(
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() - before < 200,
                "compiled classes stay loaded");
    }

    /** Eight functions, each a loop, so that something is compiled. */
    private static byte[] distinct(int number) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        for (int function = 0; function < 8; function++) {
            assembler.add(Opcode.LOAD_IMM, 3, 0);
            assembler.add(Opcode.FALLTHROUGH);
            int loop = assembler.here();
            assembler.add(Opcode.ADD_IMM_64, 2, 2, 8L * number + function);
            assembler.add(Opcode.ADD_IMM_64, 3, 3, 1);
            assembler.add(Opcode.BRANCH_LT_U_IMM, 3, 20, loop);
            int next = assembler.label();
            assembler.add(Opcode.LOAD_IMM_JUMP, 0, 2, next);
            assembler.place(next);
        }
        assembler.add(Opcode.TRAP);
        return assembler.blob();
    }

    private static long metaspace() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void metaspaceDoesNotGrowWithTheProgramsThatWereForgotten(Engine engine) {
        for (int number = 0; number < 100; number++) {
            run(engine, distinct(number), Dialect.V0_7_2, 100_000);
        }
        long before = metaspace();
        for (int number = 100; number < 1000; number++) {
            run(engine, distinct(number), Dialect.V0_7_2, 100_000);
        }
        long after = metaspace();
        for (int attempt = 0; attempt < 20 && after - before > 2 << 20; attempt++) {
            after = metaspace();
        }
        assertTrue(
                after - before < 2 << 20,
                "metaspace grew from " + before + " to " + after + " octets");
    }

    @Test
    void runsInterpretedWhereThereAreTooManyMappings() {
        Engine engine = JitEngine.eager(new InterpreterEngine(), MemoryKind.MAPPED);
        Program program = Program.decode(distinct(1), Dialect.V0_7_2).orElseThrow();
        List<Machine> machines = new ArrayList<>();
        try {
            int mapped = 0;
            for (int number = 0; number < Mapping.LIMIT + 5; number++) {
                Machine machine = engine.newMachine(program);
                machines.add(machine);
                mapped += machine instanceof JitMachine ? 1 : 0;
            }
            assertTrue(mapped <= Mapping.LIMIT && mapped > Mapping.LIMIT / 2, mapped + " mapped");
            assertFalse(machines.getLast() instanceof JitMachine);
            for (Machine machine : List.of(machines.getFirst(), machines.getLast())) {
                machine.setGas(100_000);
                machine.run();
            }
            assertEquals(machines.getFirst().gas(), machines.getLast().gas());
            assertEquals(machines.getFirst().register(2), machines.getLast().register(2));
        } finally {
            machines.forEach(Machine::close);
        }
        try (Machine machine = engine.newMachine(program)) {
            assertTrue(machine instanceof JitMachine, "mappings are given back");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void givesMemoryOutClean(Engine engine) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        assembler.add(Opcode.STORE_IMM_U64, 0x1_0008, 0x5a5a_5a5a);
        assembler.add(Opcode.TRAP);
        Program program = Program.decode(assembler.blob(), Dialect.V0_7_2).orElseThrow();
        for (int run = 0; run < 5; run++) {
            try (Machine machine = engine.newMachine(program)) {
                for (int page : List.of(16, 17, 100, 0xfffff)) {
                    assertEquals(PageAccess.NONE, machine.memory().access(page));
                    machine.memory().setAccess(page, 1, PageAccess.WRITE);
                    for (byte octet : machine.memory().read((long) page << 12, 4096)) {
                        assertEquals(0, octet);
                    }
                    machine.memory().write(((long) page << 12) + 77, new byte[] {1, 2, 3});
                }
                machine.setGas(10);
                machine.run();
            }
        }
    }
}
