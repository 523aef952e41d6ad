package io.marmalade.invocation.refine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HostCallTable;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.TestAssembler;
import io.marmalade.invocation.TestMachines;
import io.marmalade.invocation.TestPackages;
import io.marmalade.invocation.TestServices;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Random;

/** Calls in any order with any registers: the host neither breaks nor gives more than it has. */
class HostileGuestTest {
    private static final long MAX_OCTETS = 8 << 20;
    private static final byte[] INNER =
            new TestAssembler()
                    .fallthrough()
                    .hostCall(5)
                    .load(2, 0x40000)
                    .fetch(3, 2, 0)
                    .jump(1)
                    .blob();

    private static final long[] VALUES = {
        0,
        1,
        2,
        3,
        4,
        5,
        15,
        16,
        0x30,
        0x40,
        100,
        4096,
        4104,
        1 << 20,
        (1 << 20) - 1,
        TestMachines.READABLE,
        TestMachines.WRITABLE,
        TestMachines.WRITABLE + TestMachines.WRITABLE_SIZE,
        TestMachines.NOWHERE,
        0x40000,
        Integer.MAX_VALUE,
        1L << 31,
        (1L << 32) - 1,
        1L << 32,
        1L << 52,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -4096,
        -2,
        -1
    };

    private final Bytes payload = Bytes.of(new byte[500]);
    private final TestServices services = new TestServices().account(7, 1000, 0, 0);

    private RefineContext context(ProtocolConfig config) {
        return new RefineContext(
                config,
                FetchSources.ofRefinement(
                        config,
                        TestPackages.of(Hash.ZERO, TestPackages.item(7, Hash.ZERO, 1, 0, payload)),
                        payload,
                        0,
                        List.of(List.of(payload)),
                        List.of(List.of(payload))),
                HostLog.NONE,
                0,
                7,
                services,
                100,
                0,
                new InterpreterEngine(),
                new ProgramCache(config.version(), 1 << 20),
                new HostLimits(20, MAX_OCTETS, () -> false));
    }

    private static long value(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> TestMachines.WRITABLE + random.nextInt(TestMachines.WRITABLE_SIZE);
            case 2 -> random.nextInt(200);
            default -> VALUES[random.nextInt(VALUES.length)];
        };
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void cannotBreakTheHost(ProtocolVersion version) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ProtocolConfig config = ProtocolConfig.tiny(version);
        HostCallTable<RefineContext> table = RefineInvocation.calls(version);
        int answered = 0;
        int ended = 0;
        for (int round = 0; round < 150; round++) {
            try (RefineContext context = context(config);
                    Machine machine = TestMachines.machine(version)) {
                for (int call = 0; call < 300; call++) {
                    // An inner machine that is asked to run for long would only take time.
                    long gas = random.nextInt(4) == 0 ? random.nextInt(3000) : 2_000_000;
                    machine.memory().write(TestMachines.WRITABLE, INNER);
                    machine.memory().write(TestMachines.WRITABLE + 256, new byte[] {100, 1});
                    int number = random.nextInt(-1, 16);
                    for (int i = 7; i < 13; i++) {
                        machine.setRegister(i, value(random));
                    }
                    if (random.nextInt(3) == 0) {
                        machine.setRegister(7, TestMachines.WRITABLE);
                        machine.setRegister(8, INNER.length);
                        machine.setRegister(9, 0);
                    } else if (isInvoke(version, number)) {
                        machine.memory()
                                .write(
                                        TestMachines.WRITABLE + 256,
                                        new byte[] {100, 1, 0, 0, 0, 0, 0, 0});
                        machine.setRegister(8, TestMachines.WRITABLE + 256);
                    }
                    machine.setGas(gas);
                    String where =
                            version + ", seed " + seed + ", round " + round + ", call " + call;
                    ExitReason exit = table.call(number, machine, context);
                    assertTrue(
                            exit == null
                                    || exit == ExitReason.PANIC
                                    || exit == ExitReason.OUT_OF_GAS,
                            where);
                    assertTrue(machine.gas() >= 0 && machine.gas() <= gas, where);
                    long octets = 0;
                    for (int i = 0; i < 20; i++) {
                        InnerMachine inner = context.machines().get(i);
                        octets += inner == null ? 0 : inner.octets();
                    }
                    assertTrue(octets <= MAX_OCTETS, where);
                    if (exit == null) {
                        answered++;
                    } else {
                        ended++;
                    }
                    if (context.refusal() != null) {
                        break;
                    }
                }
            }
        }
        assertTrue(answered > 5000 && ended > 500, answered + " answered, " + ended + " ended");
    }

    private static boolean isInvoke(ProtocolVersion version, int number) {
        return number == io.marmalade.invocation.HostCallName.INVOKE.number(version);
    }
}
