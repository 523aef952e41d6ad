package io.marmalade.invocation.general;

import static io.marmalade.invocation.ResultCode.WHAT;
import static io.marmalade.invocation.TestMachines.BEYOND;
import static io.marmalade.invocation.TestMachines.NOWHERE;
import static io.marmalade.invocation.TestMachines.READABLE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.invocation.CallCase;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.InvocationContext;
import io.marmalade.invocation.TestAssembler;
import io.marmalade.invocation.TestMachines;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Ω_G, grow_heap and JIP-1's log, case by case. */
class SmallCallsTest {
    private static final ProtocolConfig CONFIG = ProtocolConfig.tiny(ProtocolVersion.V0_8_0);

    private record Message(long level, Bytes target, Bytes text) {}

    private static final class Context extends InvocationContext {
        Context(HostLog log) {
            super(
                    CONFIG,
                    FetchSources.ofAccumulation(CONFIG, Hash.ZERO, List.of()),
                    log,
                    new HostLog.Source.Accumulation(1));
        }
    }

    @Test
    void answersTheGasThatIsLeft() {
        try (Machine machine = TestMachines.machine(ProtocolVersion.V0_7_2)) {
            machine.setGas(123);
            assertNull(new Gas().call(machine, ""));
            assertEquals(123, machine.register(7));
        }
    }

    private static Machine programWithHeap(int readOnly, int pages) {
        StandardProgram program =
                StandardProgram.decode(
                                new TestAssembler().trap().standard(new byte[readOnly], pages),
                                ProtocolVersion.V0_8_0)
                        .orElseThrow();
        Machine machine = new InterpreterEngine().newMachine(program.program());
        program.load(machine, new byte[0]);
        return machine;
    }

    /** Read-only octets, pages, φ₇, gas, answer or end, gas afterwards. */
    @ParameterizedTest
    @CsvSource({
        // a = 32, b = 2²⁰ − 3·16 − 4096 − 16
        "0, 0, 0, 0, 32, 0",
        "0, 3, 0, 5, 35, 5",
        "0, 3, 35, 5, 35, 5",
        "0, 3, 34, 5, 35, 5",
        "0, 3, -1, 5, 35, 5",
        "0, 3, 4294967331, 5, 35, 5",
        "0, 3, 36, 121, 36, 0",
        "0, 3, 36, 120, OutOfGas, 0",
        "0, 3, 45, 1220, 45, 10",
        "0, 3, 1044416, 200000000, 1044416, 73629899",
        "0, 3, 1044417, 200000000, 35, 200000000",
        "0, 3, 1044416, 100, OutOfGas, 0",
        // one octet read-only: the heap starts a zone later
        "1, 3, 0, 5, 51, 5",
    })
    void growsTheHeapAsFarAsPaidFor(
            int readOnly, int pages, long wanted, long gas, String answer, long left) {
        try (Machine machine = programWithHeap(readOnly, pages)) {
            machine.setGas(gas);
            machine.setRegister(7, wanted);
            long before = machine.memory().heapTop() / 4096;
            ExitReason exit = new GrowHeap(true, 275).call(machine, "");
            assertEquals(left, machine.gas());
            if (exit != null) {
                assertEquals(answer, exit.getClass().getSimpleName());
                assertEquals(before, machine.memory().heapTop() / 4096);
                return;
            }
            assertEquals(answer, Long.toString(machine.register(7)));
            long end = machine.register(7);
            assertEquals(PageAccess.NONE, machine.memory().access((int) end));
            for (long page = before; page < end; page++) {
                assertEquals(PageAccess.WRITE, machine.memory().access((int) page));
            }
            assertEquals(end, machine.memory().heapTop() / 4096);
        }
    }

    @Test
    void leavesAllGasWhereTheReleasedTextIsFollowed() {
        try (Machine machine = programWithHeap(0, 3)) {
            machine.setGas(100);
            machine.setRegister(7, 1_044_416);
            assertEquals(ExitReason.OUT_OF_GAS, new GrowHeap(false, 275).call(machine, ""));
            assertEquals(375, machine.gas());
        }
    }

    private record Said(CallCase test, List<Message> messages) {}

    @TestFactory
    Stream<DynamicTest> logs() {
        Bytes oneTwo = Bytes.of(new byte[] {1, 2});
        Bytes three = Bytes.of(new byte[] {3});
        return Stream.of(
                        new Said(
                                CallCase.answers("target", WHAT, 2, READABLE, 2, READABLE + 2, 1),
                                List.of(new Message(2, oneTwo, three))),
                        new Said(
                                CallCase.answers("no target", WHAT, -1, 0, 0, READABLE + 2, 1),
                                List.of(new Message(-1, null, three))),
                        new Said(
                                CallCase.answers("empty target", WHAT, 0, 7, 0, READABLE + 2, 1),
                                List.of(new Message(0, Bytes.EMPTY, three))),
                        new Said(
                                CallCase.answers("target at 0", WHAT, 0, 0, 1, READABLE + 2, 1),
                                List.of()),
                        new Said(
                                CallCase.answers("no message", WHAT, 0, 0, 0, NOWHERE, 0),
                                List.of(new Message(0, null, Bytes.EMPTY))),
                        new Said(
                                CallCase.answers(
                                        "target nowhere", WHAT, 0, NOWHERE, 1, READABLE, 1),
                                List.of()),
                        new Said(
                                CallCase.answers("message nowhere", WHAT, 0, 0, 0, NOWHERE, 1),
                                List.of()),
                        new Said(
                                CallCase.answers("message beyond", WHAT, 0, 0, 0, BEYOND, 1),
                                List.of()),
                        new Said(
                                CallCase.answers("message endless", WHAT, 0, 0, 0, READABLE, -1),
                                List.of()))
                .map(said ->
                        DynamicTest.dynamicTest(
                                said.test().line(),
                                () -> {
                                    List<Message> heard = new ArrayList<>();
                                    HostLog log =
                                            (source, level, target, text) ->
                                                    heard.add(new Message(level, target, text));
                                    try (Machine machine =
                                            TestMachines.machine(ProtocolVersion.V0_8_0)) {
                                        said.test().check(new Log(), machine, new Context(log));
                                    }
                                    assertEquals(said.messages(), heard);
                                }));
    }

    @Test
    void cutsWhatIsTooLongToLog() {
        List<Integer> sizes = new ArrayList<>();
        HostLog log = (source, level, target, text) -> sizes.add(text.size());
        try (Machine machine = TestMachines.machine(ProtocolVersion.V0_8_0)) {
            machine.memory().reset(0x1000, 64, PageAccess.READ);
            TestMachines.arguments(machine, 1, 0, 0, 0x100_0000, 64 * 4096);
            assertNull(new Log().call(machine, new Context(log)));
        }
        assertTrue(sizes.equals(List.of(Log.MAX_OCTETS)), sizes.toString());
    }
}
