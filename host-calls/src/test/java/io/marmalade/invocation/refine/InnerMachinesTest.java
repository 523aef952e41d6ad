package io.marmalade.invocation.refine;

import static io.marmalade.invocation.ResultCode.OK;
import static io.marmalade.invocation.ResultCode.OOB;
import static io.marmalade.invocation.TestMachines.READABLE;
import static io.marmalade.invocation.TestMachines.WRITABLE;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.ResultCode;
import io.marmalade.invocation.TestAssembler;
import io.marmalade.invocation.TestMachines;
import io.marmalade.invocation.TestServices;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.jit.JitEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Inner machines on every engine: exact faults, resumption, and what equal ones share. */
class InnerMachinesTest {
    private static final long HALT = 0xffff_0000L;
    private static final int PAGE = GuestMemory.PAGE_SIZE;

    static Stream<Arguments> enginesAndVersions() {
        return Stream.of(
                        new InterpreterEngine(),
                        JitEngine.eager(new InterpreterEngine()),
                        JitEngine.tiered(new InterpreterEngine()))
                .flatMap(engine ->
                        Arrays.stream(ProtocolVersion.values())
                                .map(version -> Arguments.of(engine, version)));
    }

    private static RefineContext context(Engine engine, ProgramCache programs) {
        ProtocolConfig config = ProtocolConfig.tiny(programs.version());
        return new RefineContext(
                config,
                FetchSources.ofAccumulation(config, Hash.ZERO, List.of()),
                HostLog.NONE,
                0,
                7,
                new TestServices(),
                100,
                0,
                engine,
                programs,
                HostLimits.DEFAULT);
    }

    private static RefineContext context(Engine engine, ProtocolVersion version) {
        return context(engine, new ProgramCache(version, 1 << 20));
    }

    private static long call(
            HostCall<RefineContext> call,
            RefineContext context,
            Machine machine,
            long... registers) {
        TestMachines.arguments(machine, registers);
        assertNull(call.call(machine, context));
        return machine.register(7);
    }

    private static long make(RefineContext context, Machine machine, byte[] blob) {
        machine.memory().write(READABLE, blob);
        ProtocolVersion version = context.config().version();
        return call(new MakeMachine(version), context, machine, READABLE, blob.length, 0);
    }

    private static InnerMachine inner(RefineContext context, long number) {
        InnerMachine inner = context.machines().get(number);
        assertNotNull(inner);
        return inner;
    }

    private static void state(Machine machine, long gas, long... registers) {
        ByteBuffer state = ByteBuffer.allocate(112).order(ByteOrder.LITTLE_ENDIAN).putLong(gas);
        for (long register : registers) {
            state.putLong(register);
        }
        machine.memory().write(WRITABLE, state.array());
    }

    private static long slot(Machine machine, int index) {
        return ByteBuffer.wrap(machine.memory().read(WRITABLE, 112))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(8 * index);
    }

    /** Reads across the starts of four pages, the first at φ₂, then writes across the last. */
    private static byte[] reader() {
        TestAssembler program = new TestAssembler();
        for (int at = 0; at < 4; at++) {
            program.fetch(3 + at, 2, at * PAGE - 4);
        }
        return program.store(3, 2, 3 * PAGE - 4).halt().blob();
    }

