package io.marmalade.invocation.refine;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.ExtrinsicReference;
import io.marmalade.block.ImportSegment;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkReport;
import io.marmalade.block.WorkResult;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.crypto.tree.MerkleTree;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.authorization.IsAuthorizedInvocation;
import io.marmalade.pvm.Engine;
import io.marmalade.state.Services;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Computes work reports from work packages (Ξ): authorizes, refines item after item, and says what
 * is to be available. What guarantors and auditors share. Thread-safe.
 *
 * @gp eq:workdigestfunction sec:computeworkreport
 */
public final class WorkPackageComputation {
    private final ProtocolConfig config;
    private final IsAuthorizedInvocation authorizer;
    private final RefineInvocation refiner;

    /**
     * @param config version and parameters of the chain
     * @param engine runs authorizers and services
     * @param programs remembers their programs; of the same version
     * @param log takes what they say
     */
    public WorkPackageComputation(
            ProtocolConfig config, Engine engine, ProgramCache programs, HostLog log) {
        this.config = config;
        this.authorizer = new IsAuthorizedInvocation(config, engine, programs, log);
        this.refiner = new RefineInvocation(config, engine, programs, log);
    }

    /**
     * A segment to import and what proves it.
     *
     * @param data 4104 octets
     * @param justification the path from the segment root to it
     */
    public record ImportedSegment(Bytes data, List<Hash> justification) {}

    /**
     * A package and all that it refers to.
     *
     * @param workPackage the package
     * @param segmentRootLookup segment roots by hash of the package that exported them
     * @param imports by item, in the items' order
     * @param extrinsics by item, in the items' order
     */
    public record Input(
            WorkPackage workPackage,
            SortedMap<Hash, Hash> segmentRootLookup,
            List<List<ImportedSegment>> imports,
            List<List<Bytes>> extrinsics) {}

    /** What came of a computation. */
    public sealed interface Outcome {
        /**
         * A report.
         *
         * @param report the report
         * @param bundle the package with all that auditors need
         * @param segments exported by all items
         */
        record Reported(WorkReport report, Bytes bundle, List<Bytes> segments) implements Outcome {}

        /**
         * There is no report for this package, whoever computes it.
         *
         * @param reason why
         */
        record Invalid(String reason) implements Outcome {}

        /**
         * It reached a bound of this node; nothing is known of its report.
         *
         * @param reason which bound
         */
        record Refused(String reason) implements Outcome {}
    }

    /**
     * Computes a report.
     *
     * @param accounts as of some block not before the package's lookup anchor
     * @param core 0..2¹⁶−1
     * @param validators that shards are made for
     * @param limits what the host can take for each item
     */
    public Outcome compute(
            Services accounts, Input input, int core, int validators, HostLimits limits) {
        WorkPackage workPackage = input.workPackage();
        Optional<String> reason = check(input);
        if (reason.isPresent()) {
            return new Outcome.Invalid(reason.get());
        }
        IsAuthorizedInvocation.Authorization authorization =
                authorizer.authorize(accounts, workPackage, core);
        if (!(authorization.trace() instanceof WorkResult.Output(Bytes trace))) {
            return new Outcome.Invalid("not authorized: " + authorization.trace());
        }
        Hash packageHash = workPackage.hash(config);
        List<List<Bytes>> imports =
                input.imports().stream()
                        .map(segments -> segments.stream().map(ImportedSegment::data).toList())
                        .toList();
        List<WorkDigest> digests = new ArrayList<>();
        List<Bytes> exports = new ArrayList<>();
        long outputSize = trace.size();
        for (int i = 0; i < workPackage.items().size(); i++) {
            WorkItem item = workPackage.items().get(i);
            RefineInvocation.Input refinement =
                    new RefineInvocation.Input(
                            core,
                            workPackage,
                            packageHash,
                            i,
                            trace,
                            imports,
                            input.extrinsics(),
                            exports.size());
            switch (refiner.refine(accounts, refinement, limits)) {
                case RefineInvocation.Outcome.Refused(String why) -> {
                    return new Outcome.Refused(why);
                }
                case RefineInvocation.Outcome.Refined refined -> {
                    WorkResult result = judge(item, refined, outputSize);
                    digests.add(digest(item, result, refined.gasUsed()));
                    if (result instanceof WorkResult.Output(Bytes data)) {
                        outputSize += data.size();
                        exports.addAll(refined.exports());
                    } else {
                        Bytes empty = Bytes.of(new byte[ProtocolConfig.SEGMENT_SIZE]);
                        exports.addAll(Collections.nCopies(item.exportCount(), empty));
                    }
                }
            }
        }
        Bytes bundle = bundle(input);
        WorkReport report =
                new WorkReport(
                        new AvailabilitySpecifier(config, validators)
                                .specify(packageHash, bundle, exports),
                        workPackage.context(),
                        core,
                        authorizerHash(workPackage),
                        authorization.gasUsed(),
                        trace,
                        input.segmentRootLookup(),
                        digests);
        return new Outcome.Reported(report, bundle, List.copyOf(exports));
    }

