package io.marmalade.transition.accumulation;

import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.invocation.accumulate.AccumulateInvocation;
import io.marmalade.invocation.accumulate.AccumulateResult;
import io.marmalade.invocation.accumulate.PartialState;
import io.marmalade.invocation.accumulate.Provision;
import io.marmalade.state.AccumulationOutput;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * One round (Δ+): each service runs on its own view of the state before the round, then all results
 * are merged in the order of the service indices. Where the runs happen does not show in the
 * result.
 *
 * @gp eq:accpar
 */
final class ParallelAccumulation {
    private final AccumulateInvocation invocation;
    private final Executor executor;
    private final long timeslot;
    private final Hash entropy;

    ParallelAccumulation(
            AccumulateInvocation invocation, Executor executor, long timeslot, Hash entropy) {
        this.invocation = invocation;
        this.executor = executor;
        this.timeslot = timeslot;
        this.entropy = entropy;
    }

    /**
     * What a round gave.
     *
     * @param stagingSet i′
     * @param authorizerQueues q′
     * @param privileges m′, a′, v′, r′, z′
     * @param transfers t′: in the order of the services that made them
     * @param outputs b: at most one a service
     * @param gasUsed u: by service
     * @param invalid why the block is invalid, or null
     */
    record Round(
            ValidatorSet stagingSet,
            List<List<Hash>> authorizerQueues,
            Privileges privileges,
            List<DeferredTransfer> transfers,
            List<AccumulationOutput> outputs,
            SortedMap<Long, Long> gasUsed,
            @Nullable InvalidReason invalid) {}

    /**
     * Runs a round.
     *
     * @param state its accounts are {@code services}
     * @param services what the round's changes of accounts go to, once all services have run
     * @param inputs what each service is told
     */
    Round run(PartialState state, ServiceChanges services, SortedMap<Long, ServiceInputs> inputs) {
        SortedMap<Long, AccumulateResult> results = runAll(state, inputs);
        List<DeferredTransfer> transfers = new ArrayList<>();
        List<AccumulationOutput> outputs = new ArrayList<>();
        TreeMap<Long, Long> gasUsed = new TreeMap<>();
        results.forEach((service, result) -> {
            transfers.addAll(result.transfers());
            gasUsed.put(service, result.gasUsed());
            if (result.output() != null) {
                outputs.add(new AccumulationOutput(service, result.output()));
            }
        });
        return new Round(
                stagingSet(state, results),
                authorizerQueues(state, results),
                privileges(state.privileges(), results),
                transfers,
                outputs,
                gasUsed,
                mergeServices(services, results));
    }

    private SortedMap<Long, AccumulateResult> runAll(
            PartialState state, SortedMap<Long, ServiceInputs> inputs) {
        List<FutureTask<AccumulateResult>> tasks = new ArrayList<>(inputs.size());
        inputs.forEach(
                (service, told) -> tasks.add(new FutureTask<>(() -> runOne(state, service, told))));
        for (int i = 0; i < tasks.size() - 1; i++) {
            executor.execute(tasks.get(i));
        }
        // What the executor has not begun yet is done here, from the other end: an executor that is
        // busy, or is waiting
        // for this very thread, holds nothing up.
        for (FutureTask<AccumulateResult> task : tasks.reversed()) {
            task.run();
        }
        TreeMap<Long, AccumulateResult> results = new TreeMap<>();
        int next = 0;
        for (long service : inputs.keySet()) {
            results.put(service, join(tasks.get(next++)));
        }
        return results;
    }

    private AccumulateResult runOne(PartialState state, long service, ServiceInputs told) {
        return invocation.accumulate(state, timeslot, entropy, service, told.gas(), told.inputs());
    }

