package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.AccountsContext;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.InvocationContext;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.Services;
import io.marmalade.state.ValidatorSet;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the host calls of one accumulation work on: the regular dimension (x), of which the
 * exceptional one (y) is the state as of the latest checkpoint. Used by one run, in one thread.
 *
 * <p>Invariants: what is appended to (transfers, provisions) is only ever appended to, so that a
 * checkpoint is their size; what is replaced (staging set, queues, privileges, output) is
 * immutable, so that a checkpoint is a reference; accounts have a {@linkplain ServiceChanges#mark
 * mark}. A checkpoint thus costs nothing, however much was done before.
 *
 * @gp eq:implications
 */
public final class AccumulateContext extends InvocationContext implements AccountsContext {
    /** What indices of new services leave free at the upper end. */
    private static final long RESERVED_INDICES = 1 << 8;

    private static final long INDEX_STEP = 42;

    /** What the exceptional dimension is taken back to. */
    private record Saved(
            int mark,
            ValidatorSet stagingSet,
            List<List<Hash>> authorizerQueues,
            Privileges privileges,
            int transfers,
            @Nullable Hash output,
            int provisions) {}

    /** Names a preimage for a service: its hash stands for its octets. */
    private record ProvisionKey(long service, Hash hash) {}

    private final long service;
    private final long timeslot;
    private final PartialState initial;
    private final ServiceChanges services;
    private ValidatorSet stagingSet;
    private List<List<Hash>> authorizerQueues;
    private Privileges privileges;
    private long nextFreeIndex;
    private final ArrayList<DeferredTransfer> transfers = new ArrayList<>();
    private @Nullable Hash output;
    private final ArrayList<Provision> provisions = new ArrayList<>();
    private final Set<ProvisionKey> provided = new HashSet<>();
    private Saved saved;

    /**
     * @param config version and parameters of the chain
     * @param fetchSources what {@code fetch} hands out
     * @param log takes what the service says
     * @param initial the partial state before the run (e)
     * @param services changes on top of its accounts: transfers to the service are credited already
     * @param service s: 0..2³²−1, with an account
     * @param timeslot t: of the block, 0..2³²−1
     * @param entropy η′₀
     */
    AccumulateContext(
            ProtocolConfig config,
            FetchSources fetchSources,
            HostLog log,
            PartialState initial,
            ServiceChanges services,
            long service,
            long timeslot,
            Hash entropy) {
        super(config, fetchSources, log, new HostLog.Source.Accumulation(service));
        this.initial = initial;
        this.services = services;
        this.service = service;
        this.timeslot = timeslot;
        this.stagingSet = initial.stagingSet();
        this.authorizerQueues = initial.authorizerQueues();
        this.privileges = initial.privileges();
        this.nextFreeIndex = check(firstIndex(entropy));
        this.saved = save();
    }

    @Override
    public long service() {
        return service;
    }

    @Override
    public ServiceChanges services() {
        return services;
    }

    /** Returns the accounts and all else as of before the run (e). */
    PartialState initial() {
        return initial;
    }

    /** Returns the block's time slot (t), 0..2³²−1. */
    long timeslot() {
        return timeslot;
    }

    /** Returns the account of the running service (x_s). */
    ServiceAccount self() {
        ServiceAccount account = services.account(service);
        if (account == null) {
            throw new IllegalStateException("service " + service + " runs but has no account");
        }
        return account;
    }

    /** Sets the account of the running service. */
    void setSelf(ServiceAccount account) {
        services.putAccount(service, account);
    }

    ValidatorSet stagingSet() {
        return stagingSet;
    }

    void setStagingSet(ValidatorSet stagingSet) {
        this.stagingSet = stagingSet;
    }

    List<List<Hash>> authorizerQueues() {
        return authorizerQueues;
    }

    /** Sets one core's authorizers. */
    void setAuthorizerQueue(int core, List<Hash> queue) {
        List<List<Hash>> queues = new ArrayList<>(authorizerQueues);
        queues.set(core, queue);
        authorizerQueues = queues;
    }

    Privileges privileges() {
        return privileges;
    }

    void setPrivileges(Privileges privileges) {
        this.privileges = privileges;
    }

    /** Returns the index that the next new service gets (x_i). */
    long nextFreeIndex() {
        return nextFreeIndex;
    }

    /** Goes on to the next index for new services. */
    void advanceFreeIndex() {
        long min = config().minPublicServiceIndex();
        nextFreeIndex = check(min + (nextFreeIndex - min + INDEX_STEP) % publicIndices());
    }

    /** Appends a transfer. */
    void addTransfer(DeferredTransfer transfer) {
        transfers.add(transfer);
    }

    /** Sets what the service yields. */
    void setOutput(Hash output) {
        this.output = output;
    }

    /** Adds a provision; returns whether it was new. */
    boolean provide(Provision provision) {
        boolean added = provided.add(new ProvisionKey(provision.service(), provision.hash()));
        if (added) {
            provisions.add(provision);
        }
        return added;
    }

    /** Makes the exceptional dimension what the regular one is now. */
    void checkpoint() {
        saved = save();
    }

    private Saved save() {
        return new Saved(
                services.mark(),
                stagingSet,
                authorizerQueues,
                privileges,
                transfers.size(),
                output,
                provisions.size());
    }

    /**
     * Returns the regular dimension as the run's result.
     *
     * @param returned the hash that the program returned, or null
     */
    AccumulateResult regular(long gasUsed, @Nullable Hash returned) {
        return new AccumulateResult(
                services,
                stagingSet,
                authorizerQueues,
                privileges,
                List.copyOf(transfers),
                returned != null ? returned : output,
                gasUsed,
                List.copyOf(provisions));
    }

    /**
     * Returns the exceptional dimension as the run's result; the context must not be used any more.
     */
    AccumulateResult exceptional(long gasUsed) {
        services.rollback(saved.mark);
        return new AccumulateResult(
                services,
                saved.stagingSet,
                saved.authorizerQueues,
                saved.privileges,
                List.copyOf(transfers.subList(0, saved.transfers)),
                saved.output,
                gasUsed,
                List.copyOf(provisions.subList(0, saved.provisions)));
    }

    private long firstIndex(Hash entropy) {
        Encoder seed = new Encoder(config());
        seed.natural(service).octets(entropy).natural(timeslot);
        byte[] hash = Blake2b.hash(seed.toArray()).octets();
        long number = 0;
        for (int i = 3; i >= 0; i--) {
            number = number << 8 | hash[i] & 0xff;
        }
        return number % publicIndices() + config().minPublicServiceIndex();
    }

    /**
     * Returns the first index from a given one on that was free before the run.
     *
     * @gp eq:newserviceindex
     */
    private long check(long index) {
        long min = config().minPublicServiceIndex();
        Services before = initial.services();
        long free = index;
        while (before.account(free) != null) {
            free = (free - min + 1) % publicIndices() + min;
        }
        return free;
    }

    private long publicIndices() {
        return (1L << 32) - RESERVED_INDICES - config().minPublicServiceIndex();
    }
}
