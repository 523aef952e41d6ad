package io.marmalade.transition.disputes;

import static io.marmalade.transition.rules.Samples.NEW;
import static io.marmalade.transition.rules.Samples.NEW_FULL;
import static io.marmalade.transition.rules.Samples.OLD;
import static io.marmalade.transition.rules.Samples.hash;
import static io.marmalade.transition.rules.Samples.pending;
import static io.marmalade.transition.rules.Samples.validators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.FakeCryptography;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

class DisputesTest {
    private static final ValidatorSet ACTIVE = validators(200, 6);
    private static final ValidatorSet PREVIOUS = validators(100, 9);
    private static final long TIMESLOT = 30;
    private static final DisputeRecords NONE =
            new DisputeRecords(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    private static final PendingReport PENDING = pending(1, 0, 28);

    @Test
    void leavesEverythingWhereThereAreNone() {
        List<@Nullable PendingReport> reports = Arrays.asList(PENDING, null);
        Disputes.Result result =
                valid(OLD, new DisputesExtrinsic(List.of(), List.of(), List.of()), reports);
        assertSame(NONE, result.records());
        assertSame(reports, result.pendingReports());
    }

    @Test
    void badVerdictNeedsTwoCulpritsUntilItNeedsNone() {
        Hash report = PENDING.report().hash(OLD);
        DisputesExtrinsic alone =
                new DisputesExtrinsic(
                        List.of(verdict(report, 2, ACTIVE, 0, 5)), List.of(), List.of());
        assertEquals(Violation.DISPUTES_NOT_ENOUGH_CULPRITS, refuse(OLD, alone));
        assertTrue(valid(NEW, alone, Arrays.asList(null, null)).records().bad().contains(report));

        DisputesExtrinsic one =
                new DisputesExtrinsic(
                        alone.verdicts(),
                        List.of(culprit(report, ACTIVE.get(0).ed25519())),
                        List.of());
        assertEquals(Violation.DISPUTES_NOT_ENOUGH_CULPRITS, refuse(OLD, one));
        DisputesExtrinsic two =
                new DisputesExtrinsic(
                        alone.verdicts(),
                        List.of(
                                culprit(report, ACTIVE.get(0).ed25519()),
                                culprit(report, ACTIVE.get(4).ed25519())),
                        List.of());
        Disputes.Result result = valid(OLD, two, Arrays.asList(PENDING, null));
        assertEquals(List.of(ACTIVE.get(0).ed25519(), ACTIVE.get(4).ed25519()), result.offenders());
        assertEquals(new TreeSet<>(result.offenders()), result.records().offenders());
        assertNull(result.pendingReports().get(0));
    }

    @Test
    void goodVerdictNeedsAFaultAndKeepsTheReport() {
        Hash report = PENDING.report().hash(OLD);
        List<Verdict> good = List.of(verdict(report, 2, ACTIVE, 5, 5));
        for (ProtocolConfig config : List.of(OLD, NEW)) {
            assertEquals(
                    Violation.DISPUTES_NOT_ENOUGH_FAULTS,
                    refuse(config, new DisputesExtrinsic(good, List.of(), List.of())));
            Disputes.Result result =
                    valid(
                            config,
                            new DisputesExtrinsic(
                                    good,
                                    List.of(),
                                    List.of(fault(report, false, ACTIVE.get(1).ed25519()))),
                            Arrays.asList(PENDING, null));
            assertNotNull(result.pendingReports().get(0));
            assertTrue(result.records().good().contains(report));
        }
        assertEquals(
                Violation.DISPUTES_FAULT_VERDICT_WRONG,
                refuse(
                        OLD,
                        new DisputesExtrinsic(
                                good,
                                List.of(),
                                List.of(fault(report, true, ACTIVE.get(1).ed25519())))));
    }

    @Test
    void wonkyVerdictEmptiesTheCore() {
        Hash report = PENDING.report().hash(OLD);
        Disputes.Result result =
                valid(
                        OLD,
                        new DisputesExtrinsic(
                                List.of(verdict(report, 2, ACTIVE, 2, 5)), List.of(), List.of()),
                        Arrays.asList(PENDING, null));
        assertTrue(result.records().wonky().contains(report));
        assertNull(result.pendingReports().get(0));
    }

    @Test
    void previousSetJudgesByItsOwnSize() {
        // Nine validators: seven votes decide, three leave it open.
        Hash report = hash(7);
        assertTrue(
                valid(
                                NEW_FULL,
                                disputesOf(verdict(report, 0, PREVIOUS, 3, 7)),
                                Arrays.asList(PENDING, null),
                                700)
                        .records()
                        .wonky()
                        .contains(report));
        assertEquals(
                Violation.DISPUTES_BAD_VOTE_SPLIT,
                refuse(NEW_FULL, disputesOf(verdict(report, 0, PREVIOUS, 2, 7)), 700));
        assertEquals(
                Violation.DISPUTES_BAD_JUDGEMENT_COUNT,
                refuse(NEW_FULL, disputesOf(verdict(report, 0, PREVIOUS, 2, 5)), 700));
        assertEquals(
                Violation.DISPUTES_BAD_JUDGEMENT_AGE,
                refuse(NEW_FULL, disputesOf(verdict(report, 0, PREVIOUS, 3, 7)), 1300));
    }

    @Test
    void judgeOutsideTheSetIsRefused() {
        Hash report = hash(7);
        Verdict verdict = verdict(report, 2, ACTIVE, 2, 5);
        List<Judgement> judgements = new ArrayList<>(verdict.judgements());
        Judgement last = judgements.removeLast();
        judgements.add(new Judgement(last.valid(), 6, last.signature()));
        assertEquals(
                Violation.DISPUTES_BAD_VALIDATOR_INDEX,
                refuse(OLD, disputesOf(new Verdict(report, 2, judgements))));
    }

    @Test
    void moreThanSixteenOfAKindAreTooManySinceTheyAreBounded() {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            verdicts.add(verdict(hash(i), 2, ACTIVE, 2, 5));
        }
        DisputesExtrinsic many = new DisputesExtrinsic(verdicts, List.of(), List.of());
        assertEquals(Violation.DISPUTES_TOO_MANY, refuse(NEW, many));
        assertEquals(17, valid(OLD, many, Arrays.asList(null, null)).records().wonky().size());
        valid(
                NEW,
                new DisputesExtrinsic(verdicts.subList(0, 16), List.of(), List.of()),
                Arrays.asList(null, null));
    }

