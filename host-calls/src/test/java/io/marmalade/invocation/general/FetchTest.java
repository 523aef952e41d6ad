package io.marmalade.invocation.general;

import static io.marmalade.invocation.ResultCode.NONE;
import static io.marmalade.invocation.TestMachines.BEYOND;
import static io.marmalade.invocation.TestMachines.NOWHERE;
import static io.marmalade.invocation.TestMachines.READABLE;
import static io.marmalade.invocation.TestMachines.WRITABLE;
import static io.marmalade.invocation.TestMachines.WRITABLE_SIZE;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.Memo;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.AccumulationInput;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.block.ExtrinsicReference;
import io.marmalade.block.ImportSegment;
import io.marmalade.block.Operand;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkResult;
import io.marmalade.codec.Encoder;
import io.marmalade.codec.ProtocolParameters;
import io.marmalade.invocation.CallCase;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.InvocationContext;
import io.marmalade.invocation.TestMachines;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Ω_Y, case by case. */
class FetchTest {
    private static final ProtocolConfig CONFIG = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private static final Bytes TRACE = Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    private static final Hash ENTROPY = hash(9);
    private static final List<List<Bytes>> EXTRINSICS =
            List.of(List.of(blob(10), blob(11)), List.of(), List.of(blob(12)));
    private static final List<List<Bytes>> IMPORTS =
            List.of(List.of(), List.of(blob(20), blob(21), blob(22)), List.of(blob(23)));
    private static final List<AccumulationInput> INPUTS =
            List.of(
                    new DeferredTransfer(1, 2, 3, Memo.ZERO, 4),
                    new Operand(
                            hash(1),
                            hash(2),
                            hash(3),
                            hash(4),
                            5,
                            new WorkResult.Output(blob(6)),
                            blob(7)));
    private static final WorkPackage PACKAGE =
            new WorkPackage(
                    77,
                    hash(30),
                    new RefinementContext(
                            hash(31), 0, hash(32), hash(33), hash(34), 35, Hash.ZERO, List.of()),
                    blob(36),
                    blob(37),
                    List.of(
                            item(40, List.of(), List.of()),
                            item(
                                    50,
                                    List.of(new ImportSegment(hash(51), false, 3)),
                                    List.of(
                                            new ExtrinsicReference(hash(52), 1),
                                            new ExtrinsicReference(hash(53), 2)))));

    private static final FetchSources AUTHORIZER = FetchSources.ofAuthorizer(CONFIG, PACKAGE);
    private static final FetchSources REFINE =
            FetchSources.ofRefinement(CONFIG, PACKAGE, TRACE, 1, IMPORTS, EXTRINSICS);
    private static final FetchSources ACCUMULATE =
            FetchSources.ofAccumulation(CONFIG, ENTROPY, INPUTS);

    private static final class Context extends InvocationContext {
        Context(FetchSources sources) {
            super(CONFIG, sources, HostLog.NONE, new HostLog.Source.Accumulation(1));
        }
    }

