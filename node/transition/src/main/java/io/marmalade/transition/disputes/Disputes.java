package io.marmalade.transition.disputes;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Culprit;
import io.marmalade.block.DisputesExtrinsic;
import io.marmalade.block.Fault;
import io.marmalade.block.Judgement;
import io.marmalade.block.Verdict;
import io.marmalade.state.DisputeRecords;
import io.marmalade.state.PendingReport;
import io.marmalade.state.ValidatorKeys;
import io.marmalade.state.ValidatorSet;
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
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Takes up what validators found of disputed reports, and who misbehaved.
 *
 * @gp sec:disputes
 */
public final class Disputes {
    private static final byte[] VALID = "jam_valid".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INVALID = "jam_invalid".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GUARANTEE = "jam_guarantee".getBytes(StandardCharsets.US_ASCII);

    private final ProtocolConfig config;
    private final TransitionRules rules;
    private final Cryptography cryptography;

    /**
     * @param config the chain's parameters
     * @param cryptography verifies the signatures
     */
    public Disputes(ProtocolConfig config, Cryptography cryptography) {
        this.config = config;
        this.rules = TransitionRules.of(config.version());
        this.cryptography = cryptography;
    }

    /**
     * What disputes leave behind.
     *
     * @param records ψ'
     * @param pendingReports ρ†
     * @param offenders the keys of this block's culprits and faults, in the order of the extrinsic:
     *     what the header must carry as its offenders mark
     */
    public record Result(
            DisputeRecords records,
            List<@Nullable PendingReport> pendingReports,
            List<Ed25519Key> offenders) {}

    /**
     * Applies a block's disputes.
     *
     * @param extrinsic E_D
     * @param prior ψ
     * @param pendingReports ρ
     * @param timeslot τ, of the prior state
     * @param activeSet κ
     * @param previousSet λ
     * @param checks takes the signatures
     */
    public Outcome<Result> apply(
            DisputesExtrinsic extrinsic,
            DisputeRecords prior,
            List<@Nullable PendingReport> pendingReports,
            long timeslot,
            ValidatorSet activeSet,
            ValidatorSet previousSet,
            SignatureChecks checks) {
        if (extrinsic.verdicts().isEmpty()
                && extrinsic.culprits().isEmpty()
                && extrinsic.faults().isEmpty()) {
            return Outcome.valid(new Result(prior, pendingReports, List.of()));
        }
        Block block =
                new Block(
                        extrinsic,
                        prior,
                        pendingReports,
                        config.epoch(timeslot),
                        activeSet,
                        previousSet);
        Optional<InvalidReason> reason = block.check();
        checks.addEd25519(Violation.DISPUTES_BAD_SIGNATURE, cryptography, block.signatures);
        return reason.isPresent()
                ? new Outcome.Invalid<>(reason.get())
                : Outcome.valid(block.result());
    }

    /** One block's disputes while they are looked at. */
    private final class Block {
        private final DisputesExtrinsic extrinsic;
        private final DisputeRecords prior;
        private final List<@Nullable PendingReport> pendingReports;
        private final long epoch;
        private final ValidatorSet activeSet;
        private final ValidatorSet previousSet;
        private final List<Ed25519Check> signatures = new ArrayList<>();
        private final Set<Hash> good = new HashSet<>();
        private final Set<Hash> bad = new HashSet<>();
        private final Set<Hash> wonky = new HashSet<>();

        Block(
                DisputesExtrinsic extrinsic,
                DisputeRecords prior,
                List<@Nullable PendingReport> pendingReports,
                long epoch,
                ValidatorSet activeSet,
                ValidatorSet previousSet) {
            this.extrinsic = extrinsic;
            this.prior = prior;
            this.pendingReports = pendingReports;
            this.epoch = epoch;
            this.activeSet = activeSet;
            this.previousSet = previousSet;
        }

        Optional<InvalidReason> check() {
            return checkCounts()
                    .or(this::checkVerdicts)
                    .or(this::checkOffenders)
                    .or(this::checkComposition);
        }

        private Optional<InvalidReason> checkCounts() {
            int most =
                    Math.max(
                            extrinsic.verdicts().size(),
                            Math.max(extrinsic.culprits().size(), extrinsic.faults().size()));
            return most > rules.maxDisputes()
                    ? invalid(Violation.DISPUTES_TOO_MANY, most + " of a kind")
                    : Optional.empty();
        }

