package io.marmalade.transition.accumulation;

import io.marmalade.base.Hash;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkReport;
import io.marmalade.invocation.accumulate.PartialState;
import io.marmalade.state.AccumulationOutput;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.InvalidReason;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rounds until gas or work runs out (Δ*): each takes as many reports as the gas allows and the
 * transfers of the round before.
 *
 * @gp eq:accseq
 */
final class SequentialAccumulation {
    private static final Comparator<AccumulationOutput> BY_SERVICE_THEN_HASH =
            Comparator.comparingLong(AccumulationOutput::service)
                    .thenComparing(AccumulationOutput::output);

    private final AccumulationRules rules;
    private final ParallelAccumulation parallel;
    private final ServiceChanges services;
    private ValidatorSet stagingSet;
    private List<List<Hash>> authorizerQueues;
    private Privileges privileges;
    private final SortedSet<AccumulationOutput> outputs = new TreeSet<>(BY_SERVICE_THEN_HASH);
    private final TreeMap<Long, AccumulationRecord> statistics = new TreeMap<>();
    private int accumulatedReports;
    private @Nullable InvalidReason invalid;

    /**
     * @param services what changes of accounts go to
     */
    SequentialAccumulation(
            AccumulationRules rules,
            ParallelAccumulation parallel,
            ServiceChanges services,
            ValidatorSet stagingSet,
            List<List<Hash>> authorizerQueues,
            Privileges privileges) {
        this.rules = rules;
        this.parallel = parallel;
        this.services = services;
        this.stagingSet = stagingSet;
        this.authorizerQueues = authorizerQueues;
        this.privileges = privileges;
    }

    /**
     * Runs all rounds; to be called once.
     *
     * @param blockGas g: unsigned
     * @param reports r
     * @param alwaysAccumulate f: told in the first round
     */
    void run(long blockGas, List<WorkReport> reports, SortedMap<Long, Long> alwaysAccumulate) {
        long gas = blockGas;
        List<DeferredTransfer> transfers = List.of();
        SortedMap<Long, Long> free = alwaysAccumulate;
        while (true) {
            List<WorkReport> left = reports.subList(accumulatedReports, reports.size());
            long transferGas = gasOf(transfers);
            long spokenFor = rules.gasCoversAllInputs() ? Gas.plus(transferGas, sum(free)) : 0;
            List<WorkReport> taken = left.subList(0, prefix(left, gas, spokenFor));
            if (taken.isEmpty() && transfers.isEmpty() && free.isEmpty()) {
                return;
            }
            SortedMap<Long, ServiceInputs> inputs = ServiceInputs.collect(transfers, taken, free);
            ParallelAccumulation.Round round =
                    parallel.run(
                            new PartialState(services, stagingSet, authorizerQueues, privileges),
                            services,
                            inputs);
            if (round.invalid() != null) {
                invalid = round.invalid();
                return;
            }
            stagingSet = round.stagingSet();
            authorizerQueues = round.authorizerQueues();
            privileges = round.privileges();
            outputs.addAll(round.outputs());
            accumulatedReports += taken.size();
            count(inputs, round.gasUsed());
            long added = rules.gasCoversAllInputs() ? gasOf(round.transfers()) : transferGas;
            gas = Gas.minus(Gas.plus(gas, added), sum(round.gasUsed()));
            transfers = round.transfers();
            free = Collections.emptySortedMap();
        }
    }

    /** Returns how many reports the gas suffices for (i). */
    private static int prefix(List<WorkReport> reports, long gas, long spokenFor) {
        long sum = spokenFor;
        int count = 0;
        for (WorkReport report : reports) {
            for (WorkDigest digest : report.digests()) {
                sum = Gas.plus(sum, digest.accumulateGasLimit());
            }
            if (!Gas.isAtMost(sum, gas)) {
                break;
            }
            count++;
        }
        return count;
    }

    private void count(SortedMap<Long, ServiceInputs> inputs, SortedMap<Long, Long> gasUsed) {
        inputs.forEach((service, told) -> {
            AccumulationRecord record =
                    new AccumulationRecord(
                            told.inputs().size() - told.transfers(),
                            rules.countsTransfers() ? told.transfers() : 0,
                            gasUsed.getOrDefault(service, 0L));
            if (record.items() != 0 || record.transfers() != 0 || record.gasUsed() != 0) {
                statistics.merge(service, record, AccumulationRecord::plus);
            }
        });
    }

    private static long gasOf(List<DeferredTransfer> transfers) {
        long sum = 0;
        for (DeferredTransfer transfer : transfers) {
            sum = Gas.plus(sum, transfer.gasLimit());
        }
        return sum;
    }

    private static long sum(SortedMap<Long, Long> gas) {
        long sum = 0;
        for (long one : gas.values()) {
            sum = Gas.plus(sum, one);
        }
        return sum;
    }

    /** Returns why the block is invalid, or null; if not null, nothing else is to be asked. */
    @Nullable InvalidReason invalid() {
        return invalid;
    }

    ValidatorSet stagingSet() {
        return stagingSet;
    }

    List<List<Hash>> authorizerQueues() {
        return authorizerQueues;
    }

    Privileges privileges() {
        return privileges;
    }

    /** Returns b, in order. */
    List<AccumulationOutput> outputs() {
        return List.copyOf(outputs);
    }

    /** Returns S. */
    SortedMap<Long, AccumulationRecord> statistics() {
        return Collections.unmodifiableSortedMap(statistics);
    }

    /** Returns how many reports were accumulated, from the first on. */
    int accumulatedReports() {
        return accumulatedReports;
    }
}
