package io.marmalade.transition.reports;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Credential;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Guarantee;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkReport;
import io.marmalade.block.WorkResult;
import io.marmalade.state.PendingReport;
import io.marmalade.state.ReadyRecord;
import io.marmalade.state.RecentBlock;
import io.marmalade.state.ServiceAccount;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.rules.Cryptography.Ed25519Claim;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.SignatureChecks.Ed25519Check;
import io.marmalade.transition.rules.TransitionRules;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * Takes up work reports that guarantors vouch for.
 *
 * @gp sec:workreportguarantees
 */
public final class Guarantees {
    private static final byte[] GUARANTEE = "jam_guarantee".getBytes(StandardCharsets.US_ASCII);

    private final ProtocolConfig config;
    private final TransitionRules rules;
    private final Cryptography cryptography;

    /**
     * @param config the chain's parameters
     * @param cryptography verifies the signatures
     */
    public Guarantees(ProtocolConfig config, Cryptography cryptography) {
        this.config = config;
        this.rules = TransitionRules.of(config.version());
        this.cryptography = cryptography;
    }

    /**
     * What guarantees leave behind.
     *
     * @param pendingReports ρ'
     * @param reporters the keys that signed (G)
     */
    public record Result(List<@Nullable PendingReport> pendingReports, Set<Ed25519Key> reporters) {}

    /**
     * Applies a block's guarantees.
     *
     * @param guarantees E_G
     * @param state what they are checked against
     * @param checks takes the signatures
     */
    public Outcome<Result> apply(
            List<Guarantee> guarantees, ReportingState state, SignatureChecks checks) {
        return apply(guarantees, Extrinsic.reportHashes(config, guarantees), state, checks);
    }

    /**
     * Applies a block's guarantees.
     *
     * @param guarantees E_G
     * @param reportHashes those of their reports, one each
     * @param state what they are checked against
     * @param checks takes the signatures
     */
    public Outcome<Result> apply(
            List<Guarantee> guarantees,
            List<Hash> reportHashes,
            ReportingState state,
            SignatureChecks checks) {
        if (guarantees.isEmpty()) {
            return Outcome.valid(new Result(state.pendingReports(), Set.of()));
        }
        Block block = new Block(guarantees, reportHashes, state);
        Optional<InvalidReason> reason = block.check();
        checks.addEd25519(Violation.REPORTS_BAD_SIGNATURE, cryptography, block.signatures);
        return reason.isPresent()
                ? new Outcome.Invalid<>(reason.get())
                : Outcome.valid(block.result());
    }

    /** One block's guarantees while they are looked at. */
    private final class Block {
        private final List<Guarantee> guarantees;
        private final List<Hash> reportHashes;
        private final ReportingState state;
        private final List<Ed25519Check> signatures = new ArrayList<>();
        private final Set<Ed25519Key> reporters = new HashSet<>();
        private @Nullable GuarantorAssignments current;
        private @Nullable GuarantorAssignments previous;

        Block(List<Guarantee> guarantees, List<Hash> reportHashes, ReportingState state) {
            this.reportHashes = reportHashes;
            this.guarantees = guarantees;
            this.state = state;
        }

        Optional<InvalidReason> check() {
            return checkForm()
                    .or(this::checkCredentials)
                    .or(this::checkCores)
                    .or(this::checkGas)
                    .or(this::checkUniquePackages)
                    .or(this::checkContexts)
                    .or(this::checkNewPackages)
                    .or(this::checkDependencies)
                    .or(this::checkCodeHashes);
        }