    private static AccumulateResult join(FutureTask<AccumulateResult> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("accumulating a service failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns i′: what the delegator of before made of it. */
    private static ValidatorSet stagingSet(
            PartialState state, Map<Long, AccumulateResult> results) {
        AccumulateResult delegator = results.get(state.privileges().delegator());
        return delegator == null ? state.stagingSet() : delegator.stagingSet();
    }

    /** Returns q′: for each core, what its assigner of before made of it. */
    private static List<List<Hash>> authorizerQueues(
            PartialState state, Map<Long, AccumulateResult> results) {
        List<Long> assigners = state.privileges().assigners();
        List<List<Hash>> queues = state.authorizerQueues();
        for (int core = 0; core < assigners.size(); core++) {
            AccumulateResult assigner = results.get(assigners.get(core));
            if (assigner == null) {
                continue;
            }
            List<Hash> queue = assigner.authorizerQueues().get(core);
            if (queue != queues.get(core)) {
                if (queues == state.authorizerQueues()) {
                    queues = new ArrayList<>(queues);
                }
                queues.set(core, queue);
            }
        }
        return queues == state.authorizerQueues() ? queues : List.copyOf(queues);
    }

    /** Returns m′, a′, v′, r′ and z′. */
    private static Privileges privileges(Privileges before, Map<Long, AccumulateResult> results) {
        Privileges manager = privilegesOf(before.manager(), before, results);
        List<Long> assigners = new ArrayList<>(before.assigners().size());
        boolean changed = manager != before;
        for (int core = 0; core < before.assigners().size(); core++) {
            long old = before.assigners().get(core);
            long merged =
                    select(
                            old,
                            manager.assigners().get(core),
                            privilegesOf(old, before, results).assigners().get(core));
            changed |= merged != old;
            assigners.add(merged);
        }
        long delegator = selectOwned(before, manager, results, Privileges::delegator);
        long registrar = selectOwned(before, manager, results, Privileges::registrar);
        changed |= delegator != before.delegator() || registrar != before.registrar();
        return changed
                ? new Privileges(
                        manager.manager(),
                        List.copyOf(assigners),
                        delegator,
                        registrar,
                        manager.alwaysAccumulate())
                : before;
    }

    private static long selectOwned(
            Privileges before,
            Privileges manager,
            Map<Long, AccumulateResult> results,
            Function<Privileges, Long> role) {
        long old = role.apply(before);
        return select(old, role.apply(manager), role.apply(privilegesOf(old, before, results)));
    }

    private static Privileges privilegesOf(
            long service, Privileges before, Map<Long, AccumulateResult> results) {
        AccumulateResult result = results.get(service);
        return result == null ? before : result.privileges();
    }

    /** Returns what the manager chose if that is a change, else what the holder chose (R). */
    private static long select(long old, long managers, long holders) {
        return managers == old ? holders : managers;
    }

    /** Applies n, then m, then all provisions; returns why the block is invalid, or null. */
    private @Nullable InvalidReason mergeServices(
            ServiceChanges services, SortedMap<Long, AccumulateResult> results) {
        Map<Long, Long> creators = new HashMap<>();
        Set<Long> removed = new HashSet<>();
        List<Provision> provisions = new ArrayList<>();
        for (Map.Entry<Long, AccumulateResult> entry : results.entrySet()) {
            long service = entry.getKey();
            AccumulateResult result = entry.getValue();
            for (Map.Entry<Long, @Nullable ServiceAccount> change :
                    result.services().changedAccounts().entrySet()) {
                long index = change.getKey();
                ServiceAccount account = change.getValue();
                if (account == null) {
                    removed.add(index);
                } else if (index == service) {
                    services.putAccount(index, account);
                } else if (creators.containsKey(index)) {
                    return Violation.ACCUMULATION_SERVICE_INDEX_TAKEN_TWICE.because(
                            "service "
                                    + index
                                    + " is new to both "
                                    + creators.get(index)
                                    + " and "
                                    + service);
                } else if (services.account(index) == null) {
                    creators.put(index, service);
                    services.putAccount(index, account);
                }
                // Else the service removed an account of before and made another with its index:
                // the union keeps
                // the one of before.
            }
            for (Map.Entry<StateKey, ServiceChanges.Value> change :
                    result.services().changedValues().entrySet()) {
                long owner = change.getValue().service();
                if (owner == service || isCreator(creators, owner, service)) {
                    put(services, change.getKey(), change.getValue());
                }
            }
            provisions.addAll(result.provisions());
        }
        removed.stream().sorted().forEach(services::removeAccount);
        Provision.integrate(services, provisions, timeslot);
        return null;
    }

    private static boolean isCreator(Map<Long, Long> creators, long index, long service) {
        Long creator = creators.get(index);
        return creator != null && creator == service;
    }

    private static void put(ServiceChanges services, StateKey key, ServiceChanges.Value value) {
        if (value.content() == null) {
            services.removeValue(value.service(), key);
        } else {
            services.putValue(value.service(), key, value.content());
        }
    }
}
