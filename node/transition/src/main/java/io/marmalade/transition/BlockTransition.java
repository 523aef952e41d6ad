package io.marmalade.transition;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Block;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Guarantee;
import io.marmalade.block.Header;
import io.marmalade.invocation.accumulate.Provision;
import io.marmalade.state.RecentBlock;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.State;
import io.marmalade.state.Statistics;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.accumulation.Accumulation;
import io.marmalade.transition.accumulation.AccumulationPosterior;
import io.marmalade.transition.accumulation.AccumulationPrior;
import io.marmalade.transition.assurances.Assurances;
import io.marmalade.transition.authorizations.Authorizations;
import io.marmalade.transition.disputes.Disputes;
import io.marmalade.transition.history.History;
import io.marmalade.transition.preimages.Preimages;
import io.marmalade.transition.reports.Ancestry;
import io.marmalade.transition.reports.Guarantees;
import io.marmalade.transition.reports.ReportingState;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.Violation;
import io.marmalade.transition.safrole.ConsensusState;
import io.marmalade.transition.safrole.Safrole;
import io.marmalade.transition.safrole.SafroleResult;
import io.marmalade.transition.safrole.Seal;
import io.marmalade.transition.statistics.StatisticsUpdate;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * The block-level state transition (Υ): takes a state and a block, and gives the next state, or the
 * reason why the block is invalid. Pure: no clock, no I/O, no log; the prior state is never
 * changed. Safe to use from several threads.
 *
 * <p>The parts look at a block in the order of {@link io.marmalade.transition.rules.Part}; the
 * reason that is given is the first that they find in this order, also where signatures are
 * verified elsewhere meanwhile.
 *
 * @gp eq:statetransition
 */
public final class BlockTransition {
    private final ProtocolConfig config;
    private final Cryptography cryptography;
    private final Executor executor;
    private final Disputes disputes;
    private final Safrole safrole;
    private final Seal seal;
    private final Assurances assurances;
    private final Guarantees guarantees;
    private final Accumulation accumulation;
    private final History history;
    private final StatisticsUpdate statistics;

    /**
     * @param config the chain's parameters and protocol version
     * @param accumulation accumulates the available reports, on the engine of its choice
     * @param cryptography the signature schemes
     * @param executor runs signature checks beside the rest; {@code Runnable::run} does without
     *     other threads. The transition goes on without what the executor has not begun
     */
    public BlockTransition(
            ProtocolConfig config,
            Accumulation accumulation,
            Cryptography cryptography,
            Executor executor) {
        this.config = config;
        this.cryptography = cryptography;
        this.executor = executor;
        this.disputes = new Disputes(config, cryptography);
        this.safrole = new Safrole(config, cryptography);
        this.seal = new Seal(config, cryptography);
        this.assurances = new Assurances(config, cryptography);
        this.guarantees = new Guarantees(config, cryptography);
        this.accumulation = accumulation;
        this.history = new History(config);
        this.statistics = new StatisticsUpdate(config);
    }

    /** What comes of a block. */
    public sealed interface Result {
        /**
         * The block is valid.
         *
         * @param headerHash identifies the block
         * @param posterior σ'; its services are the changes
         * @param changes what the block did to services, on top of those of the prior state
         */
        record Applied(Hash headerHash, State posterior, ServiceChanges changes)
                implements Result {}

        /**
         * The block is invalid.
         *
         * @param reason why
         */
        record Refused(InvalidReason reason) implements Result {}
    }

    /**
     * Applies a block. Whether its time slot lies in the future is not looked at; that is for
     * whoever has a clock.
     *
     * @param prior σ: the state after the block's parent
     * @param priorRoot the Merkle root of that state
     * @param block the block
     * @param ancestry the headers before the block
     */
    public Result apply(State prior, Hash priorRoot, Block block, Ancestry ancestry) {
        SignatureChecks checks = new SignatureChecks(executor);
        try {
            return switch (new Application(prior, priorRoot, block, ancestry, checks).run()) {
                case Outcome.Valid<Result.Applied>(var applied) ->
                        checks.verdict().<Result>map(Result.Refused::new).orElse(applied);
                case Outcome.Invalid<Result.Applied>(var reason) ->
                        new Result.Refused(checks.verdict().orElse(reason));
            };
        } finally {
            checks.abandon();
        }
    }

    /**
     * Tells the cryptography which ring an epoch that begins after a state will have, as far as is
     * known, so that the block that begins it need not wait for the ring's root. This changes no
     * result.
     *
     * @param posterior a state that blocks may be built on
     * @gp sec:keyrotation
     */
    public void prepareForNextEpoch(State posterior) {
        ValidatorSet next =
                Safrole.withoutOffenders(posterior.stagingSet(), posterior.disputes().offenders());
        if (next.size() > 0) {
            cryptography.expectRing(Safrole.ring(next));
        }
    }

