package io.marmalade.transition.reports;

import static io.marmalade.transition.rules.Samples.ENTROPY;
import static io.marmalade.transition.rules.Samples.NEW;
import static io.marmalade.transition.rules.Samples.NEW_FULL;
import static io.marmalade.transition.rules.Samples.OLD;
import static io.marmalade.transition.rules.Samples.context;
import static io.marmalade.transition.rules.Samples.hash;
import static io.marmalade.transition.rules.Samples.pending;
import static io.marmalade.transition.rules.Samples.report;
import static io.marmalade.transition.rules.Samples.validators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.Credential;
import io.marmalade.block.Guarantee;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkReport;
import io.marmalade.state.PendingReport;
import io.marmalade.state.ReadyRecord;
import io.marmalade.state.RecentBlock;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.Services;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.FakeCryptography;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.Samples;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

class GuaranteesTest {
    private static final long TIMESLOT = 22;
    private static final Hash ANCHOR = hash(20);
    private static final long ANCHOR_TIMESLOT = 21;

    @Test
    void takesUpAReportWithItsGuaranteeAsFarAsTheVersionKeepsIt() {
        Fixture old = new Fixture(OLD);
        Guarantee guarantee = old.guarantee(old.report(1, 1));
        Guarantees.Result result = old.valid(List.of(guarantee));
        assertNull(result.pendingReports().get(0));
        assertEquals(
                new PendingReport(guarantee.report(), TIMESLOT, null),
                result.pendingReports().get(1));
        assertEquals(3, result.reporters().size());

        Fixture current = new Fixture(NEW);
        Guarantee kept = current.guarantee(current.report(1, 1));
        assertEquals(
                new PendingReport(kept.report(), TIMESLOT, kept),
                current.valid(List.of(kept)).pendingReports().get(1));
    }

    @Test
    void namesOfShardsAnchorSlotAndLookupRootAreCheckedSinceTheyAreThere() {
        Fixture fixture = new Fixture(NEW);
        RefinementContext context = context(ANCHOR, ANCHOR_TIMESLOT);
        fixture.refuse(Violation.REPORTS_BAD_SHARD_COUNT, report(1, 0, context, 5));
        fixture.refuse(Violation.REPORTS_BAD_ANCHOR_SLOT, report(1, 0, context(ANCHOR, 20), 6));
        fixture.ancestry = new Known(context.lookupAnchor(), 5, hash(25));
        fixture.refuse(Violation.REPORTS_BAD_LOOKUP_ANCHOR_STATE_ROOT, report(1, 0, context, 6));
        fixture.ancestry = new Known(context.lookupAnchor(), 5, context.lookupAnchorStateRoot());
        fixture.valid(List.of(fixture.guarantee(report(1, 0, context, 6))));

        Fixture old = new Fixture(OLD);
        old.ancestry = new Known(context.lookupAnchor(), 5, hash(25));
        old.valid(List.of(old.guarantee(report(1, 0, context(ANCHOR, 0), 0))));
    }

    @Test
    void lookupAnchorMustBeAnAncestorOfItsTimeAndNotTooOld() {
        Fixture fixture = new Fixture(OLD);
        WorkReport report = fixture.report(1, 0);
        fixture.ancestry = new Known(hash(99), 5, Hash.ZERO);
        fixture.refuse(Violation.REPORTS_LOOKUP_ANCHOR_NOT_RECENT, report);
        fixture.ancestry = new Known(report.context().lookupAnchor(), 6, Hash.ZERO);
        fixture.refuse(Violation.REPORTS_LOOKUP_ANCHOR_NOT_RECENT, report);
        fixture.ancestry = new Known(report.context().lookupAnchor(), 5, Hash.ZERO);
        fixture.valid(List.of(fixture.guarantee(report)));
        fixture.timeslot = 29;
        fixture.guaranteeTimeslot = 29;
        fixture.valid(List.of(fixture.guarantee(report)));
        fixture.timeslot = 30;
        fixture.refuse(Violation.REPORTS_LOOKUP_ANCHOR_NOT_RECENT, report);
    }

