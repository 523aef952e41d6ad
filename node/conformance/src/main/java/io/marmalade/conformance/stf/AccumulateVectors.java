package io.marmalade.conformance.stf;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.WorkReport;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.accumulate.PvmAccumulateInvocation;
import io.marmalade.pvm.Engine;
import io.marmalade.state.Privileges;
import io.marmalade.state.ReadyRecord;
import io.marmalade.state.ServiceRecord;
import io.marmalade.state.Services;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.accumulation.Accumulation;
import io.marmalade.transition.accumulation.AccumulationPosterior;
import io.marmalade.transition.accumulation.AccumulationPrior;
import io.marmalade.transition.history.History;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.statistics.StatisticsUpdate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Runs the vectors of accumulation. */
public final class AccumulateVectors {
    private static final long CACHED_OCTETS = 16L << 20;
    private static final int REPORT_MIN_SIZE = 100;
    private static final int RECORD_MIN_SIZE = 10;

    private AccumulateVectors() {}

    /**
     * Runs all vectors of a folder.
     *
     * @param config of the chain that the vectors are from
     * @param engine runs the services
     * @param executor what services of one round run on, besides the calling thread
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(
            ProtocolConfig config, Path folder, Engine engine, Executor executor)
            throws IOException {
        Accumulation accumulation =
                new Accumulation(
                        config,
                        new PvmAccumulateInvocation(
                                config,
                                engine,
                                new ProgramCache(config.version(), CACHED_OCTETS),
                                HostLog.NONE),
                        executor);
        return StfVectors.run(config, folder, (c, in) -> runOne(c, accumulation, in));
    }

    private record VectorState(
            long timeslot,
            Hash entropy,
            List<List<ReadyRecord>> readyQueue,
            List<SortedSet<Hash>> accumulatedPackages,
            Privileges privileges,
            SortedMap<Long, ServiceRecord> statistics,
            Services services) {
        static VectorState decode(Decoder in) {
            int epochLength = in.config().epochLength();
            return new VectorState(
                    in.u32(),
                    in.hash(),
                    in.fixed(
                            epochLength,
                            slot -> slot.sequence(REPORT_MIN_SIZE, ReadyRecord::decode)),
                    in.fixed(epochLength, slot -> slot.set(Hash.SIZE, Decoder::hash)),
                    Privileges.decode(in),
                    in.dictionary(RECORD_MIN_SIZE, Decoder::u32, ServiceRecord::decode),
                    VectorAccounts.decode(in));
        }
    }

    private static Optional<String> runOne(
            ProtocolConfig config, Accumulation accumulation, Decoder in) {
        long timeslot = in.u32();
        List<WorkReport> reports = in.sequence(REPORT_MIN_SIZE, WorkReport::decode);
        VectorState prior = VectorState.decode(in);
        StfVectors.Expected<Hash> expected =
                StfVectors.Expected.decode(in, Decoder::hash, List.of());
        VectorState posterior = VectorState.decode(in);
        in.finish();
        Outcome<AccumulationPosterior> outcome =
                accumulation.accumulate(
                        new AccumulationPrior(
                                prior.timeslot,
                                prior.services,
                                new ValidatorSet(List.of()),
                                Collections.nCopies(config.coreCount(), List.<Hash>of()),
                                prior.privileges,
                                prior.readyQueue,
                                prior.accumulatedPackages),
                        timeslot,
                        prior.entropy,
                        reports);
        return switch (outcome) {
            case Outcome.Invalid<AccumulationPosterior>(var reason) ->
                    expected.compareError(reason);
            case Outcome.Valid<AccumulationPosterior>(var actual) ->
                    Stream.of(
                                    expected.compareOutput(
                                            new History(config).accumulationRoot(actual.outputs())),
                                    VectorAccounts.compare(posterior.services, actual.services()),
                                    StfVectors.compare(
                                            "ready queue",
                                            posterior.readyQueue,
                                            actual.readyQueue()),
                                    StfVectors.compare(
                                            "accumulated packages",
                                            posterior.accumulatedPackages,
                                            actual.accumulatedPackages()),
                                    StfVectors.compare(
                                            "privileges",
                                            posterior.privileges,
                                            actual.privileges()),
                                    StfVectors.compare(
                                            "statistics",
                                            posterior.statistics,
                                            new StatisticsUpdate(config)
                                                    .services(
                                                            List.of(),
                                                            List.of(),
                                                            actual.statistics())))
                            .flatMap(Optional::stream)
                            .findFirst();
        };
    }
}
