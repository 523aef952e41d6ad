package io.marmalade.invocation.accumulate;

import static io.marmalade.invocation.accumulate.Scene.ENTROPY;
import static io.marmalade.invocation.accumulate.Scene.NOW;
import static io.marmalade.invocation.accumulate.Scene.OTHER;
import static io.marmalade.invocation.accumulate.Scene.SELF;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.Memo;
import io.marmalade.block.AccumulationInput;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.TestAssembler;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.StateKeys;
import io.marmalade.state.ValidatorSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;

/** Ψ_A with small programs. */
class PvmAccumulateInvocationTest {
    private static final long GAS = 100_000;
    private static final long BALANCE = 1_000_000;
    private static final int READ_ONLY = 0x10000;

    private static final byte[] CONSTANTS = new byte[256];

    static {
        for (int i = 0; i < CONSTANTS.length; i++) {
            CONSTANTS[i] = (byte) (i + 1);
        }
    }

    private static final List<AccumulationInput> INPUTS =
            List.of(
                    new DeferredTransfer(OTHER, SELF, 5, Memo.ZERO, 50),
                    new DeferredTransfer(OTHER, SELF, 7, Memo.ZERO, 50));

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void tellsTheServiceTimeIndexAndNumberOfInputs(ProtocolVersion version) {
        AccumulateResult result =
                run(
                        version,
                        entry().move(9, 7)
                                .move(10, 8)
                                .hostCall(HostCallName.WRITE.number(version))
                                .halt());
        Bytes arguments =
                Bytes.of(
                        new Encoder(new Scene(version).config)
                                .natural(NOW)
                                .natural(SELF)
                                .natural(2)
                                .toArray());
        assertEquals(arguments, result.services().value(StateKeys.storage(SELF, arguments)));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void yieldsAReturnedHashBeforeAYieldedOne(ProtocolVersion version) {
        Hash yielded = constant(1);
        AccumulateResult returned =
                run(version, yielding(entry(), version).load(7, READ_ONLY).load(8, 32).halt());
        assertEquals(constant(0), returned.output());
        for (int size : new int[] {0, 31, 33, 256}) {
            AccumulateResult other =
                    run(
                            version,
                            yielding(entry(), version).load(7, READ_ONLY).load(8, size).halt());
            assertEquals(yielded, other.output());
        }
        assertNull(run(version, entry().load(8, 0).halt()).output());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void keepsOnlyWhatWasCheckpointedAfterAPanic(ProtocolVersion version) {
        TestAssembler code = transfer(yielding(entry(), version), version, 100);
        code.hostCall(HostCallName.CHECKPOINT.number(version));
        AccumulateResult result = run(version, transfer(code, version, 1000).trap());
        assertEquals(BALANCE + 12 - 100, balance(result, SELF));
        assertEquals(List.of(100L), amounts(result));
        assertEquals(constant(1), result.output());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void keepsOnlyWhatWasCheckpointedWhereGasRunsOut(ProtocolVersion version) {
        TestAssembler code = transfer(entry(), version, 100).fallthrough();
        AccumulateResult result = run(version, code.jump(code.here()));
        assertEquals(BALANCE + 12, balance(result, SELF));
        assertEquals(List.of(), amounts(result));
        assertNull(result.output());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void keepsEverythingAfterARegularEnd(ProtocolVersion version) {
        AccumulateResult result =
                run(version, transfer(transfer(entry(), version, 1), version, 2).halt());
        assertEquals(BALANCE + 12 - 3, balance(result, SELF));
        assertEquals(List.of(1L, 2L), amounts(result));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void creditsTransfersWhereThereIsNoCode(ProtocolVersion version) {
        Bytes tooLarge = Bytes.of(new TestAssembler().trap().service(new byte[4_000_000], 0));
        for (Bytes blob : List.of(tooLarge, Bytes.parse("05aa"), Bytes.EMPTY)) {
            AccumulateResult result = runBlob(version, blob);
            assertEquals(BALANCE + 12, balance(result, SELF));
            assertEquals(0, result.gasUsed());
        }
        Scene scene = new Scene(version);
        scene.change(SELF, scene.accountBefore(SELF).withBalance(BALANCE));
        assertEquals(BALANCE + 12, balance(run(scene), SELF));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void panicsWithoutGasWhereCodeIsNoProgram(ProtocolVersion version) {
        AccumulateResult result = runBlob(version, Bytes.parse("00aabbcc"));
        assertEquals(BALANCE + 12, balance(result, SELF));
        assertEquals(0, result.gasUsed());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void makesNoServiceThatDoesNotExist(ProtocolVersion version) {
        Scene scene = new Scene(version);
        scene.before.removeAccount(SELF);
        AccumulateResult result = run(scene);
        assertEquals(0, result.services().changedAccounts().size());
        assertEquals(0, result.gasUsed());
    }

    private static TestAssembler entry() {
        // Accumulation starts at 5: behind one jump.
        return new TestAssembler().jump(5);
    }

    private static TestAssembler yielding(TestAssembler code, ProtocolVersion version) {
        return code.load(7, READ_ONLY + 1).hostCall(HostCallName.YIELD.number(version));
    }

    private static TestAssembler transfer(
            TestAssembler code, ProtocolVersion version, long amount) {
        return code.load(7, OTHER)
                .load(8, amount)
                .load(9, 50)
                .load(10, READ_ONLY)
                .hostCall(HostCallName.TRANSFER.number(version));
    }

    private static Hash constant(int offset) {
        return Hash.of(Arrays.copyOfRange(CONSTANTS, offset, offset + 32));
    }

    private static AccumulateResult run(ProtocolVersion version, TestAssembler code) {
        return runBlob(version, Bytes.of(code.service(CONSTANTS, 1)));
    }

    private static AccumulateResult runBlob(ProtocolVersion version, Bytes blob) {
        Scene scene = new Scene(version);
        Hash hash = Blake2b.hash(blob.octets());
        scene.change(SELF, scene.accountBefore(SELF).withBalance(BALANCE).withCode(hash, 10, 50));
        scene.before.putValue(SELF, StateKeys.preimage(SELF, hash), blob);
        return run(scene);
    }

    private static AccumulateResult run(Scene scene) {
        return new PvmAccumulateInvocation(
                        scene.config,
                        new InterpreterEngine(),
                        new ProgramCache(scene.config.version(), 1 << 20),
                        HostLog.NONE)
                .accumulate(
                        new PartialState(
                                scene.before,
                                new ValidatorSet(List.of()),
                                List.of(List.of(), List.of()),
                                scene.privileges),
                        NOW,
                        ENTROPY,
                        SELF,
                        GAS,
                        INPUTS);
    }

    private static long balance(AccumulateResult result, long service) {
        ServiceAccount account = result.services().account(service);
        if (account == null) {
            throw new AssertionError("no service " + service);
        }
        return account.balance();
    }

    private static List<Long> amounts(AccumulateResult result) {
        return result.transfers().stream().map(DeferredTransfer::amount).toList();
    }
}