    @Test
    void onlyAThirdOfTheSetsCoresAreActive() {
        Fixture fixture = new Fixture(NEW_FULL);
        fixture.activeSet = validators(200, 9);
        fixture.previousSet = validators(100, 12);
        fixture.valid(List.of(fixture.guarantee(fixture.report(1, 2))));
        fixture.refuse(Violation.REPORTS_BAD_CORE_INDEX, fixture.report(1, 3));
        // The previous rotation is of the previous epoch and its larger set, but for the same
        // cores.
        fixture.timeslot = 600;
        fixture.guaranteeTimeslot = 599;
        fixture.valid(List.of(fixture.guarantee(fixture.report(1, 2))));
        fixture.refuse(Violation.REPORTS_BAD_CORE_INDEX, fixture.report(1, 3));
    }

    @Test
    void guaranteesMayBeOfThisRotationOrTheLast() {
        Fixture fixture = new Fixture(OLD);
        WorkReport report = fixture.report(1, 0);
        for (long timeslot : new long[] {16, 19, 20, 22}) {
            fixture.guaranteeTimeslot = timeslot;
            fixture.valid(List.of(fixture.guarantee(report)));
        }
        fixture.guaranteeTimeslot = 15;
        fixture.refuse(Violation.REPORTS_REPORT_EPOCH_BEFORE_LAST, report);
        fixture.guaranteeTimeslot = 23;
        fixture.refuse(Violation.REPORTS_FUTURE_REPORT_SLOT, report);
    }

    @Test
    void guarantorsAreInOrderAssignedKnownAndInGoodStanding() {
        Fixture fixture = new Fixture(OLD);
        Guarantee good = fixture.guarantee(fixture.report(1, 0));
        List<Credential> credentials = good.credentials();
        fixture.refuse(
                Violation.REPORTS_INSUFFICIENT_GUARANTEES, with(good, credentials.subList(0, 1)));
        fixture.valid(List.of(with(good, credentials.subList(0, 2))));
        fixture.refuse(
                Violation.REPORTS_NOT_SORTED_OR_UNIQUE_GUARANTORS,
                with(good, List.of(credentials.get(1), credentials.get(0))));
        fixture.refuse(
                Violation.REPORTS_BAD_VALIDATOR_INDEX,
                with(good, List.of(credentials.get(0), new Credential(6, Ed25519Signature.ZERO))));
        fixture.refuse(
                Violation.REPORTS_BAD_SIGNATURE,
                with(
                        good,
                        List.of(
                                credentials.get(0),
                                new Credential(
                                        credentials.get(1).validatorIndex(),
                                        Ed25519Signature.ZERO))));
        Guarantee other = fixture.guarantee(fixture.report(2, 1));
        fixture.refuse(Violation.REPORTS_WRONG_ASSIGNMENT, with(good, other.credentials()));
        fixture.offenders =
                Set.of(fixture.activeSet.get(credentials.get(0).validatorIndex()).ed25519());
        fixture.refuse(Violation.REPORTS_BANNED_VALIDATOR, good);
    }

    @Test
    void packageMustBeNowhereInThePipeline() {
        WorkReport report = new Fixture(OLD).report(1, 0);
        Hash packageHash = report.specification().packageHash();
        Fixture reported = new Fixture(OLD);
        reported.reported = packageHash;
        reported.refuse(Violation.REPORTS_DUPLICATE_PACKAGE, report);
        Fixture accumulated = new Fixture(OLD);
        accumulated.accumulated.add(packageHash);
        accumulated.refuse(Violation.REPORTS_DUPLICATE_PACKAGE, report);
        Fixture ready = new Fixture(OLD);
        ready.ready = List.of(List.of(new ReadyRecord(report, new TreeSet<>())));
        ready.refuse(Violation.REPORTS_DUPLICATE_PACKAGE, report);
        // What waited for availability before the block counts, even if its core is free by now.
        Fixture waiting = new Fixture(OLD);
        waiting.priorReports = Arrays.asList(null, pending(1, 1, 18));
        waiting.refuse(Violation.REPORTS_DUPLICATE_PACKAGE, report);
        Fixture twice = new Fixture(OLD);
        twice.refuse(
                Violation.REPORTS_DUPLICATE_PACKAGE,
                List.of(twice.guarantee(report), twice.guarantee(twice.report(1, 1))));
    }

    @Test
    void coreMustBeFreeAndGuaranteesInOrderOfCores() {
        Fixture fixture = new Fixture(OLD);
        fixture.refuse(
                Violation.REPORTS_OUT_OF_ORDER_GUARANTEE,
                List.of(
                        fixture.guarantee(fixture.report(1, 1)),
                        fixture.guarantee(fixture.report(2, 0))));
        fixture.pendingReports = Arrays.asList(pending(9, 0, 21), null);
        fixture.refuse(Violation.REPORTS_CORE_ENGAGED, fixture.report(1, 0));
        fixture.valid(List.of(fixture.guarantee(fixture.report(1, 1))));
    }

