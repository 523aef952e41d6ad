package io.marmalade.transition.assurances;

import static io.marmalade.transition.rules.Samples.NEW;
import static io.marmalade.transition.rules.Samples.OLD;
import static io.marmalade.transition.rules.Samples.hash;
import static io.marmalade.transition.rules.Samples.pending;
import static io.marmalade.transition.rules.Samples.validators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Assurance;
import io.marmalade.state.PendingReport;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.FakeCryptography;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

class AssurancesTest {
    private static final ValidatorSet ACTIVE = validators(200, 6);
    private static final PendingReport FIRST = pending(1, 0, 10);
    private static final PendingReport SECOND = pending(2, 1, 12);
    private static final List<@Nullable PendingReport> BOTH = Arrays.asList(FIRST, SECOND);

    @Test
    void reportIsAvailableByMoreThanTwoThirdsOnly() {
        Assurances.Result four = valid(OLD, assurances(4, 0), BOTH, 6, 13);
        assertEquals(List.of(), four.availableReports());
        assertSame(BOTH, four.pendingReports());
        Assurances.Result five = valid(OLD, assurances(5, 0), BOTH, 6, 13);
        assertEquals(List.of(FIRST.report()), five.availableReports());
        assertEquals(Arrays.asList(null, SECOND), five.pendingReports());
    }

    @Test
    void reportTimesOutButBecomesAvailableInItsLastBlock() {
        assertEquals(
                Arrays.asList(null, SECOND), valid(OLD, List.of(), BOTH, 6, 15).pendingReports());
        Assurances.Result late = valid(OLD, assurances(5, 0), BOTH, 6, 15);
        assertEquals(List.of(FIRST.report()), late.availableReports());
        assertEquals(Arrays.asList(null, SECOND), late.pendingReports());
    }

    @Test
    void changeOfTheSetsSizeEmptiesAllCores() {
        Assurances.Result resized = valid(NEW, assurances(5, 0), BOTH, 9, 13);
        assertEquals(List.of(FIRST.report()), resized.availableReports());
        assertEquals(Arrays.asList(null, null), resized.pendingReports());
        assertEquals(BOTH, valid(NEW, List.of(), BOTH, 6, 13).pendingReports());
    }

    @Test
    void refusesAssuranceForAnEmptyCore() {
        assertEquals(
                Violation.ASSURANCES_CORE_NOT_ENGAGED,
                refuse(assurances(1, 1), Arrays.asList(FIRST, null)));
    }

    @Test
    void refusesAssurerOutsideTheSetOrOutOfOrder() {
        assertEquals(
                Violation.ASSURANCES_BAD_VALIDATOR_INDEX,
                refuse(List.of(new Assurance(hash(5), bits(0), 6, Ed25519Signature.ZERO)), BOTH));
        assertEquals(
                Violation.ASSURANCES_NOT_SORTED_OR_UNIQUE_ASSURERS,
                refuse(List.of(assurance(3, 0), assurance(3, 0)), BOTH));
    }

    @Test
    void refusesAnotherAnchor() {
        assertEquals(
                Violation.ASSURANCES_BAD_ATTESTATION_PARENT,
                refuse(List.of(new Assurance(hash(6), bits(0), 0, Ed25519Signature.ZERO)), BOTH));
    }

    @Test
    void badSignatureComesBeforeWhatFollowsIt() {
        Assurance forged = new Assurance(hash(5), bits(0), 1, Ed25519Signature.ZERO);
        assertEquals(
                Violation.ASSURANCES_BAD_SIGNATURE,
                refuse(List.of(assurance(0, 0), forged, assurance(0, 0)), BOTH));
        assertEquals(
                Violation.ASSURANCES_NOT_SORTED_OR_UNIQUE_ASSURERS,
                refuse(List.of(assurance(2, 0), forged), BOTH));
    }

    private static List<Assurance> assurances(int count, int core) {
        List<Assurance> assurances = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            assurances.add(assurance(i, core));
        }
        return assurances;
    }

    private static Assurance assurance(int validator, int core) {
        Assurance unsigned = new Assurance(hash(5), bits(core), validator, Ed25519Signature.ZERO);
        return new Assurance(
                hash(5),
                bits(core),
                validator,
                FakeCryptography.sign(
                        ACTIVE.get(validator).ed25519(), Assurances.message(unsigned, 2)));
    }

    private static BitSet bits(int core) {
        BitSet bits = new BitSet();
        bits.set(core);
        return bits;
    }

    private static Assurances.Result valid(
            ProtocolConfig config,
            List<Assurance> assurances,
            List<@Nullable PendingReport> pending,
            int posteriorSize,
            long timeslot) {
        return switch (apply(config, assurances, pending, posteriorSize, timeslot)) {
            case Outcome.Valid<Assurances.Result>(var result) -> result;
            case Outcome.Invalid<Assurances.Result>(var reason) -> throw new AssertionError(reason);
        };
    }

    private static Violation refuse(
            List<Assurance> assurances, List<@Nullable PendingReport> pending) {
        return switch (apply(OLD, assurances, pending, 6, 13)) {
            case Outcome.Valid<Assurances.Result>(var result) -> throw new AssertionError("valid");
            case Outcome.Invalid<Assurances.Result>(var reason) -> reason.violation();
        };
    }

    private static Outcome<Assurances.Result> apply(
            ProtocolConfig config,
            List<Assurance> assurances,
            List<@Nullable PendingReport> pending,
            int posteriorSize,
            long timeslot) {
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        Outcome<Assurances.Result> outcome =
                new Assurances(config, new FakeCryptography())
                        .apply(
                                assurances,
                                pending,
                                ACTIVE,
                                posteriorSize,
                                hash(5),
                                timeslot,
                                checks);
        return checks.verdict()
                .<Outcome<Assurances.Result>>map(Outcome.Invalid::new)
                .orElse(outcome);
    }
}
