package io.marmalade.invocation.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.ExtrinsicReference;
import io.marmalade.block.ImportSegment;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkReport;
import io.marmalade.block.WorkResult;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.TestAssembler;
import io.marmalade.invocation.TestPackages;
import io.marmalade.invocation.TestServices;
import io.marmalade.invocation.refine.WorkPackageComputation.ImportedSegment;
import io.marmalade.invocation.refine.WorkPackageComputation.Input;
import io.marmalade.invocation.refine.WorkPackageComputation.Outcome;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ξ, case by case, with an authorizer and a service that really run. */
class WorkPackageComputationTest {
    private static final ProtocolVersion OLD = ProtocolVersion.V0_7_2;
    private static final SortedMap<Hash, Hash> NO_LOOKUP = new TreeMap<>();

    private final TestServices services =
            new TestServices().account(1, 1000, 0, 0).account(7, 1000, 0, 0);
    private final Hash authorizer = install(1, new TestAssembler().halt());

    private Hash install(long service, TestAssembler program) {
        return services.preimage(service, Bytes.of(program.service(new byte[50_000], 1)), 100L);
    }

    /** A service that exports so many segments and returns so many octets. */
    private Hash exporter(ProtocolVersion version, int exports, int output) {
        TestAssembler program = new TestAssembler();
        for (int i = 0; i < exports; i++) {
            program.load(7, 0x10000)
                    .load(8, 4104)
                    .hostCall(HostCallName.EXPORT.number(version))
                    .load(2, 0x30000)
                    .store(7, 2, 0);
        }
        return install(7, program.load(7, 0x10000).load(8, output).halt());
    }

    private static WorkItem item(Hash code, int exports) {
        return TestPackages.item(7, code, 100_000, exports, TestServices.text("payload"));
    }

    private static <T> List<List<T>> none(int items) {
        return IntStream.range(0, items).mapToObj(i -> List.<T>of()).toList();
    }

    private Outcome compute(ProtocolVersion version, WorkPackage workPackage) {
        int items = workPackage.items().size();
        return compute(version, new Input(workPackage, NO_LOOKUP, none(items), none(items)));
    }

    private Outcome compute(ProtocolVersion version, Input input) {
        return compute(version, input, HostLimits.DEFAULT);
    }

    private Outcome compute(ProtocolVersion version, Input input, HostLimits limits) {
        return new WorkPackageComputation(
                        ProtocolConfig.tiny(version),
                        new InterpreterEngine(),
                        new ProgramCache(version, 1 << 20),
                        HostLog.NONE)
                .compute(services, input, 1, 6, limits);
    }

    private static Outcome.Reported reported(Outcome outcome) {
        return assertInstanceOf(Outcome.Reported.class, outcome);
    }

    private static List<WorkResult> results(Outcome outcome) {
        return reported(outcome).report().digests().stream().map(WorkDigest::result).toList();
    }