    @Test
    void gasIsSummedWithoutOverflow() {
        Fixture fixture = new Fixture(OLD);
        WorkReport report = fixture.report(1, 0);
        fixture.refuse(
                Violation.REPORTS_WORK_REPORT_GAS_TOO_HIGH,
                Collections.nCopies(2, Long.MIN_VALUE),
                report);
        fixture.refuse(Violation.REPORTS_WORK_REPORT_GAS_TOO_HIGH, List.of(-1L), report);
        fixture.refuse(Violation.REPORTS_WORK_REPORT_GAS_TOO_HIGH, List.of(10_000_001L), report);
        fixture.refuse(Violation.REPORTS_SERVICE_ITEM_GAS_TOO_LOW, List.of(1000L, 99L), report);
        fixture.valid(
                List.of(fixture.guarantee(Fixture.withGas(report, List.of(9_999_900L, 100L)))));
    }

    @Test
    void assignsThreeValidatorsToEachCoreAndRotatesThem() {
        for (int size : new int[] {6, 9, 54, 1023}) {
            ValidatorSet set = validators(100, size);
            int[] before = null;
            for (long timeslot = 600; timeslot < 620; timeslot += 10) {
                int[] cores =
                        GuarantorAssignments.current(NEW_FULL, ENTROPY, set, timeslot).cores();
                int[] counts = new int[size / 3];
                for (int core : cores) {
                    counts[core]++;
                }
                assertTrue(Arrays.stream(counts).allMatch(count -> count == 3));
                if (before != null) {
                    for (int i = 0; i < size; i++) {
                        assertEquals((before[i] + 1) % (size / 3), cores[i]);
                    }
                    assertEquals(
                            Arrays.toString(before),
                            Arrays.toString(
                                    GuarantorAssignments.previous(
                                                    NEW_FULL, ENTROPY, set, set, timeslot)
                                            .cores()));
                }
                before = cores;
            }
        }
    }

    @Test
    void previousRotationOfTheFirstSlotsIsOfThePreviousSet() {
        ValidatorSet active = validators(200, 6);
        ValidatorSet previous = validators(100, 6);
        assertEquals(
                previous,
                GuarantorAssignments.previous(OLD, ENTROPY, active, previous, 2).validators());
        assertEquals(
                previous,
                GuarantorAssignments.previous(OLD, ENTROPY, active, previous, 15).validators());
        assertEquals(
                active,
                GuarantorAssignments.previous(OLD, ENTROPY, active, previous, 16).validators());
    }

    private static Guarantee with(Guarantee guarantee, List<Credential> credentials) {
        return new Guarantee(guarantee.report(), guarantee.timeslot(), credentials);
    }

    /** One header that is known. */
    private record Known(Hash header, long timeslot, Hash stateRoot) implements Ancestry {
        @Override
        public boolean contains(Hash headerHash, long headerTimeslot) {
            return headerHash.equals(header) && headerTimeslot == timeslot;
        }

        @Override
        public boolean leadsTo(Hash headerHash, Hash root) {
            return headerHash.equals(header) && root.equals(stateRoot);
        }
    }

    /** A state that reports of service 42 fit. */
    private static final class Fixture {
        private final ProtocolConfig config;
        private final SortedSet<Hash> accumulated = new TreeSet<>();
        private long timeslot = TIMESLOT;
        private long guaranteeTimeslot = TIMESLOT;
        private ValidatorSet activeSet = validators(200, 6);
        private ValidatorSet previousSet = validators(100, 6);
        private Set<Ed25519Key> offenders = Set.of();
        private List<@Nullable PendingReport> priorReports;
        private List<@Nullable PendingReport> pendingReports;
        private List<List<ReadyRecord>> ready = List.of();
        private Hash reported = hash(77);
        private Ancestry ancestry = Ancestry.UNKNOWN;

        Fixture(ProtocolConfig config) {
            this.config = config;
            this.priorReports = new ArrayList<>(Collections.nCopies(config.coreCount(), null));
            this.pendingReports = priorReports;
        }

        WorkReport report(int number, int core) {
            boolean old = config.version() == OLD.version();
            return Samples.report(
                    number,
                    core,
                    context(ANCHOR, old ? 0 : ANCHOR_TIMESLOT),
                    old ? 0 : activeSet.size());
        }

