package io.marmalade.invocation.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkResult;
import io.marmalade.codec.Encoder;
import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.TestAssembler;
import io.marmalade.invocation.TestPackages;
import io.marmalade.invocation.TestServices;
import io.marmalade.invocation.refine.RefineInvocation.Outcome;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;

/** Ψ_R, case by case, with guests that really run. */
class RefineInvocationTest {
    private static final ProtocolVersion OLD = ProtocolVersion.V0_7_2;
    private static final Bytes PAYLOAD = Bytes.of(new byte[] {1, 2, 3});
    private static final long HEAP = 0x30000;

    private final TestServices services = new TestServices().account(300, 1000, 0, 0);

    private Outcome refine(
            ProtocolVersion version, Hash code, long service, long gas, HostLimits limits) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        WorkPackage workPackage =
                TestPackages.of(
                        Hash.ZERO,
                        TestPackages.item(9, Hash.ZERO, 1, 0, Bytes.EMPTY),
                        TestPackages.item(service, code, gas, 1, PAYLOAD));
        return new RefineInvocation(
                        config,
                        new InterpreterEngine(),
                        new ProgramCache(version, 1 << 20),
                        HostLog.NONE)
                .refine(
                        services,
                        new RefineInvocation.Input(
                                1,
                                workPackage,
                                workPackage.hash(config),
                                1,
                                TestServices.text("trace"),
                                List.of(List.of(), List.of()),
                                List.of(List.of(), List.of()),
                                5),
                        limits);
    }

    private Outcome refine(ProtocolVersion version, TestAssembler program, long gas) {
        return refine(version, program, gas, HostLimits.DEFAULT);
    }

    private Outcome refine(
            ProtocolVersion version, TestAssembler program, long gas, HostLimits limits) {
        return refine(version, installed(program, new byte[1]), 300, gas, limits);
    }

    private Hash installed(TestAssembler program, byte[] readOnly) {
        return services.preimage(300, Bytes.of(program.service(readOnly, 16)), 100L);
    }

    private static Outcome failed(WorkResult.Error error, long gasUsed) {
        return new Outcome.Refined(error, List.of(), gasUsed);
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void tellsTheServiceWhatItIsAbout(ProtocolVersion version) {
        Outcome.Refined outcome =
                (Outcome.Refined) refine(version, new TestAssembler().halt(), 1000);
        ProtocolConfig config = ProtocolConfig.tiny(version);
        Hash code = installed(new TestAssembler().halt(), new byte[1]);
        WorkPackage workPackage =
                TestPackages.of(
                        Hash.ZERO,
                        TestPackages.item(9, Hash.ZERO, 1, 0, Bytes.EMPTY),
                        TestPackages.item(300, code, 1000, 1, PAYLOAD));
        byte[] expected =
                new Encoder(config)
                        .raw(new byte[] {1, 1, (byte) 0x81, 0x2c, 3, 1, 2, 3})
                        .octets(workPackage.hash(config))
                        .toArray();
        assertEquals(new WorkResult.Output(Bytes.of(expected)), outcome.result());
        assertEquals(List.of(), outcome.exports());
    }

    @Test
    void saysBadWhereServiceOrCodeWereNotThere() {
        Outcome bad = failed(WorkResult.Error.BAD_CODE, 0);
        Bytes code = Bytes.of(new TestAssembler().halt().service(new byte[0], 1));
        HostLimits limits = HostLimits.DEFAULT;
        assertEquals(bad, refine(OLD, Hash.ZERO, 300, 1000, limits));
        assertEquals(bad, refine(OLD, services.preimage(300, code), 300, 1000, limits));
        assertEquals(bad, refine(OLD, services.preimage(300, code, 101L), 300, 1000, limits));
        Hash there = services.preimage(300, code, 100L);
        assertEquals(bad, refine(OLD, there, 301, 1000, limits));
        Hash garbage = services.preimage(300, Bytes.of(new byte[] {9, 1}), 1L);
        assertEquals(bad, refine(OLD, garbage, 300, 1000, limits));
    }

    @Test
    void saysBigWhereThePreimageIsTooLong() {
        Hash fits = services.preimage(300, Bytes.of(new byte[4_000_000]), 1L);
        assertEquals(
                failed(WorkResult.Error.PANIC, 0),
                refine(OLD, fits, 300, 1000, HostLimits.DEFAULT));
        Hash big = services.preimage(300, Bytes.of(new byte[4_000_001]), 1L);
        assertEquals(
                failed(WorkResult.Error.BIG_CODE, 0),
                refine(OLD, big, 300, 1000, HostLimits.DEFAULT));
    }

    private static TestAssembler export(ProtocolVersion version) {
        return new TestAssembler()
                .load(8, 3)
                .hostCall(HostCallName.EXPORT.number(version))
                .load(2, HEAP)
                .store(7, 2, 0)
                .load(7, HEAP)
                .load(8, 1);
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void handsBackExportsWithTheOutput(ProtocolVersion version) {
        Outcome.Refined outcome = (Outcome.Refined) refine(version, export(version).halt(), 9000);
        assertEquals(new WorkResult.Output(Bytes.of(new byte[] {5})), outcome.result());
        byte[] segment = Arrays.copyOf(new byte[] {1, 1, (byte) 0x81}, 4104);
        assertEquals(List.of(Bytes.of(segment)), outcome.exports());
    }

    @Test
    void handsBackNoExportsWithAnError() {
        assertEquals(failed(WorkResult.Error.PANIC, 7 + 10), refine(OLD, export(OLD).trap(), 9000));
        TestAssembler endless = export(OLD);
        endless.fallthrough().jump(endless.here());
        assertEquals(failed(WorkResult.Error.OUT_OF_GAS, 9000), refine(OLD, endless, 9000));
        assertEquals(failed(WorkResult.Error.OUT_OF_GAS, 11), refine(OLD, export(OLD).halt(), 11));
    }

    @Test
    void saysOversizeWhereTheOutputIsTooLong() {
        assertEquals(
                failed(WorkResult.Error.OVERSIZE, 3),
                refine(
                        OLD,
                        new TestAssembler().load(7, HEAP).load(8, (48 << 10) + 1).halt(),
                        1000));
    }

    /**
     * A guest that runs a program of its own: the inner one asks its host for number 42 with 7 in
     * φ₇.
     */
    private Hash nesting(ProtocolVersion version) {
        byte[] inner = new TestAssembler().load(7, 7).hostCall(42).trap().blob();
        TestAssembler outer = new TestAssembler();
        outer.load(7, 0x10000)
                .load(8, inner.length)
                .load(9, 0)
                .hostCall(HostCallName.MACHINE.number(version))
                .load(2, HEAP)
                .load(3, 500)
                .store(3, 2, 0)
                .load(8, HEAP)
                .hostCall(HostCallName.INVOKE.number(version))
                .store(7, 2, 112)
                .store(8, 2, 120)
                .load(7, 0)
                .hostCall(HostCallName.EXPUNGE.number(version))
                .store(7, 2, 128)
                .load(7, HEAP)
                .load(8, 136)
                .halt();
        return installed(outer, inner);
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void runsAMachineInsideTheMachine(ProtocolVersion version) {
        Outcome.Refined outcome =
                (Outcome.Refined)
                        refine(version, nesting(version), 300, 100_000, HostLimits.DEFAULT);
        byte[] data = ((WorkResult.Output) outcome.result()).data().octets();
        assertEquals(7, data[8 * 8]);
        assertEquals(3, data[112]);
        assertEquals(42, data[120]);
        assertEquals(15, data[128]);
        if (version == OLD) {
            assertEquals(498, (data[0] & 0xff) | data[1] << 8);
        }
    }

    @Test
    void isRefusedOnceTheNodeSaysStop() {
        int[] asked = {0};
        Outcome stopped =
                refine(OLD, nesting(OLD), 300, 100_000, HostLimits.DEFAULT.until(() -> true));
        assertEquals(new Outcome.Refused("stopped"), stopped);
        // Asked at machine and at invoke, then before the inner machine runs.
        Outcome later =
                refine(
                        OLD,
                        nesting(OLD),
                        300,
                        100_000,
                        HostLimits.DEFAULT.until(() -> ++asked[0] > 2));
        assertEquals(new Outcome.Refused("stopped while an inner machine ran"), later);
    }

    @Test
    void isRefusedWhereTheHostHasNoRoom() {
        assertEquals(
                new Outcome.Refused("too many or too large inner machines"),
                refine(OLD, nesting(OLD), 300, 100_000, new HostLimits(0, 1 << 30, () -> false)));
    }
}
