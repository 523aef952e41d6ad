package io.marmalade.invocation.refine;

import static io.marmalade.invocation.ResultCode.FULL;
import static io.marmalade.invocation.ResultCode.HUH;
import static io.marmalade.invocation.ResultCode.NONE;
import static io.marmalade.invocation.ResultCode.OK;
import static io.marmalade.invocation.ResultCode.OOB;
import static io.marmalade.invocation.ResultCode.WHO;
import static io.marmalade.invocation.TestMachines.BEYOND;
import static io.marmalade.invocation.TestMachines.NOWHERE;
import static io.marmalade.invocation.TestMachines.READABLE;
import static io.marmalade.invocation.TestMachines.WRITABLE;
import static io.marmalade.invocation.TestMachines.WRITABLE_SIZE;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.invocation.CallCase;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.ResultCode;
import io.marmalade.invocation.TestAssembler;
import io.marmalade.invocation.TestMachines;
import io.marmalade.invocation.TestServices;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Ω_H, Ω_E, Ω_M, Ω_P, Ω_O, Ω_Z, Ω_K and Ω_X, case by case. */
class RefineCallsTest {
    private static final ProtocolVersion OLD = ProtocolVersion.V0_7_2;
    private static final ProtocolVersion NEW = ProtocolVersion.V0_8_0;
    private static final long INNER_READ = 0x40000;
    private static final long INNER_WRITE = 0x41000;

    private final TestServices services =
            new TestServices().account(7, 1000, 0, 0).account(8, 1000, 0, 0);