    /** A block on its way through the parts. */
    private final class Application {
        private final State prior;
        private final Hash priorRoot;
        private final Header header;
        private final Extrinsic extrinsic;
        private final Ancestry ancestry;
        private final SignatureChecks checks;

        /** What the header and the guarantors' signatures commit to. */
        private final List<Hash> reportHashes;

        Application(
                State prior,
                Hash priorRoot,
                Block block,
                Ancestry ancestry,
                SignatureChecks checks) {
            this.prior = prior;
            this.priorRoot = priorRoot;
            this.header = block.header();
            this.extrinsic = block.extrinsic();
            this.ancestry = ancestry;
            this.checks = checks;
            this.reportHashes = Extrinsic.reportHashes(config, extrinsic.guarantees());
        }

        Outcome<Result.Applied> run() {
            Optional<InvalidReason> reason = checkHeader();
            return reason.isPresent() ? new Outcome.Invalid<>(reason.get()) : judge();
        }

        private Optional<InvalidReason> checkHeader() {
            List<RecentBlock> recent = prior.recentHistory().blocks();
            if (!recent.isEmpty() && !recent.getLast().headerHash().equals(header.parentHash())) {
                return Optional.of(
                        Violation.HEADER_UNKNOWN_PARENT.because(
                                header.parentHash() + " is not " + recent.getLast().headerHash()));
            }
            if (!header.priorStateRoot().equals(priorRoot)) {
                return Optional.of(
                        Violation.HEADER_BAD_PRIOR_STATE_ROOT.because(
                                header.priorStateRoot() + " is not " + priorRoot));
            }
            Hash extrinsicHash = extrinsic.hash(config, reportHashes);
            if (!header.extrinsicHash().equals(extrinsicHash)) {
                return Optional.of(
                        Violation.HEADER_BAD_EXTRINSIC_HASH.because(
                                header.extrinsicHash() + " is not " + extrinsicHash));
            }
            return Optional.empty();
        }

        private Outcome<Result.Applied> judge() {
            Outcome<Disputes.Result> outcome =
                    disputes.apply(
                            extrinsic.disputes(),
                            prior.disputes(),
                            prior.pendingReports(),
                            prior.timeslot(),
                            prior.activeSet(),
                            prior.previousSet(),
                            checks);
            return switch (outcome) {
                case Outcome.Invalid<Disputes.Result>(var reason) -> new Outcome.Invalid<>(reason);
                case Outcome.Valid<Disputes.Result>(var judged) ->
                        judged.offenders().equals(header.offendersMark())
                                ? rotate(judged)
                                : Outcome.invalid(
                                        Violation.DISPUTES_BAD_OFFENDERS_MARK,
                                        header.offendersMark().size()
                                                + " keys, not the block's "
                                                + judged.offenders().size());
            };
        }

        private Outcome<Result.Applied> rotate(Disputes.Result judged) {
            Outcome<SafroleResult> outcome =
                    safrole.apply(
                            ConsensusState.of(prior),
                            header.timeslot(),
                            cryptography.output(header.entropySignature()),
                            extrinsic.tickets(),
                            judged.records().offenders(),
                            checks);
            switch (outcome) {
                case Outcome.Invalid<SafroleResult>(var reason) -> {
                    return new Outcome.Invalid<>(reason);
                }
                case Outcome.Valid<SafroleResult>(var rotated) -> {
                    Optional<InvalidReason> reason =
                            seal.check(
                                    header,
                                    header.unsignedEncoding(config).octets(),
                                    rotated,
                                    checks);
                    return reason.isPresent()
                            ? new Outcome.Invalid<>(reason.get())
                            : assure(judged, rotated.posterior());
                }
            }
        }

        private Outcome<Result.Applied> assure(Disputes.Result judged, ConsensusState consensus) {
            Outcome<Assurances.Result> outcome =
                    assurances.apply(
                            extrinsic.assurances(),
                            judged.pendingReports(),
                            prior.activeSet(),
                            consensus.activeSet().size(),
                            header.parentHash(),
                            header.timeslot(),
                            checks);
            return switch (outcome) {
                case Outcome.Invalid<Assurances.Result>(var reason) ->
                        new Outcome.Invalid<>(reason);
                case Outcome.Valid<Assurances.Result>(var assured) ->
                        report(judged, consensus, assured);
            };
        }

        private Outcome<Result.Applied> report(
                Disputes.Result judged, ConsensusState consensus, Assurances.Result assured) {
            List<RecentBlock> recent =
                    History.withStateRoot(prior.recentHistory().blocks(), header.priorStateRoot());
            Outcome<Guarantees.Result> outcome =
                    guarantees.apply(
                            extrinsic.guarantees(),
                            reportHashes,
                            new ReportingState(
                                    header.timeslot(),
                                    consensus.entropy(),
                                    consensus.activeSet(),
                                    consensus.previousSet(),
                                    judged.records().offenders(),
                                    prior.pendingReports(),
                                    assured.pendingReports(),
                                    recent,
                                    prior.authorizerPools(),
                                    prior.services(),
                                    prior.readyQueue(),
                                    prior.accumulatedPackages(),
                                    ancestry),
                            checks);
            switch (outcome) {
                case Outcome.Invalid<Guarantees.Result>(var reason) -> {
                    return new Outcome.Invalid<>(reason);
                }
                case Outcome.Valid<Guarantees.Result>(var reported) -> {
                    return provide(judged, consensus, assured, reported, recent);
                }
            }
        }

