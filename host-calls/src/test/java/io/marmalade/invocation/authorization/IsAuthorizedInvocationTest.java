package io.marmalade.invocation.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkResult;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.TestAssembler;
import io.marmalade.invocation.TestPackages;
import io.marmalade.invocation.TestServices;
import io.marmalade.invocation.authorization.IsAuthorizedInvocation.Authorization;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

/** Ψ_I, case by case. */
class IsAuthorizedInvocationTest {
    private final TestServices services = new TestServices().account(1, 1000, 0, 0);
    private final List<String> heard = new ArrayList<>();

    private Authorization authorize(ProtocolVersion version, Bytes code, Long... history) {
        return authorize(version, services.preimage(1, code, history));
    }

    private Authorization authorize(ProtocolVersion version, Hash hash) {
        WorkPackage workPackage =
                TestPackages.of(hash, TestPackages.item(2, Hash.ZERO, 9, 0, Bytes.EMPTY));
        return new IsAuthorizedInvocation(
                        ProtocolConfig.tiny(version),
                        new InterpreterEngine(),
                        new ProgramCache(version, 1 << 20),
                        (source, level, target, message) -> heard.add(source + " " + message))
                .authorize(services, workPackage, 0x0102);
    }

    private static Bytes code(TestAssembler program) {
        return Bytes.of(program.service(new byte[60_000], 1));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void tellsTheAuthorizerItsCoreAndHandsItsTraceBack(ProtocolVersion version) {
        Authorization said = authorize(version, code(new TestAssembler().halt()), 1L);
        assertEquals(new WorkResult.Output(Bytes.of(new byte[] {2, 1})), said.trace());
        assertEquals(true, said.gasUsed() > 0 && said.gasUsed() < 100);
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void letsTheAuthorizerFetchItsConfiguration(ProtocolVersion version) {
        int fetch = version == ProtocolVersion.V0_7_2 ? 1 : 2;
        TestAssembler program =
                new TestAssembler()
                        .load(7, 0x30000)
                        .load(8, 0)
                        .load(9, 100)
                        .load(10, 8)
                        .hostCall(fetch)
                        .move(8, 7)
                        .load(7, 0x30000)
                        .halt();
        assertEquals(
                new WorkResult.Output(TestServices.text("configuration")),
                authorize(version, code(program), 1L).trace());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void hearsTheAuthorizer(ProtocolVersion version) {
        TestAssembler program =
                new TestAssembler()
                        .load(7, 1)
                        .load(8, 0)
                        .load(9, 0)
                        .load(10, 0x10000)
                        .load(11, 2)
                        .hostCall(100)
                        .trap();
        authorize(version, code(program), 1L);
        assertEquals(List.of(new HostLog.Source.Authorizer(0x0102) + " 0x0000"), heard);
    }

    @Test
    void saysBadWhereTheCodeWasNotThere() {
        Authorization bad = new Authorization(WorkResult.Error.BAD_CODE, 0);
        ProtocolVersion version = ProtocolVersion.V0_7_2;
        Bytes code = code(new TestAssembler().halt());
        assertEquals(bad, authorize(version, Hash.ZERO));
        assertEquals(bad, authorize(version, code));
        assertEquals(bad, authorize(version, code, 101L));
        assertEquals(bad, authorize(version, code, 1L, 100L));
        assertEquals(bad, authorize(version, Bytes.of(new byte[] {5, 1}), 1L));
    }

    @Test
    void saysBigWhereTheCodeWithoutMetadataIsTooLong() {
        ProtocolVersion version = ProtocolVersion.V0_7_2;
        byte[] fits = new byte[64_001];
        assertEquals(
                new Authorization(WorkResult.Error.PANIC, 0),
                authorize(version, Bytes.of(fits), 1L));
        assertEquals(
                new Authorization(WorkResult.Error.BIG_CODE, 0),
                authorize(version, Bytes.of(new byte[64_002]), 1L));
        byte[] metadata = new byte[64_100];
        metadata[0] = 100;
        assertEquals(
                new Authorization(WorkResult.Error.PANIC, 0),
                authorize(version, Bytes.of(metadata), 1L));
    }

    @Test
    void tellsHowTheAuthorizerFailed() {
        ProtocolVersion version = ProtocolVersion.V0_7_2;
        assertEquals(
                new Authorization(WorkResult.Error.PANIC, 1),
                authorize(version, code(new TestAssembler().trap()), 1L));
        assertEquals(
                new Authorization(WorkResult.Error.OUT_OF_GAS, 50_000_000),
                authorize(version, code(new TestAssembler().fallthrough().jump(1)), 1L));
        assertEquals(
                new Authorization(WorkResult.Error.OVERSIZE, 3),
                authorize(
                        version,
                        code(new TestAssembler().load(7, 0x10000).load(8, (48 << 10) + 1).halt()),
                        1L));
        Authorization longest =
                authorize(
                        version,
                        code(new TestAssembler().load(7, 0x10000).load(8, 48 << 10).halt()),
                        1L);
        assertEquals(48 << 10, ((WorkResult.Output) longest.trace()).data().size());
    }
}
