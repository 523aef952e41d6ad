package io.marmalade.transition.accumulation;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.WorkReport;
import io.marmalade.invocation.accumulate.AccumulateInvocation;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.Outcome;

import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Executor;

/**
 * Accumulates what became available: the door of this package. Immutable; thread-safe if the
 * executor is.
 *
 * @gp sec:accumulation
 */
public final class Accumulation {
    private final ProtocolConfig config;
    private final AccumulateInvocation invocation;
    private final Executor executor;

    /**
     * @param config the chain's parameters
     * @param invocation runs one service
     */
    public Accumulation(ProtocolConfig config, AccumulateInvocation invocation) {
        this(config, invocation, Runnable::run);
    }

    /**
     * @param config the chain's parameters
     * @param invocation runs one service
     * @param executor what services of one round run on, besides the calling thread; it does not
     *     show in the result
     */
    public Accumulation(ProtocolConfig config, AccumulateInvocation invocation, Executor executor) {
        this.config = config;
        this.invocation = invocation;
        this.executor = executor;
    }

    /**
     * Accumulates.
     *
     * @param prior not changed
     * @param timeslot τ′: of the block, greater than the prior one, 0..2³²−1
     * @param entropy η′₀
     * @param newlyAvailable R: in the order of their cores
     * @return invalid only if two services made the same new service
     */
    public Outcome<AccumulationPosterior> accumulate(
            AccumulationPrior prior, long timeslot, Hash entropy, List<WorkReport> newlyAvailable) {
        int phase = config.phase(timeslot);
        ReadyQueues.Split split = ReadyQueues.split(newlyAvailable, prior.accumulatedPackages());
        List<WorkReport> reports = ReadyQueues.accumulatable(split, prior.readyQueue(), phase);

        ServiceChanges services = new ServiceChanges(prior.services());
        SequentialAccumulation rounds =
                new SequentialAccumulation(
                        AccumulationRules.of(config.version()),
                        new ParallelAccumulation(invocation, executor, timeslot, entropy),
                        services,
                        prior.stagingSet(),
                        prior.authorizerQueues(),
                        prior.privileges());
        rounds.run(blockGas(prior.privileges()), reports, prior.privileges().alwaysAccumulate());
        InvalidReason invalid = rounds.invalid();
        if (invalid != null) {
            return new Outcome.Invalid<>(invalid);
        }
        for (long service : rounds.statistics().keySet()) {
            ServiceAccount account = services.account(service);
            if (account != null) {
                services.putAccount(service, account.withLastAccumulation(timeslot));
            }
        }

        SortedSet<Hash> latest =
                ReadyQueues.packages(reports.subList(0, rounds.accumulatedReports()));
        return Outcome.valid(
                new AccumulationPosterior(
                        services,
                        rounds.stagingSet(),
                        rounds.authorizerQueues(),
                        rounds.privileges(),
                        ReadyQueues.requeue(
                                prior.readyQueue(),
                                split.queued(),
                                timeslot - prior.timeslot(),
                                phase,
                                latest),
                        ReadyQueues.shift(prior.accumulatedPackages(), latest),
                        rounds.outputs(),
                        rounds.statistics(),
                        rounds.accumulatedReports()));
    }

    /**
     * Returns the gas that a block's accumulation may use: at least what all cores' reports need.
     */
    private long blockGas(Privileges privileges) {
        long gas = Gas.times(config.reportAccumulationGas(), config.coreCount());
        for (long free : privileges.alwaysAccumulate().values()) {
            gas = Gas.plus(gas, free);
        }
        return Gas.max(config.blockAccumulationGas(), gas);
    }
}