    /**
     * Returns the result that is reported of an item, given the octets that trace and earlier
     * outputs take up.
     */
    private WorkResult judge(
            WorkItem item, RefineInvocation.Outcome.Refined refined, long outputSize) {
        if (refined.result() == WorkResult.Error.OVERSIZE
                || (refined.result() instanceof WorkResult.Output(Bytes data)
                        && outputSize + data.size() > config.maxReportVariableSize())) {
            return WorkResult.Error.OVERSIZE;
        }
        if (refined.exports().size() != item.exportCount()) {
            return WorkResult.Error.BAD_EXPORTS;
        }
        return refined.result();
    }

    private static WorkDigest digest(WorkItem item, WorkResult result, long gasUsed) {
        return new WorkDigest(
                item.service(),
                item.codeHash(),
                Blake2b.hash(item.payload().octets()),
                item.accumulateGasLimit(),
                result,
                gasUsed,
                item.imports().size(),
                item.extrinsics().size(),
                item.extrinsics().stream().mapToLong(ExtrinsicReference::length).sum(),
                item.exportCount());
    }

    private static Hash authorizerHash(WorkPackage workPackage) {
        return Blake2b.hash(
                workPackage.authorizationCodeHash().octets(),
                workPackage.authorizationConfiguration().octets());
    }

    /**
     * Returns package, extrinsics, imports and their justifications, only the latter with their
     * lengths in front.
     */
    private Bytes bundle(Input input) {
        Encoder out = new Encoder(config);
        out.value(input.workPackage());
        input.extrinsics().forEach(ofItem -> ofItem.forEach(data -> out.raw(data.octets())));
        input.imports()
                .forEach(ofItem -> ofItem.forEach(segment -> out.raw(segment.data().octets())));
        input.imports()
                .forEach(ofItem ->
                        ofItem.forEach(
                                segment -> out.sequence(segment.justification(), Encoder::octets)));
        return Bytes.of(out.toArray());
    }

    // What a package must be before anything runs.

    private Optional<String> check(Input input) {
        List<WorkItem> items = input.workPackage().items();
        if (items.isEmpty() || items.size() > config.maxPackageItems()) {
            return Optional.of(items.size() + " items");
        }
        if (input.imports().size() != items.size() || input.extrinsics().size() != items.size()) {
            return Optional.of("imports or extrinsics not of the package's items");
        }
        return checkCounts(items)
                .or(() -> checkGas(items))
                .or(() -> checkSize(input.workPackage()))
                .or(() -> checkLookup(input))
                .or(() -> checkExtrinsics(input))
                .or(() -> checkImports(input));
    }

    /**
     * @gp eq:limitworkpackagebandwidth
     */
    private Optional<String> checkCounts(List<WorkItem> items) {
        long exports = items.stream().mapToLong(WorkItem::exportCount).sum();
        long imports = items.stream().mapToLong(item -> item.imports().size()).sum();
        long extrinsics = items.stream().mapToLong(item -> item.extrinsics().size()).sum();
        if (exports > config.maxPackageExports()) {
            return Optional.of(exports + " exports");
        }
        if (imports > config.maxPackageImports()) {
            return Optional.of(imports + " imports");
        }
        return extrinsics > config.maxPackageExtrinsics()
                ? Optional.of(extrinsics + " extrinsics")
                : Optional.empty();
    }