    private static WorkResult output(int size) {
        return new WorkResult.Output(Bytes.of(new byte[size]));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void reportsWhatCameOfEachItem(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        WorkPackage workPackage =
                TestPackages.of(
                        authorizer,
                        item(exporter(version, 2, 3), 2),
                        item(exporter(version, 1, 5), 1));
        Outcome.Reported outcome = reported(compute(version, workPackage));
        WorkReport report = outcome.report();
        assertEquals(List.of(output(3), output(5)), results(outcome));
        assertEquals(3, outcome.segments().size());
        assertEquals(workPackage.encoded(config), outcome.bundle());
        assertEquals(
                new AvailabilitySpecifier(config, 6)
                        .specify(workPackage.hash(config), outcome.bundle(), outcome.segments()),
                report.specification());
        assertEquals(workPackage.context(), report.context());
        assertEquals(1, report.core());
        assertEquals(Bytes.of(new byte[] {1, 0}), report.authorizationTrace());
        assertEquals(
                Blake2b.hash(authorizer.octets(), TestServices.text("configuration").octets()),
                report.authorizerHash());
        assertEquals(true, report.authorizationGasUsed() > 0);
        WorkDigest digest = report.digests().get(1);
        assertEquals(7, digest.service());
        assertEquals(workPackage.items().get(1).codeHash(), digest.codeHash());
        assertEquals(Blake2b.hash(TestServices.text("payload").octets()), digest.payloadHash());
        assertEquals(1000, digest.accumulateGasLimit());
        assertEquals(1, digest.exportCount());
        assertEquals(true, digest.refineGasUsed() > 0);
    }

    @Test
    void putsZeroesForTheExportsOfItemsThatFail() {
        Outcome outcome =
                compute(
                        OLD,
                        TestPackages.of(
                                authorizer,
                                item(exporter(OLD, 2, 3), 3),
                                item(install(7, new TestAssembler().trap()), 1),
                                item(install(7, new TestAssembler().trap()), 0),
                                item(exporter(OLD, 1, 5), 1)));
        // An item that panics exports nothing, which is judged before why it did.
        assertEquals(
                List.of(
                        WorkResult.Error.BAD_EXPORTS,
                        WorkResult.Error.BAD_EXPORTS,
                        WorkResult.Error.PANIC,
                        output(5)),
                results(outcome));
        List<Bytes> segments = reported(outcome).segments();
        Bytes empty = Bytes.of(new byte[4104]);
        assertEquals(List.of(empty, empty, empty, empty), segments.subList(0, 4));
        assertEquals(5, segments.size());
    }

    @Test
    void boundsTheOutputsOfAllItemsTogether() {
        int most = (48 << 10) - 2;
        Outcome outcome =
                compute(
                        OLD,
                        TestPackages.of(
                                authorizer,
                                item(exporter(OLD, 0, 40_000), 0),
                                item(exporter(OLD, 2, most - 40_000 + 1), 1),
                                item(exporter(OLD, 0, (48 << 10) + 1), 0),
                                item(exporter(OLD, 0, most - 40_000), 0),
                                item(exporter(OLD, 0, 0), 0),
                                item(exporter(OLD, 0, 1), 0)));
        assertEquals(
                List.of(
                        output(40_000),
                        WorkResult.Error.OVERSIZE,
                        WorkResult.Error.OVERSIZE,
                        output(most - 40_000),
                        output(0),
                        WorkResult.Error.OVERSIZE),
                results(outcome));
    }

    private record Imports(
            WorkPackage workPackage,
            SortedMap<Hash, Hash> lookup,
            List<List<ImportedSegment>> imports,
            List<List<Bytes>> extrinsics) {
        Input input() {
            return new Input(workPackage, lookup, imports, extrinsics);
        }
    }

    /** A package with an item that imports segments 1 and 2 of three, and has two extrinsics. */
    private Imports importing(Hash code) {
        List<Bytes> exported = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] segment = new byte[4104];
            segment[0] = (byte) (i + 1);
            exported.add(Bytes.of(segment));
        }
        SegmentTree tree = new SegmentTree(exported);
        Hash exporter = Blake2b.hash(new byte[] {9});
        Bytes first = TestServices.text("first");
        Bytes second = TestServices.text("second");
        WorkItem item =
                new WorkItem(
                        7,
                        code,
                        100_000,
                        1000,
                        0,
                        Bytes.EMPTY,
                        List.of(
                                new ImportSegment(tree.root(), false, 1),
                                new ImportSegment(exporter, true, 2)),
                        List.of(
                                new ExtrinsicReference(Blake2b.hash(first.octets()), 5),
                                new ExtrinsicReference(Blake2b.hash(second.octets()), 6)));
        return new Imports(
                TestPackages.of(authorizer, item),
                new TreeMap<>(java.util.Map.of(exporter, tree.root())),
                List.of(
                        List.of(
                                new ImportedSegment(exported.get(1), tree.path(0, 1)),
                                new ImportedSegment(exported.get(2), tree.path(0, 2)))),
                List.of(List.of(first, second)));
    }

    /** A service that returns the first octet of its second import. */
    private Hash importer() {
        return install(
                7,
                new TestAssembler()
                        .load(7, 0x30000)
                        .load(8, 0)
                        .load(9, 1)
                        .load(10, 6)
                        .load(11, 1)
                        .hostCall(1)
                        .load(7, 0x30000)
                        .load(8, 1)
                        .halt());
    }

    @Test
    void bundlesWhatAuditorsNeed() {
        Imports with = importing(importer());
        Outcome.Reported outcome = reported(compute(OLD, with.input()));
        assertEquals(List.of(new WorkResult.Output(Bytes.of(new byte[] {3}))), results(outcome));
        List<ImportedSegment> imports = with.imports().getFirst();
        Encoder expected =
                new Encoder(ProtocolConfig.tiny(OLD))
                        .value(with.workPackage())
                        .raw(TestServices.text("firstsecond").octets())
                        .raw(imports.get(0).data().octets())
                        .raw(imports.get(1).data().octets())
                        .u8(2)
                        .octets(imports.get(0).justification().get(0))
                        .octets(imports.get(0).justification().get(1))
                        .u8(2)
                        .octets(imports.get(1).justification().get(0))
                        .octets(imports.get(1).justification().get(1));
        assertEquals(Bytes.of(expected.toArray()), outcome.bundle());
        assertEquals(with.lookup(), outcome.report().segmentRootLookup());
        WorkDigest digest = outcome.report().digests().getFirst();
        assertEquals(2, digest.importCount());
        assertEquals(2, digest.extrinsicCount());
        assertEquals(11, digest.extrinsicSize());
    }

    @TestFactory
    Stream<DynamicTest> refusesToImportWhatIsNotProved() {
        Imports good = importing(importer());
        List<ImportedSegment> segments = good.imports().getFirst();
        ImportedSegment first = segments.get(0);
        ImportedSegment second = segments.get(1);
        List<Bytes> extrinsics = good.extrinsics().getFirst();
        record Case(String reason, Input input) {}
        java.util.function.Function<List<ImportedSegment>, Input> importing =
                list ->
                        new Input(
                                good.workPackage(),
                                good.lookup(),
                                List.of(list),
                                good.extrinsics());
        java.util.function.Function<List<Bytes>, Input> including =
                list -> new Input(good.workPackage(), good.lookup(), good.imports(), List.of(list));
        Hash other = Blake2b.hash(new byte[] {8});
        return Stream.of(
                        new Case("item 0 lacks imports", importing.apply(List.of(first))),
                        new Case(
                                "import 0 of item 0 is not proved",
                                importing.apply(List.of(second, first))),
                        new Case(
                                "import 1 of item 0 is not proved",
                                importing.apply(
                                        List.of(
                                                first,
                                                new ImportedSegment(
                                                        second.data(),
                                                        second.justification().subList(0, 1))))),
                        new Case(
                                "import 1 of item 0 is not proved",
                                importing.apply(
                                        List.of(
                                                first,
                                                new ImportedSegment(
                                                        Bytes.of(new byte[4103]),
                                                        second.justification())))),
                        new Case("item 0 lacks extrinsics", including.apply(List.of())),
                        new Case(
                                "extrinsic 0 of item 0 is another",
                                including.apply(List.of(extrinsics.get(1), extrinsics.get(0)))),
                        new Case(
                                "segment roots not of the packages that are imported from",
                                new Input(
                                        good.workPackage(),
                                        NO_LOOKUP,
                                        good.imports(),
                                        good.extrinsics())),
                        new Case(
                                "import 1 of item 0 is not proved",
                                new Input(
                                        good.workPackage(),
                                        new TreeMap<>(
                                                java.util.Map.of(good.lookup().firstKey(), other)),
                                        good.imports(),
                                        good.extrinsics())),
                        new Case(
                                "imports or extrinsics not of the package's items",
                                new Input(
                                        good.workPackage(),
                                        good.lookup(),
                                        List.of(),
                                        good.extrinsics())))
                .map(test ->
                        DynamicTest.dynamicTest(
                                test.reason(),
                                () ->
                                        assertEquals(
                                                new Outcome.Invalid(test.reason()),
                                                compute(OLD, test.input()))));
    }

    @Test
    void doesNotTakeOneSegmentForAnotherBehindTheTree() {
        Imports good = importing(importer());
        WorkItem item = good.workPackage().items().getFirst();
        Hash root = item.imports().getFirst().root();
        // Index 5 leads the same way as index 1 in a tree of four leaves.
        WorkPackage workPackage =
                TestPackages.of(
                        authorizer,
                        new WorkItem(
                                7,
                                item.codeHash(),
                                100_000,
                                1000,
                                0,
                                Bytes.EMPTY,
                                List.of(new ImportSegment(root, false, 5)),
                                List.of()));
        assertEquals(
                new Outcome.Invalid("import 0 of item 0 is not proved"),
                compute(
                        OLD,
                        new Input(
                                workPackage,
                                NO_LOOKUP,
                                List.of(List.of(good.imports().getFirst().getFirst())),
                                none(1))));
    }

    private static WorkItem item(long refineGas, long accumulateGas, int exports, Bytes payload) {
        return new WorkItem(
                7, Hash.ZERO, refineGas, accumulateGas, exports, payload, List.of(), List.of());
    }

    @TestFactory
    Stream<DynamicTest> boundsPackages() {
        long most = 1_000_000_000;
        WorkItem some = item(1, 1, 0, Bytes.EMPTY);
        WorkItem imports =
                new WorkItem(
                        7,
                        Hash.ZERO,
                        1,
                        1,
                        0,
                        Bytes.EMPTY,
                        java.util.Collections.nCopies(3073, new ImportSegment(Hash.ZERO, false, 0)),
                        List.of());
        WorkItem extrinsics =
                new WorkItem(
                        7,
                        Hash.ZERO,
                        1,
                        1,
                        0,
                        Bytes.EMPTY,
                        List.of(),
                        java.util.Collections.nCopies(129, new ExtrinsicReference(Hash.ZERO, 0)));
        record Case(ProtocolVersion version, String reason, WorkItem... items) {}
        return Stream.of(
                        new Case(
                                OLD,
                                "17 items",
                                java.util.Collections.nCopies(17, some).toArray(new WorkItem[0])),
                        new Case(
                                OLD,
                                "3073 exports",
                                item(1, 1, 3072, Bytes.EMPTY),
                                item(1, 1, 1, Bytes.EMPTY)),
                        new Case(OLD, "3073 imports", imports),
                        new Case(OLD, "129 extrinsics", extrinsics),
                        new Case(
                                OLD,
                                "too much gas to accumulate",
                                item(1, 4_000_000, 0, Bytes.EMPTY),
                                item(1, 6_000_000, 0, Bytes.EMPTY)),
                        new Case(
                                ProtocolVersion.V0_8_0,
                                "too much gas to accumulate",
                                item(1, 10_000_001, 0, Bytes.EMPTY)),
                        new Case(
                                OLD,
                                "too much gas to accumulate",
                                item(1, -1, 0, Bytes.EMPTY),
                                item(1, 2, 0, Bytes.EMPTY)),
                        new Case(OLD, "too much gas to refine", item(most, 1, 0, Bytes.EMPTY)),
                        new Case(
                                ProtocolVersion.V0_8_0,
                                "too much gas to refine",
                                item(most + 1, 1, 0, Bytes.EMPTY)),
                        new Case(
                                OLD,
                                "a bundle of 13791361 octets",
                                item(1, 1, 0, Bytes.of(new byte[13_791_360 - 17]))))
                .map(test ->
                        DynamicTest.dynamicTest(
                                test.version() + " " + test.reason(),
                                () ->
                                        assertEquals(
                                                new Outcome.Invalid(test.reason()),
                                                compute(
                                                        test.version(),
                                                        TestPackages.of(
                                                                authorizer, test.items())))));
    }

    @Test
    void allowsAllGasSince080ButNotBefore() {
        WorkItem all = item(1_000_000_000, 10_000_000, 0, Bytes.EMPTY);
        WorkPackage workPackage = TestPackages.of(authorizer, all);
        assertEquals(
                List.of(WorkResult.Error.BAD_CODE),
                results(compute(ProtocolVersion.V0_8_0, workPackage)));
        assertEquals(new Outcome.Invalid("too much gas to accumulate"), compute(OLD, workPackage));
    }

    @Test
    void countsPrerequisitesAmongTheDependenciesSince080() {
        Outcome tooMany = new Outcome.Invalid("too many dependencies");
        assertEquals(tooMany, compute(ProtocolVersion.V0_8_0, withPrerequisites(8)));
        assertNotEquals(tooMany, compute(ProtocolVersion.V0_8_0, withPrerequisites(7)));
        assertNotEquals(tooMany, compute(OLD, withPrerequisites(8)));
    }

    /** A package that imports from one other package and has prerequisites besides. */
    private Input withPrerequisites(int count) {
        Imports with = importing(Hash.ZERO);
        WorkPackage plain = with.workPackage();
        RefinementContext context = plain.context();
        WorkPackage workPackage =
                new WorkPackage(
                        plain.authorizationCodeHost(),
                        plain.authorizationCodeHash(),
                        new RefinementContext(
                                context.anchor(),
                                context.anchorTimeslot(),
                                context.anchorStateRoot(),
                                context.anchorSuperPeak(),
                                context.lookupAnchor(),
                                context.lookupAnchorTimeslot(),
                                context.lookupAnchorStateRoot(),
                                java.util.Collections.nCopies(count, Hash.ZERO)),
                        plain.authorizationToken(),
                        plain.authorizationConfiguration(),
                        plain.items());
        return new Input(workPackage, with.lookup(), with.imports(), with.extrinsics());
    }

    @Test
    void reportsNothingWithoutAuthorization() {
        Hash refuses = install(1, new TestAssembler().trap());
        WorkItem some = item(1, 1, 0, Bytes.EMPTY);
        assertEquals(
                new Outcome.Invalid("not authorized: PANIC"),
                compute(OLD, TestPackages.of(refuses, some)));
        assertEquals(
                new Outcome.Invalid("not authorized: BAD_CODE"),
                compute(OLD, TestPackages.of(Hash.ZERO, some)));
    }

    @Test
    void isRefusedWhereTheNodeStops() {
        WorkPackage workPackage = TestPackages.of(authorizer, item(exporter(OLD, 1, 0), 1));
        assertEquals(
                new Outcome.Refused("stopped"),
                compute(
                        OLD,
                        new Input(workPackage, NO_LOOKUP, none(1), none(1)),
                        HostLimits.DEFAULT.until(() -> true)));
    }
}