        private Optional<InvalidReason> checkVerdicts() {
            List<Verdict> verdicts = extrinsic.verdicts();
            for (int i = 0; i < verdicts.size(); i++) {
                Verdict verdict = verdicts.get(i);
                if (i > 0
                        && verdicts.get(i - 1).reportHash().compareTo(verdict.reportHash()) >= 0) {
                    return invalid(
                            Violation.DISPUTES_VERDICTS_NOT_SORTED_UNIQUE,
                            "verdict " + i + " does not come after the one before it");
                }
                Optional<InvalidReason> reason = checkVerdict(i, verdict);
                if (reason.isPresent()) {
                    return reason;
                }
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkVerdict(int index, Verdict verdict) {
            if (verdict.epoch() != epoch && verdict.epoch() != epoch - 1) {
                return invalid(
                        Violation.DISPUTES_BAD_JUDGEMENT_AGE,
                        "verdict " + index + " is of epoch " + verdict.epoch() + " in " + epoch);
            }
            ValidatorSet judges = verdict.epoch() == epoch ? activeSet : previousSet;
            int superMajority = 2 * judges.size() / 3 + 1;
            List<Judgement> judgements = verdict.judgements();
            if (judgements.size() != superMajority) {
                return invalid(
                        Violation.DISPUTES_BAD_JUDGEMENT_COUNT,
                        "verdict "
                                + index
                                + " has "
                                + judgements.size()
                                + ", not "
                                + superMajority);
            }
            int positive = 0;
            int previous = -1;
            for (Judgement judgement : judgements) {
                int judge = judgement.validatorIndex();
                if (judge <= previous) {
                    return invalid(
                            Violation.DISPUTES_JUDGEMENTS_NOT_SORTED_UNIQUE,
                            "judge " + judge + " after " + previous + " in verdict " + index);
                }
                if (judge >= judges.size()) {
                    return invalid(
                            Violation.DISPUTES_BAD_VALIDATOR_INDEX,
                            "judge " + judge + " of " + judges.size() + " in verdict " + index);
                }
                previous = judge;
                positive += judgement.valid() ? 1 : 0;
                addSignature(
                        judges.get(judge).ed25519(),
                        judgement.valid() ? VALID : INVALID,
                        verdict.reportHash(),
                        judgement.signature(),
                        () -> "judge " + judge + " in verdict " + index);
            }
            Hash report = verdict.reportHash();
            if (prior.good().contains(report)
                    || prior.bad().contains(report)
                    || prior.wonky().contains(report)) {
                return invalid(
                        Violation.DISPUTES_ALREADY_JUDGED, "verdict " + index + " on " + report);
            }
            if (positive == superMajority) {
                good.add(report);
            } else if (positive == 0) {
                bad.add(report);
            } else if (positive == judges.size() / 3) {
                wonky.add(report);
            } else {
                return invalid(
                        Violation.DISPUTES_BAD_VOTE_SPLIT,
                        positive + " positive of " + superMajority + " in verdict " + index);
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkOffenders() {
            if (extrinsic.culprits().isEmpty() && extrinsic.faults().isEmpty()) {
                return Optional.empty();
            }
            Set<Ed25519Key> known = new HashSet<>();
            addKeys(known, activeSet);
            addKeys(known, previousSet);
            return checkCulprits(known).or(() -> checkFaults(known));
        }

        private Optional<InvalidReason> checkCulprits(Set<Ed25519Key> known) {
            List<Culprit> culprits = extrinsic.culprits();
            for (int i = 0; i < culprits.size(); i++) {
                Culprit culprit = culprits.get(i);
                int index = i;
                Supplier<String> where = () -> "culprit " + index;
                if (i > 0 && culprits.get(i - 1).key().compareTo(culprit.key()) >= 0) {
                    return invalid(
                            Violation.DISPUTES_CULPRITS_NOT_SORTED_UNIQUE,
                            "culprit " + i + " does not come after the one before it");
                }
                if (!isBad(culprit.reportHash())) {
                    return invalid(Violation.DISPUTES_CULPRITS_VERDICT_NOT_BAD, where.get());
                }
                if (prior.offenders().contains(culprit.key())) {
                    return invalid(Violation.DISPUTES_OFFENDER_ALREADY_REPORTED, where.get());
                }
                if (!known.contains(culprit.key())) {
                    return invalid(Violation.DISPUTES_BAD_GUARANTOR_KEY, where.get());
                }
                addSignature(
                        culprit.key(), GUARANTEE, culprit.reportHash(), culprit.signature(), where);
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkFaults(Set<Ed25519Key> known) {
            List<Fault> faults = extrinsic.faults();
            for (int i = 0; i < faults.size(); i++) {
                Fault fault = faults.get(i);
                int index = i;
                Supplier<String> where = () -> "fault " + index;
                if (i > 0 && faults.get(i - 1).key().compareTo(fault.key()) >= 0) {
                    return invalid(
                            Violation.DISPUTES_FAULTS_NOT_SORTED_UNIQUE,
                            "fault " + i + " does not come after the one before it");
                }
                boolean reportBad = isBad(fault.reportHash());
                boolean reportGood = isGood(fault.reportHash());
                if (reportBad == reportGood || reportBad != fault.valid()) {
                    return invalid(Violation.DISPUTES_FAULT_VERDICT_WRONG, where.get());
                }
                if (prior.offenders().contains(fault.key())) {
                    return invalid(Violation.DISPUTES_OFFENDER_ALREADY_REPORTED, where.get());
                }
                if (!known.contains(fault.key())) {
                    return invalid(Violation.DISPUTES_BAD_AUDITOR_KEY, where.get());
                }
                addSignature(
                        fault.key(),
                        fault.valid() ? VALID : INVALID,
                        fault.reportHash(),
                        fault.signature(),
                        where);
            }
            return Optional.empty();
        }

        private Optional<InvalidReason> checkComposition() {
            if (good.isEmpty() && bad.isEmpty()) {
                return Optional.empty();
            }
            Map<Hash, Integer> culprits = new HashMap<>();
            extrinsic.culprits().forEach(c -> culprits.merge(c.reportHash(), 1, Integer::sum));
            Set<Hash> faults = new HashSet<>();
            extrinsic.faults().forEach(fault -> faults.add(fault.reportHash()));
            for (int i = 0; i < extrinsic.verdicts().size(); i++) {
                Hash report = extrinsic.verdicts().get(i).reportHash();
                if (good.contains(report) && !faults.contains(report)) {
                    return invalid(
                            Violation.DISPUTES_NOT_ENOUGH_FAULTS, "verdict " + i + " is good");
                }
                if (bad.contains(report)
                        && culprits.getOrDefault(report, 0) < rules.culpritsOfBadVerdict()) {
                    return invalid(
                            Violation.DISPUTES_NOT_ENOUGH_CULPRITS, "verdict " + i + " is bad");
                }
            }
            return Optional.empty();
        }

        Result result() {
            List<Ed25519Key> offenders = new ArrayList<>();
            extrinsic.culprits().forEach(culprit -> offenders.add(culprit.key()));
            extrinsic.faults().forEach(fault -> offenders.add(fault.key()));
            return new Result(
                    new DisputeRecords(
                            union(prior.good(), good),
                            union(prior.bad(), bad),
                            union(prior.wonky(), wonky),
                            union(prior.offenders(), offenders)),
                    clearedReports(),
                    List.copyOf(offenders));
        }

        /** Returns ρ†: without the reports that were just judged as anything but good. */
        private List<@Nullable PendingReport> clearedReports() {
            if (bad.isEmpty() && wonky.isEmpty()) {
                return pendingReports;
            }
            List<@Nullable PendingReport> cleared = new ArrayList<>(pendingReports);
            cleared.replaceAll(pending -> {
                if (pending == null) {
                    return null;
                }
                Hash hash = pending.report().hash(config);
                return bad.contains(hash) || wonky.contains(hash) ? null : pending;
            });
            return Collections.unmodifiableList(cleared);
        }

        private boolean isBad(Hash report) {
            return bad.contains(report) || prior.bad().contains(report);
        }

        private boolean isGood(Hash report) {
            return good.contains(report) || prior.good().contains(report);
        }

        private void addSignature(
                Ed25519Key key,
                byte[] context,
                Hash report,
                Ed25519Signature signature,
                Supplier<String> where) {
            byte[] message = Arrays.copyOf(context, context.length + Hash.SIZE);
            System.arraycopy(report.octets(), 0, message, context.length, Hash.SIZE);
            signatures.add(new Ed25519Check(new Ed25519Claim(key, message, signature), where));
        }
    }

    private static Optional<InvalidReason> invalid(Violation violation, String detail) {
        return Optional.of(violation.because(detail));
    }

    private static void addKeys(Set<Ed25519Key> keys, ValidatorSet set) {
        for (ValidatorKeys validator : set.validators()) {
            keys.add(validator.ed25519());
        }
    }

    private static <T extends Comparable<T>> SortedSet<T> union(
            SortedSet<T> prior, Collection<T> more) {
        if (more.isEmpty()) {
            return prior;
        }
        TreeSet<T> union = new TreeSet<>(prior);
        union.addAll(more);
        return Collections.unmodifiableSortedSet(union);
    }
}