    /**
     * @gp eq:wplimits
     */
    private Optional<String> checkGas(List<WorkItem> items) {
        long accumulate = 0;
        long refine = 0;
        for (WorkItem item : items) {
            accumulate = plus(accumulate, item.accumulateGasLimit());
            refine = plus(refine, item.refineGasLimit());
        }
        // The paper's bounds are not part of what is allowed; those that 0.8.0's tools apply are.
        int most = RefineRules.of(config.version()).inclusivePackageGas() ? 0 : -1;
        if (Long.compareUnsigned(accumulate, config.reportAccumulationGas()) > most) {
            return Optional.of("too much gas to accumulate");
        }
        return Long.compareUnsigned(refine, config.packageRefinementGas()) > most
                ? Optional.of("too much gas to refine")
                : Optional.empty();
    }

    private static long plus(long a, long b) {
        long sum = a + b;
        return Long.compareUnsigned(sum, a) < 0 ? -1 : sum;
    }

    /**
     * @gp eq:checkextractsize eq:segmentfootprint
     */
    private Optional<String> checkSize(WorkPackage workPackage) {
        int depth = Integer.SIZE - Integer.numberOfLeadingZeros(config.maxPackageImports() - 1);
        long footprint = ProtocolConfig.SEGMENT_SIZE + (long) Hash.SIZE * depth;
        long size =
                (long) workPackage.authorizationToken().size()
                        + workPackage.authorizationConfiguration().size();
        for (WorkItem item : workPackage.items()) {
            size += item.payload().size() + item.imports().size() * footprint;
            for (ExtrinsicReference extrinsic : item.extrinsics()) {
                size += extrinsic.length();
            }
        }
        return size > config.maxBundleSize()
                ? Optional.of("a bundle of " + size + " octets")
                : Optional.empty();
    }

    private Optional<String> checkLookup(Input input) {
        TreeSet<Hash> exporters = new TreeSet<>();
        for (WorkItem item : input.workPackage().items()) {
            for (ImportSegment segment : item.imports()) {
                if (segment.isPackageHash()) {
                    exporters.add(segment.root());
                }
            }
        }
        if (!exporters.equals(input.segmentRootLookup().keySet())) {
            return Optional.of("segment roots not of the packages that are imported from");
        }
        int prerequisites =
                RefineRules.of(config.version()).countsPrerequisites()
                        ? input.workPackage().context().prerequisites().size()
                        : 0;
        return exporters.size() + prerequisites > config.maxReportDependencies()
                ? Optional.of("too many dependencies")
                : Optional.empty();
    }

    private static Optional<String> checkExtrinsics(Input input) {
        for (int i = 0; i < input.extrinsics().size(); i++) {
            List<ExtrinsicReference> wanted = input.workPackage().items().get(i).extrinsics();
            List<Bytes> given = input.extrinsics().get(i);
            if (wanted.size() != given.size()) {
                return Optional.of("item " + i + " lacks extrinsics");
            }
            for (int j = 0; j < given.size(); j++) {
                if (given.get(j).size() != wanted.get(j).length()
                        || !Blake2b.hash(given.get(j).octets()).equals(wanted.get(j).hash())) {
                    return Optional.of("extrinsic " + j + " of item " + i + " is another");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> checkImports(Input input) {
        for (int i = 0; i < input.imports().size(); i++) {
            List<ImportSegment> wanted = input.workPackage().items().get(i).imports();
            List<ImportedSegment> given = input.imports().get(i);
            if (wanted.size() != given.size()) {
                return Optional.of("item " + i + " lacks imports");
            }
            for (int j = 0; j < given.size(); j++) {
                ImportSegment reference = wanted.get(j);
                Hash root =
                        reference.isPackageHash()
                                ? input.segmentRootLookup().get(reference.root())
                                : reference.root();
                if (!proves(given.get(j), reference.index(), root)) {
                    return Optional.of("import " + j + " of item " + i + " is not proved");
                }
            }
        }
        return Optional.empty();
    }

    private boolean proves(ImportedSegment segment, int index, @Nullable Hash root) {
        List<Hash> path = segment.justification();
        if (segment.data().size() != ProtocolConfig.SEGMENT_SIZE
                || path.size() >= Integer.SIZE - 1
                || index >>> path.size() != 0) {
            return false;
        }
        Hash node = MerkleTree.BLAKE2B.leaf(segment.data());
        for (int i = path.size() - 1, at = index; i >= 0; i--, at >>= 1) {
            byte[] opposite = path.get(i).octets();
            node =
                    (at & 1) == 0
                            ? MerkleTree.BLAKE2B.fork(node.octets(), opposite)
                            : MerkleTree.BLAKE2B.fork(opposite, node.octets());
        }
        return node.equals(root);
    }
}