    private RefineContext context(ProtocolVersion version, int offset, HostLimits limits) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        return new RefineContext(
                config,
                FetchSources.ofAccumulation(config, Hash.ZERO, List.of()),
                HostLog.NONE,
                0,
                7,
                services,
                100,
                offset,
                new InterpreterEngine(),
                new ProgramCache(version, 1 << 20),
                limits);
    }

    private RefineContext context(ProtocolVersion version) {
        return context(version, 0, HostLimits.DEFAULT);
    }

    /**
     * A context with inner machines 0 and 1; the latter has a readable page 0x40 and a writable one
     * behind it.
     */
    private RefineContext withMachines(ProtocolVersion version) {
        RefineContext context = context(version);
        Program program = Program.decode(TestMachines.trap(), version).orElseThrow();
        context.machines().add(program, 5, 0);
        context.machines().add(program, 5, 0);
        GuestMemory memory = inner(context, 1).memory();
        memory.reset(0x40, 2, PageAccess.WRITE);
        memory.write(INNER_READ, new byte[] {21, 22, 23, 24});
        memory.write(INNER_WRITE, new byte[] {31, 32, 33, 34});
        memory.setAccess(0x40, 1, PageAccess.READ);
        return context;
    }

    private static InnerMachine inner(RefineContext context, long number) {
        InnerMachine inner = context.machines().get(number);
        assertNotNull(inner);
        return inner;
    }

    private static void run(CallCase test, HostCall<RefineContext> call, RefineContext context) {
        try (Machine machine = TestMachines.machine(context.config().version())) {
            test.check(call, machine, context);
        }
    }

    /** Runs each case in a context of its own. */
    private Stream<DynamicTest> withMachines(HostCall<RefineContext> call, CallCase... cases) {
        return Stream.of(OLD, NEW)
                .flatMap(version ->
                        Stream.of(cases)
                                .map(test ->
                                        DynamicTest.dynamicTest(
                                                version + " " + test.line(),
                                                () -> {
                                                    try (RefineContext context =
                                                            withMachines(version)) {
                                                        run(test, call, context);
                                                    }
                                                })));
    }

    private static long call(
            HostCall<RefineContext> call,
            RefineContext context,
            Machine machine,
            long... registers) {
        TestMachines.arguments(machine, registers);
        ExitReason exit = call.call(machine, context);
        assertNull(exit);
        return machine.register(7);
    }

    // historical_lookup

    @TestFactory
    Stream<DynamicTest> looksUpWhatWasThereAtTheAnchor() {
        record Case(String line, long service, boolean found, Long... history) {}
        return Stream.of(
                        new Case("[]", 7, false),
                        new Case("[x], x ≤ t", 7, true, 100L),
                        new Case("[x], x > t", 7, false, 101L),
                        new Case("[x, y], x ≤ t < y", 7, true, 50L, 101L),
                        new Case("[x, y], y ≤ t", 7, false, 50L, 100L),
                        new Case("[x, y], t < x", 7, false, 101L, 102L),
                        new Case("[x, y, z], x ≤ t < y", 7, true, 50L, 101L, 102L),
                        new Case("[x, y, z], y ≤ t < z", 7, false, 50L, 60L, 101L),
                        new Case("[x, y, z], z ≤ t", 7, true, 50L, 60L, 100L),
                        new Case("s for 2⁶⁴−1", -1, true, 1L),
                        new Case("another", 8, false, 1L),
                        new Case("a = ∅", 9, false, 1L),
                        new Case("φ₇ ≥ 2³²", BEYOND + 7, false, 1L))
                .map(test ->
                        DynamicTest.dynamicTest(
                                test.line(),
                                () -> {
                                    Bytes preimage = Bytes.of(new byte[] {1, 2, 3});
                                    Hash hash = services.preimage(7, preimage, test.history());
                                    try (RefineContext context = context(OLD);
                                            Machine machine = TestMachines.machine(OLD)) {
                                        machine.memory().write(WRITABLE, hash.octets());
                                        TestMachines.arguments(
                                                machine,
                                                test.service(),
                                                WRITABLE,
                                                WRITABLE + 100,
                                                1,
                                                9);
                                        assertNull(new HistoricalLookup().call(machine, context));
                                        assertEquals(test.found() ? 3 : NONE, machine.register(7));
                                        assertArrayEquals(
                                                test.found()
                                                        ? new byte[] {2, 3, (byte) 0xee}
                                                        : new byte[] {
                                                            (byte) 0xee, (byte) 0xee, (byte) 0xee
                                                        },
                                                machine.memory().read(WRITABLE + 100, 3));
                                    }
                                }));
    }

    @Test
    void ignoresAPreimageWhoseRequestHasAnotherLength() {
        Hash hash = services.preimage(7, Bytes.of(new byte[] {1, 2, 3}));
        try (RefineContext context = context(OLD);
                Machine machine = TestMachines.machine(OLD)) {
            machine.memory().write(WRITABLE, hash.octets());
            assertEquals(
                    NONE,
                    call(new HistoricalLookup(), context, machine, 7, WRITABLE, WRITABLE, 0, 9));
        }
    }

    @TestFactory
    Stream<DynamicTest> checksMemoryOfHistoricalLookups() {
        return withMachines(
                new HistoricalLookup(),
                CallCase.panics("h not readable", 7, NOWHERE, WRITABLE, 0, 1),
                CallCase.panics("h not readable before a = ∅", 9, NOWHERE, WRITABLE, 0, 1),
                CallCase.panics("h beyond memory", 7, -32, WRITABLE, 0, 1),
                CallCase.answers("∅ before o", NONE, 7, READABLE, NOWHERE, 0, 1));
    }

    @Test
    void panicsWhereAHistoricalPreimageCannotBeWritten() {
        Hash hash = services.preimage(7, Bytes.of(new byte[] {1, 2, 3}), 1L);
        try (RefineContext context = context(OLD);
                Machine machine = TestMachines.machine(OLD)) {
            machine.memory().write(WRITABLE, hash.octets());
            TestMachines.arguments(machine, 7, WRITABLE, READABLE, 0, 9);
            assertSame(ExitReason.PANIC, new HistoricalLookup().call(machine, context));
        }
    }

    // export

    @Test
    void exportsSegmentsFilledUpWithZeroes() {
        try (RefineContext context = context(OLD, 5, HostLimits.DEFAULT)) {
            run(CallCase.answers("ς + |e|", 5, READABLE, 3), new Export(), context);
            run(CallCase.answers("ς + |e|", 6, READABLE, -1), new Export(), context);
            run(CallCase.answers("z = 0", 7, NOWHERE, 0), new Export(), context);
            byte[] first = new byte[4104];
            first[0] = 1;
            first[1] = 2;
            first[2] = 3;
            byte[] second = new byte[4104];
            for (int i = 0; i < second.length; i++) {
                second[i] = (byte) (i + 1);
            }
            assertEquals(
                    List.of(Bytes.of(first), Bytes.of(second), Bytes.of(new byte[4104])),
                    context.exports());
        }
    }

    @Test
    void exportsUpToTheBoundOfThePackage() {
        try (RefineContext context = context(OLD, 3071, HostLimits.DEFAULT)) {
            run(CallCase.answers("below W_X", 3071, READABLE, 1), new Export(), context);
            run(CallCase.panics("∇ before FULL", NOWHERE, 1), new Export(), context);
            run(CallCase.answers("ς + |e| ≥ W_X", FULL, READABLE, 1), new Export(), context);
            assertEquals(1, context.exports().size());
        }
    }

    @TestFactory
    Stream<DynamicTest> checksMemoryOfExports() {
        return withMachines(
                new Export(),
                CallCase.panics("not readable", NOWHERE, 1),
                CallCase.panics("end not readable", READABLE + 8192 - 4103, -1),
                CallCase.answers("end readable", 0, READABLE + 8192 - 4104, 4104),
                CallCase.panics("beyond memory", BEYOND, 1));
    }

    // machine

    private static byte[] invalidBlob() {
        byte[] blob = TestMachines.trap();
        return Arrays.copyOf(blob, blob.length - 1);
    }

    private static long make(RefineContext context, Machine machine, byte[] blob, long pc) {
        machine.memory().write(WRITABLE, blob);
        return call(
                new MakeMachine(context.config().version()),
                context,
                machine,
                WRITABLE,
                blob.length,
                pc);
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void numbersMachinesByTheLowestThatIsFree(ProtocolVersion version) {
        try (RefineContext context = context(version);
                Machine machine = TestMachines.machine(version)) {
            assertEquals(0, make(context, machine, TestMachines.trap(), 0));
            assertEquals(1, make(context, machine, TestMachines.trap(), 0));
            assertEquals(2, make(context, machine, TestMachines.trap(), 0));
            assertEquals(0, call(new Expunge(), context, machine, 1));
            assertEquals(WHO, call(new Expunge(), context, machine, 1));
            assertEquals(1, make(context, machine, TestMachines.trap(), 0));
            assertEquals(3, make(context, machine, TestMachines.trap(), 0));
            assertEquals(0, call(new Expunge(), context, machine, 0));
            assertEquals(HUH, make(context, machine, invalidBlob(), 0));
            assertEquals(HUH, make(context, machine, new byte[0], 0));
            assertEquals(3, context.machines().count());
            assertEquals(0, make(context, machine, TestMachines.trap(), 0));
        }
    }

    @TestFactory
    Stream<DynamicTest> checksMemoryOfPrograms() {
        return Stream.of(OLD, NEW)
                .flatMap(version ->
                        withMachines(
                                new MakeMachine(version),
                                CallCase.panics("not readable", NOWHERE, 5, 0),
                                CallCase.panics("end not readable", READABLE, 8193, 0),
                                CallCase.panics("too long", READABLE, -1, 0),
                                CallCase.panics("of 2³²", 0, BEYOND, 0),
                                CallCase.answers("deblob = ∇", HUH, NOWHERE, 0, 0),
                                CallCase.answers("deblob = ∇", HUH, READABLE, 100, 0)));
    }

    @Test
    void takesAnyCounterUnder072AndGivesItBack() {
        try (RefineContext context = context(OLD);
                Machine machine = TestMachines.machine(OLD)) {
            for (long pc : new long[] {1, 0xffff_ffffL, BEYOND, -1}) {
                assertEquals(0, make(context, machine, TestMachines.trap(), pc));
                assertEquals(pc, call(new Expunge(), context, machine, 0));
            }
        }
    }

    @Test
    void validatesTheProgramAndTheCounterSince080() {
        TestAssembler program = new TestAssembler().load(1, 5);
        int trap = program.here();
        byte[] blob = program.trap().blob();
        byte[] open = new TestAssembler().trap().load(1, 5).blob();
        try (RefineContext context = context(NEW);
                Machine machine = TestMachines.machine(NEW)) {
            assertEquals(0, make(context, machine, blob, trap));
            assertEquals(HUH, make(context, machine, blob, 1));
            assertEquals(HUH, make(context, machine, blob, trap + 1));
            assertEquals(HUH, make(context, machine, blob, BEYOND));
            assertEquals(HUH, make(context, machine, open, 0));
            assertEquals(1, make(context, machine, blob, 0));
        }
    }

    @Test
    void isFullAt63MachinesSince080BeforeItReads() {
        try (RefineContext context = context(NEW);
                Machine machine = TestMachines.machine(NEW)) {
            for (int i = 0; i < 63; i++) {
                assertEquals(i, make(context, machine, TestMachines.trap(), 0));
            }
            assertEquals(FULL, make(context, machine, invalidBlob(), 0));
            assertEquals(FULL, call(new MakeMachine(NEW), context, machine, NOWHERE, 5, 0));
            call(new Expunge(), context, machine, 40);
            assertEquals(40, make(context, machine, TestMachines.trap(), 0));
        }
    }

    @Test
    void refusesMoreMachinesThanTheHostTakesUnder072() {
        HostLimits limits = new HostLimits(2, 1 << 20, () -> false);
        try (RefineContext context = context(OLD, 0, limits);
                Machine machine = TestMachines.machine(OLD)) {
            assertEquals(0, make(context, machine, TestMachines.trap(), 0));
            assertEquals(1, make(context, machine, TestMachines.trap(), 0));
            assertNull(context.refusal());
            TestMachines.arguments(machine, WRITABLE, TestMachines.trap().length, 0);
            assertSame(ExitReason.PANIC, new MakeMachine(OLD).call(machine, context));
            assertEquals("too many or too large inner machines", context.refusal());
        }
    }

    @Test
    void refusesLargerProgramsThanTheHostTakes() {
        HostLimits limits = new HostLimits(10, 8000, () -> false);
        try (RefineContext context = context(OLD, 0, limits);
                Machine machine = TestMachines.machine(OLD)) {
            TestMachines.arguments(machine, WRITABLE, 1000, 0);
            assertNull(new MakeMachine(OLD).call(machine, context));
            TestMachines.arguments(machine, WRITABLE, 1001, 0);
            assertSame(ExitReason.PANIC, new MakeMachine(OLD).call(machine, context));
            assertNotNull(context.refusal());
        }
    }

    // peek, poke

    @TestFactory
    Stream<DynamicTest> peeks() {
        return withMachines(
                new Peek(),
                CallCase.answers("OK", OK, 1, WRITABLE, INNER_READ, 4)
                        .writing(new byte[] {21, 22, 23, 24}),
                CallCase.answers("writable is readable", OK, 1, WRITABLE, INNER_WRITE, 2)
                        .writing(new byte[] {31, 32}),
                CallCase.answers("z = 0", OK, 1, NOWHERE, NOWHERE, 0),
                CallCase.panics("o not writable", 1, READABLE, INNER_READ, 4),
                CallCase.panics("o not writable before WHO", 5, READABLE, INNER_READ, 4),
                CallCase.panics("o + z too long", 1, WRITABLE, INNER_READ, -1),
                CallCase.answers("WHO", WHO, 2, WRITABLE, INNER_READ, 4),
                CallCase.answers("WHO: n = 2⁶⁴−1", WHO, -1, WRITABLE, INNER_READ, 4),
                CallCase.answers("WHO: n = 2³² + 1", WHO, BEYOND + 1, WRITABLE, INNER_READ, 4),
                CallCase.answers("WHO before OOB", WHO, 2, WRITABLE, 0, 4),
                CallCase.answers("OOB", OOB, 1, WRITABLE, INNER_READ - 1, 4),
                CallCase.answers("OOB: nothing mapped", OOB, 0, WRITABLE, INNER_READ, 4),
                CallCase.answers("OOB: end", OOB, 1, WRITABLE, INNER_READ + 8190, 4),
                CallCase.answers("OOB: s wraps around", OOB, 1, WRITABLE, -2, 4));
    }

    @TestFactory
    Stream<DynamicTest> pokes() {
        return withMachines(
                new Poke(),
                CallCase.answers("OK", OK, 1, READABLE, INNER_WRITE, 4),
                CallCase.answers("z = 0", OK, 1, NOWHERE, NOWHERE, 0),
                CallCase.panics("s not readable", 1, NOWHERE, INNER_WRITE, 4),
                CallCase.panics("s not readable before WHO", 5, NOWHERE, INNER_WRITE, 4),
                CallCase.panics("s + z too long", 1, READABLE, INNER_WRITE, -1),
                CallCase.answers("WHO", WHO, 2, READABLE, INNER_WRITE, 4),
                CallCase.answers("WHO: n = 2⁶⁴−1", WHO, -1, READABLE, INNER_WRITE, 4),
                CallCase.answers("WHO before OOB", WHO, 2, READABLE, 0, 4),
                CallCase.answers("OOB: read-only", OOB, 1, READABLE, INNER_READ, 4),
                CallCase.answers("OOB: nothing mapped", OOB, 0, READABLE, INNER_WRITE, 4),
                CallCase.answers("OOB: end", OOB, 1, READABLE, INNER_WRITE + 4093, 4),
                CallCase.answers("OOB: o beyond", OOB, 1, READABLE, BEYOND, 4));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void pokesWhatItPeeks(ProtocolVersion version) {
        int size = 3 * (64 << 10) + 5;
        try (RefineContext context = withMachines(version);
                Machine machine = TestMachines.machine(version)) {
            GuestMemory outer = machine.memory();
            outer.reset(0x1000, 100, PageAccess.WRITE);
            byte[] data = new byte[size];
            for (int i = 0; i < size; i++) {
                data[i] = (byte) (i * 31 + (i >> 8) + (i >> 16) * 7);
            }
            outer.write(0x100_0007, data);
            assertEquals(OK, call(new Pages(), context, machine, 0, 100, 60, 2));
            assertEquals(
                    OK, call(new Poke(), context, machine, 0, 0x100_0007, 100 * 4096 + 3, size));
            assertArrayEquals(data, inner(context, 0).memory().read(100 * 4096 + 3, size));
            assertEquals(
                    OK, call(new Peek(), context, machine, 0, 0x100_0009, 100 * 4096 + 3, size));
            assertArrayEquals(data, outer.read(0x100_0009, size));
        }
    }

    // pages

    @TestFactory
    Stream<DynamicTest> setsAccessToPages() {
        return withMachines(
                new Pages(),
                CallCase.answers("WHO", WHO, 2, 0x40, 1, 1),
                CallCase.answers("WHO before HUH", WHO, 2, 0, 1, 9),
                CallCase.answers("r > 4", HUH, 1, 0x40, 1, 5),
                CallCase.answers("r = 2⁶⁴−1", HUH, 1, 0x40, 1, -1),
                CallCase.answers("p < 16", HUH, 1, 15, 1, 1),
                CallCase.answers("p = 16", OK, 1, 16, 1, 1),
                CallCase.answers("p = 2⁶³", HUH, 1, Long.MIN_VALUE, 1, 1),
                CallCase.answers("p + c = 2²⁰", HUH, 1, (1 << 20) - 1, 1, 1),
                CallCase.answers("p + c = 2²⁰ − 1", OK, 1, (1 << 20) - 2, 1, 1),
                CallCase.answers("p = 2²⁰, c = 0", HUH, 1, 1 << 20, 0, 1),
                CallCase.answers("c = 2²⁰", HUH, 1, 16, 1 << 20, 1),
                CallCase.answers("p + c wraps around", HUH, 1, 16, -8, 1),
                CallCase.answers("c = 0", OK, 1, 16, 0, 1),
                CallCase.answers("r > 2 ∧ ∅ ∈ A: before", HUH, 1, 0x3f, 2, 3),
                CallCase.answers("r > 2 ∧ ∅ ∈ A: behind", HUH, 1, 0x41, 2, 4),
                CallCase.answers("r > 2, c = 0", OK, 1, 0x30, 0, 3),
                CallCase.answers("r ≤ 2, ∅ ∈ A", OK, 1, 0x3f, 2, 1));
    }

    /** Mode, access of the two pages afterwards, whether contents are kept. */
    @ParameterizedTest
    @CsvSource({
        "0, NONE, false",
        "1, READ, false",
        "2, WRITE, false",
        "3, READ, true",
        "4, WRITE, true"
    })
    void clearsOrKeepsPages(int mode, PageAccess access, boolean kept) {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            try (RefineContext context = withMachines(version);
                    Machine machine = TestMachines.machine(version)) {
                assertEquals(OK, call(new Pages(), context, machine, 1, 0x40, 2, mode));
                GuestMemory memory = inner(context, 1).memory();
                assertEquals(PageAccess.NONE, memory.access(0x3f));
                assertEquals(access, memory.access(0x40));
                assertEquals(access, memory.access(0x41));
                assertEquals(PageAccess.NONE, memory.access(0x42));
                assertEquals(kept ? 21 : 0, memory.read(INNER_READ, 1)[0]);
                assertEquals(kept ? 31 : 0, memory.read(INNER_WRITE, 1)[0]);
            }
        }
    }

    @Test
    void refusesMoreMemoryThanTheHostTakes() {
        HostLimits limits = new HostLimits(10, 100 * 4096, () -> false);
        try (RefineContext context = context(OLD, 0, limits);
                Machine machine = TestMachines.machine(OLD)) {
            Program program = Program.decode(TestMachines.trap(), OLD).orElseThrow();
            context.machines().add(program, 0, 0);
            context.machines().add(program, 0, 0);
            assertEquals(OK, call(new Pages(), context, machine, 0, 16, 60, 2));
            assertEquals(OK, call(new Pages(), context, machine, 1, 16, 40, 2));
            // What is mapped already costs nothing more.
            assertEquals(OK, call(new Pages(), context, machine, 0, 16, 60, 1));
            assertEquals(OK, call(new Pages(), context, machine, 1, 16, 1, 0));
            assertEquals(OK, call(new Pages(), context, machine, 0, 70, 7, 2));
            assertNull(context.refusal());
            TestMachines.arguments(machine, 1, 16, 2, 1);
            assertEquals(OK, call(new Expunge(), context, machine, 1));
            assertEquals(OK, call(new Pages(), context, machine, 0, 100, 39, 1));
            TestMachines.arguments(machine, 0, 200, 1, 1);
            assertSame(ExitReason.PANIC, new Pages().call(machine, context));
            assertEquals("inner machines map too much memory", context.refusal());
        }
    }

    // invoke, expunge

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

    private static long add(RefineContext context, TestAssembler program, long pc) {
        byte[] blob = program.blob();
        return context.machines()
                .add(
                        Program.decode(blob, context.config().version()).orElseThrow(),
                        blob.length,
                        pc);
    }

    @TestFactory
    Stream<DynamicTest> checksMemoryAndNumberBeforeItInvokes() {
        return withMachines(
                new Invoke(OLD),
                CallCase.panics("o not writable", 1, READABLE),
                CallCase.panics("o not writable before WHO", 9, READABLE),
                CallCase.panics("end not writable", 1, WRITABLE + WRITABLE_SIZE - 111),
                CallCase.panics("o beyond memory", 1, BEYOND),
                CallCase.answers("WHO", WHO, 2, WRITABLE),
                CallCase.answers("WHO: n = 2⁶⁴−1", WHO, -1, WRITABLE + WRITABLE_SIZE - 112));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void runsUntilTheProgramStops(ProtocolVersion version) {
        TestAssembler program = new TestAssembler();
        program.load(3, 77).hostCall(300).fetch(4, 2, 8).store(4, 2, 0).halt();
        Invoke invoke = new Invoke(version);
        try (RefineContext context = context(version);
                Machine machine = TestMachines.machine(version)) {
            long number = add(context, program, 0);
            InnerMachine inner = inner(context, number);
            // HOST: registers are written back, the counter stands behind.
            state(machine, 1000, StandardHalt.ADDRESS, 1, 0x50000);
            assertEquals(ResultCode.Inner.HOST, call(invoke, context, machine, number, WRITABLE));
            assertEquals(300, machine.register(8));
            assertEquals(0x50000, slot(machine, 3));
            assertEquals(77, slot(machine, 4));
            assertEquals(15, inner.pc());
            // FAULT: the page that is missing; the counter stays.
            machine.setRegister(8, WRITABLE);
            assertEquals(ResultCode.Inner.FAULT, call(invoke, context, machine, number, WRITABLE));
            assertEquals(0x50000, machine.register(8));
            assertEquals(15, inner.pc());
            // FAULT again where it may only read.
            assertEquals(OK, call(new Pages(), context, machine, number, 0x50, 1, 1));
            assertEquals(ResultCode.Inner.FAULT, call(invoke, context, machine, number, WRITABLE));
            assertEquals(0x50000, machine.register(8));
            assertEquals(21, inner.pc());
            // HALT: the counter is 0; φ₈ stays.
            assertEquals(OK, call(new Pages(), context, machine, number, 0x50, 1, 4));
            assertEquals(ResultCode.Inner.HALT, call(invoke, context, machine, number, WRITABLE));
            assertEquals(WRITABLE, machine.register(8));
            assertEquals(0, inner.pc());
            assertEquals(0, call(new Expunge(), context, machine, number));
        }
    }

    /** Where a program that ends regularly jumps to. */
    private static final class StandardHalt {
        static final long ADDRESS = 0xffff_0000L;
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void tellsPanicsAndWantOfGas(ProtocolVersion version) {
        TestAssembler program = new TestAssembler();
        int start = program.fallthrough().here();
        program.load(5, 9).jump(start).trap();
        int trap = program.here() - 1;
        Invoke invoke = new Invoke(version);
        try (RefineContext context = context(version);
                Machine machine = TestMachines.machine(version)) {
            long loop = add(context, program, start);
            state(machine, 0);
            assertEquals(ResultCode.Inner.OOG, call(invoke, context, machine, loop, WRITABLE));
            assertEquals(WRITABLE, machine.register(8));
            assertEquals(0, slot(machine, 0));
            assertEquals(start, inner(context, loop).pc());
            state(machine, 101);
            assertEquals(ResultCode.Inner.OOG, call(invoke, context, machine, loop, WRITABLE));
            assertEquals(9, slot(machine, 6));
            if (version == OLD) {
                assertEquals(0, slot(machine, 0));
                assertEquals(start + 10, inner(context, loop).pc());
            } else {
                assertEquals(start, inner(context, loop).pc());
            }
            long panics = add(context, program, trap);
            state(machine, 101);
            assertEquals(ResultCode.Inner.PANIC, call(invoke, context, machine, panics, WRITABLE));
            assertEquals(0, inner(context, panics).pc());
            assertEquals(0, call(new Expunge(), context, machine, panics));
        }
    }

    @Test
    void runsBeyondAnyCodeIntoAPanicUnder072() {
        Invoke invoke = new Invoke(OLD);
        try (RefineContext context = context(OLD);
                Machine machine = TestMachines.machine(OLD)) {
            for (long pc : new long[] {1, 0xffff_ffffL, BEYOND, -1}) {
                long number = add(context, new TestAssembler().trap(), pc);
                state(machine, 0);
                assertEquals(
                        ResultCode.Inner.OOG, call(invoke, context, machine, number, WRITABLE));
                assertEquals(pc, inner(context, number).pc());
                state(machine, 10);
                assertEquals(
                        ResultCode.Inner.PANIC, call(invoke, context, machine, number, WRITABLE));
                assertEquals(9, slot(machine, 0));
                assertEquals(0, call(new Expunge(), context, machine, number));
            }
        }
    }

    @Test
    void takesInnerGasUnsignedAndUnpaidUnder072() {
        Invoke invoke = new Invoke(OLD);
        try (RefineContext context = context(OLD);
                Machine machine = TestMachines.machine(OLD)) {
            long number = add(context, new TestAssembler().fallthrough().trap(), 0);
            machine.setGas(5);
            state(machine, -1);
            assertEquals(ResultCode.Inner.PANIC, call(invoke, context, machine, number, WRITABLE));
            assertEquals(-3, slot(machine, 0));
            assertEquals(5, machine.gas());
        }
    }

    @Test
    void chargesInnerGasAndGivesTheRestBackSince080() {
        Invoke invoke = new Invoke(NEW);
        try (RefineContext context = context(NEW);
                Machine machine = TestMachines.machine(NEW)) {
            long number = add(context, new TestAssembler().load(3, 4).trap(), 0);
            machine.setGas(1000);
            state(machine, 1000);
            assertEquals(ResultCode.Inner.PANIC, call(invoke, context, machine, number, WRITABLE));
            assertEquals(slot(machine, 0), machine.gas());
            assertEquals(true, machine.gas() > 0 && machine.gas() < 1000);
            // WHO keeps all of it.
            machine.setGas(1000);
            state(machine, 400);
            assertEquals(WHO, call(invoke, context, machine, 7, WRITABLE));
            assertEquals(600, machine.gas());
            // More than there is, even where nothing would run, ends the run.
            for (long asked : new long[] {601, Long.MAX_VALUE, -1}) {
                machine.setGas(600);
                state(machine, asked);
                TestMachines.arguments(machine, 7, WRITABLE);
                assertSame(ExitReason.OUT_OF_GAS, invoke.call(machine, context));
                assertEquals(0, machine.gas());
            }
        }
    }

    @Test
    void panicsSince080WithTheFixedPriceAlone() {
        try (RefineContext context = context(NEW);
                Machine machine = TestMachines.machine(NEW)) {
            machine.setGas(1000);
            TestMachines.arguments(machine, 7, READABLE);
            assertSame(ExitReason.PANIC, RefineInvocation.calls(NEW).call(13, machine, context));
            assertEquals(32, machine.gas());
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void runsInSlicesAsInOneGo(ProtocolVersion version) {
        long gas = HostLimits.GAS_BETWEEN_ASKING * 2 + 12_345;
        TestAssembler loop = new TestAssembler().fallthrough().load(5, 9).load(6, 1).jump(1);
        try (RefineContext context = context(version);
                Machine machine = TestMachines.machine(version);
                Machine whole =
                        new InterpreterEngine()
                                .newMachine(Program.decode(loop.blob(), version).orElseThrow())) {
            machine.setGas(Long.MAX_VALUE / 2);
            whole.setGas(gas);
            assertSame(ExitReason.OUT_OF_GAS, whole.run());
            long number = add(context, loop, 0);
            state(machine, gas);
            assertEquals(
                    ResultCode.Inner.OOG,
                    call(new Invoke(version), context, machine, number, WRITABLE));
            assertEquals(whole.gas(), slot(machine, 0));
            assertEquals(whole.pc(), inner(context, number).pc());
        }
    }

    @Test
    void stopsAnInnerMachineThatRunsForEver() {
        int[] asked = {0};
        HostLimits limits = HostLimits.DEFAULT.until(() -> ++asked[0] > 2);
        TestAssembler loop = new TestAssembler().fallthrough().jump(1);
        try (RefineContext context = context(OLD, 0, limits);
                Machine machine = TestMachines.machine(OLD)) {
            long number = add(context, loop, 0);
            state(machine, -1);
            TestMachines.arguments(machine, number, WRITABLE);
            assertSame(ExitReason.PANIC, new Invoke(OLD).call(machine, context));
            assertEquals("stopped while an inner machine ran", context.refusal());
            assertEquals(3, asked[0]);
        }
    }

    /**
     * A block is paid once, however often the machine stops in it; [Q] one that halted begins
     * unpaid.
     */
    @Test
    void paysABlockOnceSince080() {
        TestAssembler program = new TestAssembler();
        program.load(3, 77).hostCall(300).fetch(4, 2, 0).halt();
        Invoke invoke = new Invoke(NEW);
        try (RefineContext context = context(NEW);
                Machine machine = TestMachines.machine(NEW)) {
            long number = add(context, program, 0);
            state(machine, 1000, StandardHalt.ADDRESS, 1, 0x50000);
            assertEquals(ResultCode.Inner.HOST, call(invoke, context, machine, number, WRITABLE));
            long left = slot(machine, 0);
            assertEquals(true, left < 1000);
            machine.setRegister(8, WRITABLE);
            assertEquals(ResultCode.Inner.FAULT, call(invoke, context, machine, number, WRITABLE));
            assertEquals(left, slot(machine, 0));
            assertEquals(OK, call(new Pages(), context, machine, number, 0x50, 1, 1));
            assertEquals(ResultCode.Inner.HALT, call(invoke, context, machine, number, WRITABLE));
            assertEquals(left, slot(machine, 0));
            state(machine, 0, StandardHalt.ADDRESS, 1, 0x50000);
            assertEquals(ResultCode.Inner.HOST, call(invoke, context, machine, number, WRITABLE));
            assertEquals(0, slot(machine, 0));
        }
    }

    @TestFactory
    Stream<DynamicTest> expunges() {
        return withMachines(
                new Expunge(),
                CallCase.answers("𝐦[n] counter", 0, 1),
                CallCase.answers("WHO", WHO, 2),
                CallCase.answers("WHO: n = 2⁶⁴−1", WHO, -1),
                CallCase.answers("WHO: n = 2³²", WHO, BEYOND));
    }
}