    @Test
    void badSignatureComesBeforeWhatFollowsIt() {
        Hash report = hash(7);
        Verdict verdict = verdict(report, 2, ACTIVE, 1, 5);
        List<Judgement> judgements = new ArrayList<>(verdict.judgements());
        judgements.set(3, new Judgement(false, 3, Ed25519Signature.ZERO));
        // Signatures are looked at before the split of the votes.
        assertEquals(
                Violation.DISPUTES_BAD_SIGNATURE,
                refuse(OLD, disputesOf(new Verdict(report, 2, judgements))));
        assertEquals(Violation.DISPUTES_BAD_VOTE_SPLIT, refuse(OLD, disputesOf(verdict)));
    }

    private static DisputesExtrinsic disputesOf(Verdict verdict) {
        return new DisputesExtrinsic(List.of(verdict), List.of(), List.of());
    }

    private static Verdict verdict(
            Hash report, long epoch, ValidatorSet judges, int positive, int votes) {
        List<Judgement> judgements = new ArrayList<>();
        for (int i = 0; i < votes; i++) {
            boolean valid = i < positive;
            judgements.add(
                    new Judgement(
                            valid,
                            i,
                            FakeCryptography.sign(
                                    judges.get(i).ed25519(),
                                    message(valid ? "jam_valid" : "jam_invalid", report))));
        }
        return new Verdict(report, epoch, judgements);
    }

    private static Culprit culprit(Hash report, Ed25519Key key) {
        return new Culprit(
                report, key, FakeCryptography.sign(key, message("jam_guarantee", report)));
    }

    private static Fault fault(Hash report, boolean valid, Ed25519Key key) {
        return new Fault(
                report,
                valid,
                key,
                FakeCryptography.sign(key, message(valid ? "jam_valid" : "jam_invalid", report)));
    }

    private static byte[] message(String context, Hash report) {
        byte[] message =
                Arrays.copyOf(
                        context.getBytes(StandardCharsets.US_ASCII), context.length() + Hash.SIZE);
        System.arraycopy(report.octets(), 0, message, context.length(), Hash.SIZE);
        return message;
    }

    private static Disputes.Result valid(
            ProtocolConfig config,
            DisputesExtrinsic extrinsic,
            List<@Nullable PendingReport> reports) {
        return valid(config, extrinsic, reports, TIMESLOT);
    }

    private static Disputes.Result valid(
            ProtocolConfig config,
            DisputesExtrinsic extrinsic,
            List<@Nullable PendingReport> reports,
            long timeslot) {
        return switch (judge(config, extrinsic, reports, timeslot)) {
            case Outcome.Valid<Disputes.Result>(var result) -> result;
            case Outcome.Invalid<Disputes.Result>(var reason) -> throw new AssertionError(reason);
        };
    }

    private static Violation refuse(ProtocolConfig config, DisputesExtrinsic extrinsic) {
        return refuse(config, extrinsic, TIMESLOT);
    }

    private static Violation refuse(
            ProtocolConfig config, DisputesExtrinsic extrinsic, long timeslot) {
        return switch (judge(config, extrinsic, Arrays.asList(PENDING, null), timeslot)) {
            case Outcome.Valid<Disputes.Result>(var result) -> throw new AssertionError("valid");
            case Outcome.Invalid<Disputes.Result>(InvalidReason reason) -> reason.violation();
        };
    }

    private static Outcome<Disputes.Result> judge(
            ProtocolConfig config,
            DisputesExtrinsic extrinsic,
            List<@Nullable PendingReport> reports,
            long timeslot) {
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        Outcome<Disputes.Result> outcome =
                new Disputes(config, new FakeCryptography())
                        .apply(extrinsic, NONE, reports, timeslot, ACTIVE, PREVIOUS, checks);
        return checks.verdict().<Outcome<Disputes.Result>>map(Outcome.Invalid::new).orElse(outcome);
    }
}