        private Outcome<Result.Applied> provide(
                Disputes.Result judged,
                ConsensusState consensus,
                Assurances.Result assured,
                Guarantees.Result reported,
                List<RecentBlock> recent) {
            Outcome<List<Provision>> provided =
                    Preimages.check(prior.services(), extrinsic.preimages());
            switch (provided) {
                case Outcome.Invalid<List<Provision>>(var reason) -> {
                    return new Outcome.Invalid<>(reason);
                }
                case Outcome.Valid<List<Provision>>(var provisions) -> {
                    Outcome<AccumulationPosterior> outcome =
                            accumulation.accumulate(
                                    AccumulationPrior.of(prior),
                                    header.timeslot(),
                                    consensus.entropy().current(),
                                    assured.availableReports());
                    return switch (outcome) {
                        case Outcome.Invalid<AccumulationPosterior>(var reason) ->
                                new Outcome.Invalid<>(reason);
                        case Outcome.Valid<AccumulationPosterior>(var accumulated) -> {
                            Preimages.integrate(
                                    accumulated.services(), provisions, header.timeslot());
                            yield Outcome.valid(
                                    conclude(
                                            judged,
                                            consensus,
                                            assured,
                                            reported,
                                            recent,
                                            accumulated));
                        }
                    };
                }
            }
        }

        private Result.Applied conclude(
                Disputes.Result judged,
                ConsensusState consensus,
                Assurances.Result assured,
                Guarantees.Result reported,
                List<RecentBlock> recent,
                AccumulationPosterior accumulated) {
            ServiceChanges changes = accumulated.services();
            Hash headerHash = header.hash(config);
            State posterior =
                    prior.toBuilder()
                            .authorizerPools(
                                    Authorizations.apply(
                                            config,
                                            prior.authorizerPools(),
                                            accumulated.authorizerQueues(),
                                            header.timeslot(),
                                            usedAuthorizers()))
                            .recentHistory(
                                    history.append(
                                            recent,
                                            prior.recentHistory().accumulationOutputLog(),
                                            headerHash,
                                            header.timeslot(),
                                            history.accumulationRoot(accumulated.outputs()),
                                            reportedPackages()))
                            .lastAccumulationOutputs(accumulated.outputs())
                            .safrole(consensus.safrole())
                            .services(changes)
                            .entropy(consensus.entropy())
                            .stagingSet(accumulated.stagingSet())
                            .activeSet(consensus.activeSet())
                            .previousSet(consensus.previousSet())
                            .pendingReports(reported.pendingReports())
                            .timeslot(header.timeslot())
                            .authorizerQueues(accumulated.authorizerQueues())
                            .privileges(accumulated.privileges())
                            .disputes(judged.records())
                            .statistics(
                                    statistics(
                                            consensus, assured, reported.reporters(), accumulated))
                            .readyQueue(accumulated.readyQueue())
                            .accumulatedPackages(accumulated.accumulatedPackages())
                            .build();
            return new Result.Applied(headerHash, posterior, changes);
        }

        private Statistics statistics(
                ConsensusState consensus,
                Assurances.Result assured,
                Set<Ed25519Key> reporters,
                AccumulationPosterior accumulated) {
            Statistics validators =
                    statistics.validators(
                            prior.statistics(),
                            config.epoch(header.timeslot()) > config.epoch(prior.timeslot()),
                            header.authorIndex(),
                            extrinsic,
                            consensus.activeSet(),
                            reporters);
            return new Statistics(
                    validators.current(),
                    validators.previous(),
                    statistics.cores(
                            extrinsic.guarantees(),
                            extrinsic.assurances(),
                            assured.availableReports()),
                    statistics.services(
                            extrinsic.guarantees(),
                            extrinsic.preimages(),
                            accumulated.statistics()));
        }

        private Map<Integer, Hash> usedAuthorizers() {
            Map<Integer, Hash> used = new HashMap<>();
            for (Guarantee guarantee : extrinsic.guarantees()) {
                used.put(guarantee.report().core(), guarantee.report().authorizerHash());
            }
            return used;
        }

        private SortedMap<Hash, Hash> reportedPackages() {
            SortedMap<Hash, Hash> packages = new TreeMap<>();
            for (Guarantee guarantee : extrinsic.guarantees()) {
                packages.put(
                        guarantee.report().specification().packageHash(),
                        guarantee.report().specification().segmentRoot());
            }
            return Collections.unmodifiableSortedMap(packages);
        }
    }
}