    @ParameterizedTest
    @MethodSource("enginesAndVersions")
    void faultsAtTheExactPageAndGoesOnFromThere(Engine engine, ProtocolVersion version) {
        Invoke invoke = new Invoke(version);
        try (RefineContext context = context(engine, version);
                Machine machine = TestMachines.machine(version)) {
            long number = make(context, machine, reader());
            assertEquals(OK, call(new Pages(), context, machine, number, 0x4f, 1, 2));
            inner(context, number).memory().write(0x50000 - 4, new byte[] {1, 2, 3, 4});
            state(machine, 1000, HALT, 0, 0x50000);
            for (int page = 0; page < 3; page++) {
                assertEquals(
                        ResultCode.Inner.FAULT, call(invoke, context, machine, number, WRITABLE));
                assertEquals(0x50000 + (long) page * PAGE, machine.register(8));
                assertEquals(OK, call(new Pages(), context, machine, number, 0x50 + page, 1, 1));
            }
            // What is read across two pages, the second of which came later.
            assertEquals(ResultCode.Inner.FAULT, call(invoke, context, machine, number, WRITABLE));
            assertEquals(0x50000 + 3L * PAGE, machine.register(8));
            assertEquals(0x04030201, slot(machine, 1 + 3));
            assertEquals(OK, call(new Pages(), context, machine, number, 0x53, 1, 2));
            // It may read there now, but a store would begin on a page that is not writable; no
            // octet of it may arrive.
            assertEquals(ResultCode.Inner.FAULT, call(invoke, context, machine, number, WRITABLE));
            assertEquals(0x52000, machine.register(8));
            assertArrayEquals(new byte[PAGE], inner(context, number).memory().read(0x53000, PAGE));
            assertEquals(OK, call(new Pages(), context, machine, number, 0x52, 1, 4));
            assertEquals(ResultCode.Inner.HALT, call(invoke, context, machine, number, WRITABLE));
            assertArrayEquals(
                    new byte[] {1, 2, 3, 4, 0, 0, 0, 0},
                    inner(context, number).memory().read(0x52ffc, 8));
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndVersions")
    void usesAsMuchGasAsTheInterpreterWhereverItStops(Engine engine, ProtocolVersion version) {
        for (int limit = 0; limit < 260; limit += 13) {
            assertEquals(
                    gasLeft(new InterpreterEngine(), version, limit),
                    gasLeft(engine, version, limit),
                    "limit " + limit);
        }
    }

    private static String gasLeft(Engine engine, ProtocolVersion version, long limit) {
        Invoke invoke = new Invoke(version);
        StringBuilder seen = new StringBuilder();
        try (RefineContext context = context(engine, version);
                Machine machine = TestMachines.machine(version)) {
            long number = make(context, machine, reader());
            state(machine, limit, HALT, 0, 0x50000);
            for (int stop = 0; stop < 8; stop++) {
                long answer = call(invoke, context, machine, number, WRITABLE);
                seen.append(answer)
                        .append(' ')
                        .append(slot(machine, 0))
                        .append(" at ")
                        .append(inner(context, number).pc())
                        .append('\n');
                if (answer == ResultCode.Inner.FAULT) {
                    long page = machine.register(8) >>> 12;
                    inner(context, number).memory().setAccess((int) page, 1, PageAccess.WRITE);
                }
            }
        }
        return seen.toString();
    }

    @ParameterizedTest
    @MethodSource("enginesAndVersions")
    void copiesBetweenMachinesAllOrNothing(Engine engine, ProtocolVersion version) {
        byte[] outerBlob = TestMachines.trap();
        Program program = Program.decode(outerBlob, version).orElseThrow();
        try (RefineContext context = context(engine, version);
                Machine machine = engine.newMachine(program)) {
            machine.memory().setAccess(0x20, 40, PageAccess.WRITE);
            byte[] octets = new byte[40 * PAGE];
            new Random(3).nextBytes(octets);
            machine.memory().write(READABLE, octets);
            long number = make(context, machine, outerBlob);
            assertEquals(OK, call(new Pages(), context, machine, number, 0x80, 30, 2));
            machine.memory().write(READABLE, octets);
            int size = 29 * PAGE + 77;
            long to = 0x80000 + 1234;
            assertEquals(OK, call(new Poke(), context, machine, number, READABLE + 5, to, size));
            GuestMemory memory = inner(context, number).memory();
            assertArrayEquals(Arrays.copyOfRange(octets, 5, 5 + size), memory.read(to, size));
            assertArrayEquals(new byte[1234], memory.read(0x80000, 1234));
            // One octet too many: nothing moves.
            byte[] before = memory.read(0x80000, 30 * PAGE);
            assertEquals(
                    OOB, call(new Poke(), context, machine, number, READABLE, 0x80001, 30L * PAGE));
            assertArrayEquals(before, memory.read(0x80000, 30 * PAGE));
            assertEquals(OK, call(new Peek(), context, machine, number, READABLE, to, size));
            assertArrayEquals(
                    Arrays.copyOfRange(octets, 5, 5 + size), machine.memory().read(READABLE, size));
            assertEquals(
                    OOB, call(new Peek(), context, machine, number, READABLE, 0x80001, 30L * PAGE));
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndVersions")
    void machinesOfEqualCodeShareTheirProgram(Engine engine, ProtocolVersion version) {
        ProgramCache programs = new ProgramCache(version, 1 << 20);
        byte[] blob = reader();
        Program shared = null;
        int compiled = 0;
        for (int refinement = 0; refinement < 3; refinement++) {
            try (RefineContext context = context(engine, programs);
                    Machine machine = TestMachines.machine(version)) {
                for (int count = 0; count < 10; count++) {
                    long number = make(context, machine, blob);
                    state(machine, 1000, HALT, 0, 0x50000);
                    assertEquals(
                            ResultCode.Inner.FAULT,
                            call(new Invoke(version), context, machine, number, WRITABLE));
                    Program program = inner(context, number).program();
                    if (shared == null) {
                        shared = program;
                        compiled =
                                engine instanceof JitEngine jit
                                        ? jit.compiledFunctions(program)
                                        : 0;
                        assertEquals(engine.name().equals("jit") ? 1 : 0, compiled);
                    }
                    assertSame(shared, program);
                }
                make(context, machine, TestMachines.trap());
            }
        }
        assertEquals(2, programs.innerSize());
        if (engine instanceof JitEngine jit && shared != null) {
            assertEquals(compiled, jit.compiledFunctions(shared), "compiled once");
        }
    }

    @Test
    void forgetsTheProgramsThatWereNotUsedForLong() throws InterruptedException {
        ProtocolVersion version = ProtocolVersion.V0_8_0;
        Engine engine = JitEngine.eager(new InterpreterEngine());
        ProgramCache programs = new ProgramCache(version, 4 * 5 * 1100);
        WeakReference<Program> first = new WeakReference<>(run(engine, programs, 0));
        for (int value = 1; value < 20; value++) {
            run(engine, programs, value);
        }
        assertEquals(5, programs.innerSize());
        for (int attempt = 0; attempt < 50 && first.get() != null; attempt++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(first.get(), "an evicted program and its classes stay");
    }

    private static Program run(Engine engine, ProgramCache programs, int value) {
        try (RefineContext context = context(engine, programs);
                Machine machine = TestMachines.machine(programs.version())) {
            byte[] blob = new TestAssembler().load(7, value).halt().blob();
            long number = make(context, machine, blob);
            state(machine, 1000, HALT);
            Invoke invoke = new Invoke(programs.version());
            assertEquals(ResultCode.Inner.HALT, call(invoke, context, machine, number, WRITABLE));
            assertEquals(value, slot(machine, 8));
            Program program = inner(context, number).program();
            return program;
        }
    }
}