        /** The bounds on what a guarantee and a report are, and the order of guarantees. */
        private Optional<InvalidReason> checkForm() {
            int cores = rules.activeCores(config, state.activeSet().size());
            int previousCore = -1;
            for (Guarantee guarantee : guarantees) {
                WorkReport report = guarantee.report();
                int core = report.core();
                if (core >= cores) {
                    return invalid(
                            Violation.REPORTS_BAD_CORE_INDEX, "core " + core + " of " + cores);
                }
                if (core <= previousCore) {
                    return invalid(
                            Violation.REPORTS_OUT_OF_ORDER_GUARANTEE,
                            "core " + core + " after " + previousCore);
                }
                previousCore = core;
                int digests = report.digests().size();
                if (digests < 1 || digests > config.maxPackageItems()) {
                    return invalid(
                            Violation.REPORTS_MISSING_WORK_RESULTS,
                            digests + " digests in the report on core " + core);
                }
                int dependencies =
                        report.segmentRootLookup().size() + report.context().prerequisites().size();
                if (dependencies > config.maxReportDependencies()) {
                    return invalid(
                            Violation.REPORTS_TOO_MANY_DEPENDENCIES,
                            dependencies + " dependencies of the report on core " + core);
                }
                long size = variableSize(report);
                if (size > config.maxReportVariableSize()) {
                    return invalid(
                            Violation.REPORTS_WORK_REPORT_TOO_BIG,
                            size + " octets in the report on core " + core);
                }
                if (rules.checksShardCount()
                        && report.specification().erasureShards() != state.activeSet().size()) {
                    return invalid(
                            Violation.REPORTS_BAD_SHARD_COUNT,
                            report.specification().erasureShards()
                                    + " shards of the report on core "
                                    + core);
                }
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkCredentials() {
            for (int i = 0; i < guarantees.size(); i++) {
                Optional<InvalidReason> reason =
                        checkCredentials(guarantees.get(i), reportHashes.get(i));
                if (reason.isPresent()) {
                    return reason;
                }
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkCredentials(Guarantee guarantee, Hash reportHash) {
            int core = guarantee.report().core();
            String where = " for core " + core;
            List<Credential> credentials = guarantee.credentials();
            if (credentials.size() < 2 || credentials.size() > 3) {
                return invalid(
                        Violation.REPORTS_INSUFFICIENT_GUARANTEES,
                        credentials.size() + " credentials" + where);
            }
            long rotation = state.timeslot() / config.rotationPeriod();
            if (guarantee.timeslot() > state.timeslot()) {
                return invalid(
                        Violation.REPORTS_FUTURE_REPORT_SLOT,
                        "time slot " + guarantee.timeslot() + where);
            }
            if (guarantee.timeslot() < (rotation - 1) * config.rotationPeriod()) {
                return invalid(
                        Violation.REPORTS_REPORT_EPOCH_BEFORE_LAST,
                        "time slot " + guarantee.timeslot() + where);
            }
            GuarantorAssignments assignments =
                    guarantee.timeslot() / config.rotationPeriod() == rotation
                            ? current()
                            : previous();
            byte[] message = message(reportHash);
            int previousIndex = -1;
            for (Credential credential : credentials) {
                int guarantor = credential.validatorIndex();
                if (guarantor <= previousIndex) {
                    return invalid(
                            Violation.REPORTS_NOT_SORTED_OR_UNIQUE_GUARANTORS,
                            "validator " + guarantor + " after " + previousIndex + where);
                }
                previousIndex = guarantor;
                if (guarantor >= assignments.validators().size()) {
                    return invalid(
                            Violation.REPORTS_BAD_VALIDATOR_INDEX,
                            "validator " + guarantor + where);
                }
                Ed25519Key key = assignments.validators().get(guarantor).ed25519();
                if (state.offenders().contains(key)) {
                    return invalid(
                            Violation.REPORTS_BANNED_VALIDATOR, "validator " + guarantor + where);
                }
                if (assignments.cores()[guarantor] != core) {
                    return invalid(
                            Violation.REPORTS_WRONG_ASSIGNMENT,
                            "validator "
                                    + guarantor
                                    + " of core "
                                    + assignments.cores()[guarantor]
                                    + where);
                }
                signatures.add(
                        new Ed25519Check(
                                new Ed25519Claim(key, message, credential.signature()),
                                () -> "validator " + guarantor + where));
                reporters.add(key);
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkCores() {
            for (Guarantee guarantee : guarantees) {
                WorkReport report = guarantee.report();
                int core = report.core();
                if (state.pendingReports().get(core) != null) {
                    return invalid(Violation.REPORTS_CORE_ENGAGED, "core " + core);
                }
                if (!state.authorizerPools().get(core).contains(report.authorizerHash())) {
                    return invalid(
                            Violation.REPORTS_CORE_UNAUTHORIZED,
                            "authorizer " + report.authorizerHash() + " for core " + core);
                }
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkGas() {
            for (Guarantee guarantee : guarantees) {
                WorkReport report = guarantee.report();
                long left = config.reportAccumulationGas();
                for (WorkDigest digest : report.digests()) {
                    ServiceAccount account = state.services().account(digest.service());
                    if (account == null) {
                        return invalid(
                                Violation.REPORTS_BAD_SERVICE_ID,
                                "service " + digest.service() + " for core " + report.core());
                    }
                    long gas = digest.accumulateGasLimit();
                    if (Long.compareUnsigned(gas, account.minAccumulateGas()) < 0) {
                        return invalid(
                                Violation.REPORTS_SERVICE_ITEM_GAS_TOO_LOW,
                                Long.toUnsignedString(gas)
                                        + " for service "
                                        + digest.service()
                                        + " for core "
                                        + report.core());
                    }
                    if (Long.compareUnsigned(gas, left) > 0) {
                        return invalid(
                                Violation.REPORTS_WORK_REPORT_GAS_TOO_HIGH,
                                "more than "
                                        + config.reportAccumulationGas()
                                        + " for core "
                                        + report.core());
                    }
                    left -= gas;
                }
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkUniquePackages() {
            Set<Hash> packages = new HashSet<>();
            for (Guarantee guarantee : guarantees) {
                if (!packages.add(guarantee.report().specification().packageHash())) {
                    return invalid(
                            Violation.REPORTS_DUPLICATE_PACKAGE,
                            "the package for core "
                                    + guarantee.report().core()
                                    + " is in the block twice");
                }
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkContexts() {
            Map<Hash, RecentBlock> recent = new HashMap<>();
            state.recentBlocks().forEach(block -> recent.put(block.headerHash(), block));
            for (Guarantee guarantee : guarantees) {
                RefinementContext context = guarantee.report().context();
                String where = " for core " + guarantee.report().core();
                RecentBlock anchor = recent.get(context.anchor());
                if (anchor == null) {
                    return invalid(
                            Violation.REPORTS_ANCHOR_NOT_RECENT,
                            "anchor " + context.anchor() + where);
                }
                if (!anchor.stateRoot().equals(context.anchorStateRoot())) {
                    return invalid(
                            Violation.REPORTS_BAD_STATE_ROOT,
                            context.anchorStateRoot() + " after the anchor" + where);
                }
                if (!anchor.superPeak().equals(context.anchorSuperPeak())) {
                    return invalid(
                            Violation.REPORTS_BAD_BEEFY_MMR_ROOT,
                            context.anchorSuperPeak() + " after the anchor" + where);
                }
                if (rules.checksAnchorTimeslot() && anchor.timeslot() != context.anchorTimeslot()) {
                    return invalid(
                            Violation.REPORTS_BAD_ANCHOR_SLOT,
                            "time slot " + context.anchorTimeslot() + " of the anchor" + where);
                }
                Optional<InvalidReason> reason = checkLookupAnchor(context, where);
                if (reason.isPresent()) {
                    return reason;
                }
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkLookupAnchor(RefinementContext context, String where) {
            if (context.lookupAnchorTimeslot() < state.timeslot() - config.maxLookupAnchorAge()) {
                return invalid(
                        Violation.REPORTS_LOOKUP_ANCHOR_NOT_RECENT,
                        "time slot " + context.lookupAnchorTimeslot() + where);
            }
            if (!state.ancestry()
                    .contains(context.lookupAnchor(), context.lookupAnchorTimeslot())) {
                return invalid(
                        Violation.REPORTS_LOOKUP_ANCHOR_NOT_RECENT,
                        context.lookupAnchor()
                                + " of time slot "
                                + context.lookupAnchorTimeslot()
                                + " is no ancestor"
                                + where);
            }
            if (rules.checksLookupAnchorStateRoot()
                    && !state.ancestry()
                            .leadsTo(context.lookupAnchor(), context.lookupAnchorStateRoot())) {
                return invalid(
                        Violation.REPORTS_BAD_LOOKUP_ANCHOR_STATE_ROOT,
                        context.lookupAnchorStateRoot() + " after the lookup anchor" + where);
            }
            return Optional.empty();
        }

        /** No package may be anywhere in the pipeline already. */
        private Optional<InvalidReason> checkNewPackages() {
            Set<Hash> waiting = new HashSet<>();
            for (List<ReadyRecord> records : state.readyQueue()) {
                for (ReadyRecord ready : records) {
                    waiting.add(ready.report().specification().packageHash());
                }
            }
            for (PendingReport pending : state.priorReports()) {
                if (pending != null) {
                    waiting.add(pending.report().specification().packageHash());
                }
            }
            for (Guarantee guarantee : guarantees) {
                Hash packageHash = guarantee.report().specification().packageHash();
                if (isReported(packageHash)
                        || waiting.contains(packageHash)
                        || isAccumulated(packageHash)) {
                    return invalid(
                            Violation.REPORTS_DUPLICATE_PACKAGE,
                            packageHash + " for core " + guarantee.report().core());
                }
            }
            return Optional.empty();
        }

        private boolean isReported(Hash packageHash) {
            for (RecentBlock block : state.recentBlocks()) {
                if (block.reportedPackages().containsKey(packageHash)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isAccumulated(Hash packageHash) {
            for (SortedSet<Hash> packages : state.accumulatedPackages()) {
                if (packages.contains(packageHash)) {
                    return true;
                }
            }
            return false;
        }

        private Optional<InvalidReason> checkDependencies() {
            Map<Hash, Hash> incoming = new HashMap<>();
            for (Guarantee guarantee : guarantees) {
                incoming.put(
                        guarantee.report().specification().packageHash(),
                        guarantee.report().specification().segmentRoot());
            }
            for (Guarantee guarantee : guarantees) {
                WorkReport report = guarantee.report();
                for (Hash packageHash : report.context().prerequisites()) {
                    if (!incoming.containsKey(packageHash) && !isReported(packageHash)) {
                        return invalid(
                                Violation.REPORTS_DEPENDENCY_MISSING,
                                packageHash + " for core " + report.core());
                    }
                }
            }
            for (Guarantee guarantee : guarantees) {
                WorkReport report = guarantee.report();
                for (Map.Entry<Hash, Hash> lookup : report.segmentRootLookup().entrySet()) {
                    if (!Objects.equals(lookup.getValue(), incoming.get(lookup.getKey()))
                            && !isReported(lookup.getKey(), lookup.getValue())) {
                        return invalid(
                                Violation.REPORTS_SEGMENT_ROOT_LOOKUP_INVALID,
                                lookup.getKey() + " for core " + report.core());
                    }
                }
            }
            return Optional.empty();
        }

        private boolean isReported(Hash packageHash, Hash segmentRoot) {
            for (RecentBlock block : state.recentBlocks()) {
                if (Objects.equals(segmentRoot, block.reportedPackages().get(packageHash))) {
                    return true;
                }
            }
            return false;
        }

        private Optional<InvalidReason> checkCodeHashes() {
            for (Guarantee guarantee : guarantees) {
                for (WorkDigest digest : guarantee.report().digests()) {
                    ServiceAccount account = state.services().account(digest.service());
                    if (account == null || !account.codeHash().equals(digest.codeHash())) {
                        return invalid(
                                Violation.REPORTS_BAD_CODE_HASH,
                                "service "
                                        + digest.service()
                                        + " for core "
                                        + guarantee.report().core());
                    }
                }
            }
            return Optional.empty();
        }

        Result result() {
            List<@Nullable PendingReport> pending = new ArrayList<>(state.pendingReports());
            for (Guarantee guarantee : guarantees) {
                pending.set(
                        guarantee.report().core(),
                        new PendingReport(
                                guarantee.report(),
                                state.timeslot(),
                                rules.keepsGuarantees() ? guarantee : null));
            }
            return new Result(
                    Collections.unmodifiableList(pending), Collections.unmodifiableSet(reporters));
        }

        private GuarantorAssignments current() {
            GuarantorAssignments assignments = current;
            if (assignments == null) {
                assignments =
                        GuarantorAssignments.current(
                                config, state.entropy(), state.activeSet(), state.timeslot());
                current = assignments;
            }
            return assignments;
        }

        private GuarantorAssignments previous() {
            GuarantorAssignments assignments = previous;
            if (assignments == null) {
                assignments =
                        GuarantorAssignments.previous(
                                config,
                                state.entropy(),
                                state.activeSet(),
                                state.previousSet(),
                                state.timeslot());
                previous = assignments;
            }
            return assignments;
        }
    }

    /**
     * Returns what a guarantor signs.
     *
     * @param reportHash of the report
     * @gp eq:guarantorsig
     */
    public static byte[] message(Hash reportHash) {
        byte[] message = Arrays.copyOf(GUARANTEE, GUARANTEE.length + Hash.SIZE);
        System.arraycopy(reportHash.octets(), 0, message, GUARANTEE.length, Hash.SIZE);
        return message;
    }

    /** Returns the octets of a report whose number the paper does not fix. */
    private static long variableSize(WorkReport report) {
        long size = report.authorizationTrace().size();
        for (WorkDigest digest : report.digests()) {
            size +=
                    switch (digest.result()) {
                        case WorkResult.Output(var data) -> data.size();
                        case WorkResult.Error ignored -> 0;
                    };
        }
        return size;
    }

    private static Optional<InvalidReason> invalid(Violation violation, String detail) {
        return Optional.of(violation.because(detail));
    }
}