    private static Hash hash(int fill) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) fill);
        return Hash.of(octets);
    }

    private static Bytes blob(int fill) {
        byte[] octets = new byte[fill];
        Arrays.fill(octets, (byte) fill);
        return Bytes.of(octets);
    }

    private static WorkItem item(
            int fill, List<ImportSegment> imports, List<ExtrinsicReference> extrinsics) {
        return new WorkItem(
                fill, hash(fill), fill + 1, fill + 2, fill + 3, blob(fill), imports, extrinsics);
    }

    private static byte[] summary(WorkItem item) {
        return write(out ->
                out.u32(item.service())
                        .octets(item.codeHash())
                        .u64(item.refineGasLimit())
                        .u64(item.accumulateGasLimit())
                        .u16(item.exportCount())
                        .u16(item.imports().size())
                        .u16(item.extrinsics().size())
                        .u32(item.payload().size()));
    }

    private static byte[] write(Consumer<Encoder> writer) {
        Encoder out = new Encoder(CONFIG);
        writer.accept(out);
        return out.toArray();
    }

    private record Kind(String line, FetchSources from, long kind, long a, long b, byte[] value) {}

    /** What each kind hands out, where; null is NONE. */
    private static Stream<Kind> kinds() {
        byte[] parameters = ProtocolParameters.encode(CONFIG).octets();
        byte[] pack = PACKAGE.encoded(CONFIG).octets();
        byte[] context = PACKAGE.context().encoded(CONFIG).octets();
        byte[] first = summary(PACKAGE.items().get(0));
        byte[] second = summary(PACKAGE.items().get(1));
        byte[] items = write(out -> out.natural(2).raw(first).raw(second));
        byte[] transfer = INPUTS.get(0).encoded(CONFIG).octets();
        byte[] operand = INPUTS.get(1).encoded(CONFIG).octets();
        byte[] inputs = write(out -> out.natural(2).raw(transfer).raw(operand));
        return Stream.of(
                new Kind("0: c", AUTHORIZER, 0, 9, 9, parameters),
                new Kind("0: c", REFINE, 0, 9, 9, parameters),
                new Kind("0: c", ACCUMULATE, 0, 9, 9, parameters),
                new Kind("1: n = ∅", AUTHORIZER, 1, 0, 0, null),
                new Kind("1: n = H₀", REFINE, 1, 0, 0, new byte[32]),
                new Kind("1: n = η′₀", ACCUMULATE, 1, 0, 0, ENTROPY.octets()),
                new Kind("2: r = ∅", AUTHORIZER, 2, 0, 0, null),
                new Kind("2: r", REFINE, 2, 0, 0, TRACE.octets()),
                new Kind("2: r = ∅", ACCUMULATE, 2, 0, 0, null),
                new Kind("3: x = ∅", AUTHORIZER, 3, 0, 0, null),
                new Kind("3: x", REFINE, 3, 0, 1, blob(11).octets()),
                new Kind("3: x", REFINE, 3, 2, 0, blob(12).octets()),
                new Kind("3: φ₁₁ too large", REFINE, 3, 3, 0, null),
                new Kind("3: φ₁₁ beyond 2³²", REFINE, 3, BEYOND, 0, null),
                new Kind("3: φ₁₁ = 2⁶⁴−1", REFINE, 3, -1, 0, null),
                new Kind("3: φ₁₂ too large", REFINE, 3, 1, 0, null),
                new Kind("3: φ₁₂ = 2⁶⁴−1", REFINE, 3, 0, -1, null),
                new Kind("3: x = ∅", ACCUMULATE, 3, 0, 0, null),
                new Kind("4: x = ∅", AUTHORIZER, 4, 0, 0, null),
                new Kind("4: x of item", itemTwo(), 4, 0, 9, blob(12).octets()),
                new Kind("4: φ₁₁ too large", REFINE, 4, 0, 0, null),
                new Kind("4: x = ∅", ACCUMULATE, 4, 0, 0, null),
                new Kind("5: i = ∅", AUTHORIZER, 5, 0, 0, null),
                new Kind("5: i", REFINE, 5, 1, 2, blob(22).octets()),
                new Kind("5: φ₁₁ too large", REFINE, 5, 3, 0, null),
                new Kind("5: φ₁₂ too large", REFINE, 5, 1, 3, null),
                new Kind("5: i = ∅", ACCUMULATE, 5, 0, 0, null),
                new Kind("6: i = ∅", AUTHORIZER, 6, 0, 0, null),
                new Kind("6: i of item", REFINE, 6, 1, 9, blob(21).octets()),
                new Kind("6: φ₁₁ too large", REFINE, 6, 3, 0, null),
                new Kind("6: i = ∅", ACCUMULATE, 6, 0, 0, null),
                new Kind("7: p", AUTHORIZER, 7, 0, 0, pack),
                new Kind("7: p", REFINE, 7, 0, 0, pack),
                new Kind("7: p = ∅", ACCUMULATE, 7, 0, 0, null),
                new Kind("8: configuration", AUTHORIZER, 8, 0, 0, blob(37).octets()),
                new Kind("8: configuration", REFINE, 8, 0, 0, blob(37).octets()),
                new Kind("8: p = ∅", ACCUMULATE, 8, 0, 0, null),
                new Kind("9: token", AUTHORIZER, 9, 0, 0, blob(36).octets()),
                new Kind("9: token", REFINE, 9, 0, 0, blob(36).octets()),
                new Kind("9: p = ∅", ACCUMULATE, 9, 0, 0, null),
                new Kind("10: context", AUTHORIZER, 10, 0, 0, context),
                new Kind("10: context", REFINE, 10, 0, 0, context),
                new Kind("10: p = ∅", ACCUMULATE, 10, 0, 0, null),
                new Kind("11: S of all", AUTHORIZER, 11, 0, 0, items),
                new Kind("11: S of all", REFINE, 11, 0, 0, items),
                new Kind("11: p = ∅", ACCUMULATE, 11, 0, 0, null),
                new Kind("12: S", AUTHORIZER, 12, 0, 9, first),
                new Kind("12: S", REFINE, 12, 1, 9, second),
                new Kind("12: φ₁₁ too large", REFINE, 12, 2, 0, null),
                new Kind("12: p = ∅", ACCUMULATE, 12, 0, 0, null),
                new Kind("13: payload", AUTHORIZER, 13, 1, 9, blob(50).octets()),
                new Kind("13: payload", REFINE, 13, 0, 9, blob(40).octets()),
                new Kind("13: φ₁₁ too large", REFINE, 13, 2, 0, null),
                new Kind("13: φ₁₁ = 2⁶³", REFINE, 13, Long.MIN_VALUE, 0, null),
                new Kind("13: p = ∅", ACCUMULATE, 13, 0, 0, null),
                new Kind("14: i = ∅", AUTHORIZER, 14, 0, 0, null),
                new Kind("14: i = ∅", REFINE, 14, 0, 0, null),
                new Kind("14: i", ACCUMULATE, 14, 0, 0, inputs),
                new Kind("15: i = ∅", AUTHORIZER, 15, 0, 0, null),
                new Kind("15: i = ∅", REFINE, 15, 0, 0, null),
                new Kind("15: i", ACCUMULATE, 15, 0, 9, transfer),
                new Kind("15: i", ACCUMULATE, 15, 1, 9, operand),
                new Kind("15: i again", ACCUMULATE, 15, 0, 9, transfer),
                new Kind("15: φ₁₁ too large", ACCUMULATE, 15, 2, 0, null),
                new Kind("16: otherwise", REFINE, 16, 0, 0, null),
                new Kind("2⁶⁴−1: otherwise", ACCUMULATE, -1, 0, 0, null));
    }

    private static FetchSources itemTwo() {
        return FetchSources.ofRefinement(CONFIG, PACKAGE, TRACE, 2, IMPORTS, EXTRINSICS);
    }

    @TestFactory
    Stream<DynamicTest> handsOutEachKind() {
        return kinds().map(kind ->
                DynamicTest.dynamicTest(
                        kind.line(),
                        () -> {
                            try (Machine machine = TestMachines.machine(ProtocolVersion.V0_7_2)) {
                                CallCase expected =
                                        CallCase.answers(
                                                kind.line(),
                                                kind.value() == null ? NONE : kind.value().length,
                                                WRITABLE,
                                                0,
                                                WRITABLE_SIZE,
                                                kind.kind(),
                                                kind.a(),
                                                kind.b());
                                expected.writing(kind.value() == null ? new byte[0] : kind.value())
                                        .check(new Fetch(), machine, new Context(kind.from()));
                            }
                        }));
    }

    /** o, f, l and the last equation of the definition; kind 2 is eight octets, kind 14 nothing. */
    @TestFactory
    Stream<DynamicTest> copiesThePartAskedFor() {
        byte[] trace = TRACE.octets();
        return Stream.of(
                        CallCase.answers("l = 0 of l", 8, NOWHERE, 0, 0, 2),
                        CallCase.answers("l = 0 beyond memory", 8, BEYOND, 0, 0, 2),
                        CallCase.answers("f = |v|", 8, NOWHERE, 8, 100, 2),
                        CallCase.answers("f > |v|", 8, NOWHERE, 9, 100, 2),
                        CallCase.answers("f = 2⁶⁴−1", 8, NOWHERE, -1, -1, 2),
                        CallCase.answers("f in v", 8, WRITABLE, 3, 2, 2)
                                .writing(Arrays.copyOfRange(trace, 3, 5)),
                        CallCase.answers("l cut", 8, WRITABLE, 3, -1, 2)
                                .writing(Arrays.copyOfRange(trace, 3, 8)),
                        CallCase.panics("o not writable", READABLE, 0, 8, 2),
                        CallCase.panics("o not accessible", NOWHERE, 0, 1, 2),
                        CallCase.panics("o beyond memory", BEYOND, 0, 8, 2),
                        CallCase.panics("o wraps around", -4, 0, 8, 2),
                        CallCase.panics("end not writable", WRITABLE + WRITABLE_SIZE - 7, 0, 8, 2),
                        CallCase.answers("∅ needs no memory", NONE, NOWHERE, 0, 8, 14))
                .map(test ->
                        DynamicTest.dynamicTest(
                                test.line(),
                                () -> {
                                    try (Machine machine =
                                            TestMachines.machine(ProtocolVersion.V0_7_2)) {
                                        test.check(new Fetch(), machine, new Context(REFINE));
                                    }
                                }));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void handsOutParametersOfTheVersion(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.full(version);
        byte[] parameters = FetchSources.ofAccumulation(config, ENTROPY, List.of()).value(0, 0, 0);
        assertEquals(version == ProtocolVersion.V0_7_2 ? 134 : 122, parameters.length);
        assertArrayEquals(ProtocolParameters.encode(config).octets(), parameters);
    }

    @Test
    void encodesOnlyOnce() {
        FetchSources sources =
                FetchSources.ofRefinement(CONFIG, PACKAGE, TRACE, 1, IMPORTS, EXTRINSICS);
        assertSame(sources.value(7, 0, 0), sources.value(7, 0, 0));
        assertSame(sources.value(11, 0, 0), sources.value(11, 0, 0));
        assertNull(sources.value(14, 0, 0));
    }

    @Test
    void endsWithAPanicBeforeItAnswersNone() {
        try (Machine machine = TestMachines.machine(ProtocolVersion.V0_7_2)) {
            TestMachines.arguments(machine, READABLE, 0, 8, 2);
            assertSame(ExitReason.PANIC, new Fetch().call(machine, new Context(REFINE)));
        }
    }
}
