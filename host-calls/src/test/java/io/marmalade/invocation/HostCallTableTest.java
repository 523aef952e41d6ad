package io.marmalade.invocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.invocation.accumulate.AccumulateCalls;
import io.marmalade.invocation.authorization.IsAuthorizedInvocation;
import io.marmalade.invocation.refine.RefineInvocation;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class HostCallTableTest {
    private static final class Context extends InvocationContext {
        Context(ProtocolConfig config) {
            super(
                    config,
                    FetchSources.ofAccumulation(config, Hash.ZERO, List.of()),
                    HostLog.NONE,
                    new HostLog.Source.Accumulation(1));
        }
    }

    private static HostCallTable<Context> table(ProtocolVersion version) {
        return HostCallTable.<Context>of(version)
                .offer(HostCallName.GAS, (m, c) -> Guest.answer(m, m.gas()))
                .offer(HostCallName.GROW_HEAP, (m, c) -> Guest.answer(m, 77))
                .offer(HostCallName.LOOKUP, (m, c) -> Guest.PANIC)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        // version, number, gas, φ₇ before, φ₇ after, gas after, end
        "0.7.2, 0, 10, 5, 0, 0, -",
        "0.7.2, 0, 25, 5, 15, 15, -",
        "0.7.2, 0, 9, 5, 5, 0, OutOfGas",
        "0.7.2, 2, 25, 5, 5, 15, Panic",
        "0.7.2, 2, 3, 5, 5, 0, OutOfGas",
        "0.7.2, 1, 25, 5, -2, 15, -",
        "0.7.2, 1, 9, 5, 5, 0, OutOfGas",
        "0.7.2, 99, 25, 5, -2, 15, -",
        "0.7.2, 4294967296, 25, 5, -2, 15, -",
        "0.7.2, -1, 25, 5, -2, 15, -",
        "0.7.2, -9223372036854775808, 10, 5, -2, 0, -",
        "0.8.0, 0, 48, 5, 0, 0, -",
        "0.8.0, 0, 47, 5, 5, 0, OutOfGas",
        "0.8.0, 1, 1000, 5, 77, 725, -",
        "0.8.0, 2, 1000, 5, -2, 0, -",
        "0.8.0, 3, 1000, 5, 5, 400, Panic",
        "0.8.0, 3, 599, 5, 5, 0, OutOfGas",
        "0.8.0, 100, 999, 5, 5, 0, OutOfGas",
        "0.8.0, 100, 1001, 5, -2, 1, -",
        "0.8.0, -1, 1000, 5, -2, 0, -",
    })
    void takesThePriceAndAnswersTheNumber(
            String version, long number, long gas, long before, long after, long left, String end) {
        ProtocolVersion parsed = ProtocolVersion.parse(version);
        try (Machine machine = TestMachines.machine(parsed)) {
            machine.setGas(gas);
            machine.setRegister(7, before);
            ExitReason exit =
                    table(parsed).call(number, machine, new Context(ProtocolConfig.tiny(parsed)));
            assertEquals(end, exit == null ? "-" : exit.getClass().getSimpleName());
            assertEquals(left, machine.gas());
            assertEquals(after, machine.register(7));
        }
    }

    @Test
    void offersWhatThePaperOffersWhere() {
        ProtocolVersion old = ProtocolVersion.V0_7_2;
        ProtocolVersion now = ProtocolVersion.V0_8_0;
        assertEquals("0 1 100", numbers(IsAuthorizedInvocation.calls(old)));
        assertEquals("0 1 2 100", numbers(IsAuthorizedInvocation.calls(now)));
        assertEquals("0 1 6 7 8 9 10 11 12 13 100", numbers(RefineInvocation.calls(old)));
        assertEquals("0 1 2 7 8 9 10 11 12 13 14 100", numbers(RefineInvocation.calls(now)));
        assertEquals(
                "0 1 2 3 4 5 14 15 16 17 18 19 20 21 22 23 24 25 26 100",
                numbers(AccumulateCalls.table(old)));
        assertEquals(
                "0 1 2 3 4 5 6 15 16 17 18 19 20 21 22 23 24 25 26 27 100",
                numbers(AccumulateCalls.table(now)));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void givesNoNumberTwice(ProtocolVersion version) {
        TreeSet<Integer> numbers = new TreeSet<>();
        int calls = 0;
        for (HostCallName name : HostCallName.values()) {
            if (name.isIn(version)) {
                numbers.add(name.number(version));
                calls++;
            }
        }
        assertEquals(calls, numbers.size());
    }

    @Test
    void refusesToOfferACallTwice() {
        HostCallTable.Builder<Context> builder = HostCallTable.of(ProtocolVersion.V0_7_2);
        builder.offer(HostCallName.GAS, (m, c) -> null);
        assertThrows(
                IllegalStateException.class, () -> builder.offer(HostCallName.GAS, (m, c) -> null));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void answersWithoutAllocating(ProtocolVersion version) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        HostCallTable<Context> table = table(version);
        Context context = new Context(ProtocolConfig.tiny(version));
        try (Machine machine = TestMachines.machine(version)) {
            long spent = 0;
            for (int round = 0; round < 3; round++) {
                machine.setGas(Long.MAX_VALUE);
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 50_000; i++) {
                    assertNullFast(table.call(0, machine, context));
                    assertNullFast(table.call(99, machine, context));
                }
                spent = threads.getCurrentThreadAllocatedBytes() - before;
            }
            // Not one octet a call; the measurement itself may cost a little.
            assertEquals(0, spent / 100_000, spent + " octets for 100,000 calls");
        }
    }

    @Test
    void endsTheRunThroughItsHandler() {
        ProtocolVersion version = ProtocolVersion.V0_7_2;
        try (Machine machine = TestMachines.machine(version)) {
            var handler = table(version).handler(new Context(ProtocolConfig.tiny(version)));
            assertNull(handler.hostCall(0, machine));
            assertSame(ExitReason.PANIC, handler.hostCall(2, machine));
        }
    }

    private static void assertNullFast(Object exit) {
        if (exit != null) {
            throw new AssertionError(exit);
        }
    }

    private static String numbers(HostCallTable<?> table) {
        return IntStream.range(0, 300)
                .filter(table::isOffered)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }
}