        static WorkReport withGas(WorkReport report, List<Long> gas) {
            return new WorkReport(
                    report.specification(),
                    report.context(),
                    report.core(),
                    report.authorizerHash(),
                    report.authorizationGasUsed(),
                    report.authorizationTrace(),
                    report.segmentRootLookup(),
                    gas.stream()
                            .map(each -> {
                                WorkDigest digest = report.digests().getFirst();
                                return new WorkDigest(
                                        digest.service(),
                                        digest.codeHash(),
                                        digest.payloadHash(),
                                        each,
                                        digest.result(),
                                        digest.refineGasUsed(),
                                        digest.importCount(),
                                        digest.extrinsicCount(),
                                        digest.extrinsicSize(),
                                        digest.exportCount());
                            })
                            .toList());
        }

        /** Signs by those whom the guarantee's rotation assigns to the core. */
        Guarantee guarantee(WorkReport report) {
            boolean sameRotation =
                    timeslot / config.rotationPeriod()
                            == guaranteeTimeslot / config.rotationPeriod();
            GuarantorAssignments assignments =
                    sameRotation
                            ? GuarantorAssignments.current(config, ENTROPY, activeSet, timeslot)
                            : GuarantorAssignments.previous(
                                    config, ENTROPY, activeSet, previousSet, timeslot);
            List<Credential> credentials = new ArrayList<>();
            for (int i = 0; i < assignments.cores().length; i++) {
                if (assignments.cores()[i] == report.core()) {
                    credentials.add(
                            new Credential(
                                    i,
                                    FakeCryptography.sign(
                                            assignments.validators().get(i).ed25519(),
                                            Guarantees.message(report.hash(config)))));
                }
            }
            return new Guarantee(report, guaranteeTimeslot, credentials);
        }

        Guarantees.Result valid(List<Guarantee> guarantees) {
            return switch (apply(guarantees)) {
                case Outcome.Valid<Guarantees.Result>(var result) -> result;
                case Outcome.Invalid<Guarantees.Result>(var reason) ->
                        throw new AssertionError(reason);
            };
        }

        void refuse(Violation violation, WorkReport report) {
            refuse(violation, guarantee(report));
        }

        void refuse(Violation violation, List<Long> gas, WorkReport report) {
            refuse(violation, withGas(report, gas));
        }

        void refuse(Violation violation, Guarantee guarantee) {
            refuse(violation, List.of(guarantee));
        }

        void refuse(Violation violation, List<Guarantee> guarantees) {
            switch (apply(guarantees)) {
                case Outcome.Valid<Guarantees.Result>(var result) ->
                        throw new AssertionError("valid, not " + violation);
                case Outcome.Invalid<Guarantees.Result>(var reason) ->
                        assertEquals(violation, reason.violation(), reason.toString());
            }
        }

        private Outcome<Guarantees.Result> apply(List<Guarantee> guarantees) {
            TreeMap<Hash, Hash> packages = new TreeMap<>();
            packages.put(reported, hash(78));
            SignatureChecks checks = new SignatureChecks(Runnable::run);
            Outcome<Guarantees.Result> outcome =
                    new Guarantees(config, new FakeCryptography())
                            .apply(
                                    guarantees,
                                    new ReportingState(
                                            timeslot,
                                            ENTROPY,
                                            activeSet,
                                            previousSet,
                                            offenders,
                                            priorReports,
                                            pendingReports,
                                            List.of(
                                                    new RecentBlock(
                                                            ANCHOR,
                                                            hash(22),
                                                            hash(21),
                                                            ANCHOR_TIMESLOT,
                                                            packages)),
                                            Collections.nCopies(
                                                    config.coreCount(),
                                                    List.of(hash(40), hash(41))),
                                            new OneService(),
                                            ready,
                                            List.of(accumulated),
                                            ancestry),
                                    checks);
            return checks.verdict()
                    .<Outcome<Guarantees.Result>>map(Outcome.Invalid::new)
                    .orElse(outcome);
        }
    }

    /** Service 42, which asks for 100 gas. */
    private static final class OneService implements Services {
        @Override
        public @Nullable ServiceAccount account(long service) {
            return service == 42 ? new ServiceAccount(hash(42), 0, 100, 0, 0, 0, 0, 0, 0, 0) : null;
        }

        @Override
        public @Nullable Bytes value(StateKey key) {
            return null;
        }

        @Override
        public List<StateKey> keysOf(long service) {
            return List.of();
        }
    }
}
