package io.marmalade.state;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A component of the state that stands at a key of its own in the serialized state.
 *
 * @param <T> its typed form
 * @gp sec:statemerklization
 */
public final class StateComponent<T> {
    /** α, at 1. */
    public static final StateComponent<List<List<Hash>>> AUTHORIZER_POOLS =
            new StateComponent<>(
                    1,
                    "authorizer pools",
                    State::authorizerPools,
                    (out, pools) ->
                            out.fixed(pools, (o, pool) -> o.sequence(pool, Encoder::octets)),
                    in ->
                            in.fixed(
                                    "core",
                                    in.config().coreCount(),
                                    i -> List.copyOf(i.sequence(Hash.SIZE, Decoder::hash))));

    /** φ, at 2. */
    public static final StateComponent<List<List<Hash>>> AUTHORIZER_QUEUES =
            new StateComponent<>(
                    2,
                    "authorizer queues",
                    State::authorizerQueues,
                    (out, queues) ->
                            out.fixed(queues, (o, queue) -> o.fixed(queue, Encoder::octets)),
                    in ->
                            in.fixed(
                                    "core",
                                    in.config().coreCount(),
                                    i ->
                                            List.copyOf(
                                                    i.fixed(
                                                            i.config().authQueueSize(),
                                                            Decoder::hash))));

    /** β, at 3. */
    public static final StateComponent<RecentHistory> RECENT_HISTORY =
            new StateComponent<>(
                    3,
                    "recent history",
                    State::recentHistory,
                    Encoder::value,
                    RecentHistory::decode);

    /** γ, at 4. */
    public static final StateComponent<SafroleState> SAFROLE =
            new StateComponent<>(
                    4, "safrole", State::safrole, Encoder::value, SafroleState::decode);

    /** ψ, at 5. */
    public static final StateComponent<DisputeRecords> DISPUTES =
            new StateComponent<>(
                    5, "disputes", State::disputes, Encoder::value, DisputeRecords::decode);

    /** η, at 6. */
    public static final StateComponent<Entropy> ENTROPY =
            new StateComponent<>(6, "entropy", State::entropy, Encoder::value, Entropy::decode);

    /** ι, at 7. */
    public static final StateComponent<ValidatorSet> STAGING_SET =
            new StateComponent<>(
                    7, "staging set", State::stagingSet, Encoder::value, ValidatorSet::decode);

    /** κ, at 8. */
    public static final StateComponent<ValidatorSet> ACTIVE_SET =
            new StateComponent<>(
                    8, "active set", State::activeSet, Encoder::value, ValidatorSet::decode);

    /** λ, at 9. */
    public static final StateComponent<ValidatorSet> PREVIOUS_SET =
            new StateComponent<>(
                    9, "previous set", State::previousSet, Encoder::value, ValidatorSet::decode);

    /** ρ, at 10. */
    public static final StateComponent<List<@Nullable PendingReport>> PENDING_REPORTS =
            new StateComponent<>(
                    10,
                    "pending reports",
                    State::pendingReports,
                    StateComponent::encodePendingReports,
                    in ->
                            in.<@Nullable PendingReport>fixed(
                                    "core",
                                    in.config().coreCount(),
                                    i -> i.optional(PendingReport::decode)));

    /** τ, at 11. */
    public static final StateComponent<Long> TIMESLOT =
            new StateComponent<>(11, "timeslot", State::timeslot, Encoder::u32, Decoder::u32);

    /** χ, at 12. */
    public static final StateComponent<Privileges> PRIVILEGES =
            new StateComponent<>(
                    12, "privileges", State::privileges, Encoder::value, Privileges::decode);

    /** π, at 13. */
    public static final StateComponent<Statistics> STATISTICS =
            new StateComponent<>(
                    13, "statistics", State::statistics, Encoder::value, Statistics::decode);

    /** ω, at 14. */
    public static final StateComponent<List<List<ReadyRecord>>> READY_QUEUE =
            new StateComponent<>(
                    14,
                    "ready queue",
                    State::readyQueue,
                    (out, queue) ->
                            out.fixed(queue, (o, entry) -> o.sequence(entry, Encoder::value)),
                    in ->
                            in.fixed(
                                    "entry",
                                    in.config().epochLength(),
                                    i ->
                                            List.copyOf(
                                                    i.sequence(
                                                            "report",
                                                            ReadyRecord.MIN_SIZE,
                                                            ReadyRecord::decode))));

    /** ξ, at 15. */
    public static final StateComponent<List<SortedSet<Hash>>> ACCUMULATED_PACKAGES =
            new StateComponent<>(
                    15,
                    "accumulated packages",
                    State::accumulatedPackages,
                    (out, entries) ->
                            out.fixed(entries, (o, entry) -> o.sequence(entry, Encoder::octets)),
                    in ->
                            in.fixed(
                                    "entry",
                                    in.config().epochLength(),
                                    i -> i.set(Hash.SIZE, Decoder::hash)));

    /** θ, at 16. */
    public static final StateComponent<List<AccumulationOutput>> LAST_ACCUMULATION_OUTPUTS =
            new StateComponent<>(
                    16,
                    "last accumulation outputs",
                    State::lastAccumulationOutputs,
                    (out, outputs) -> out.sequence(outputs, Encoder::value),
                    in ->
                            in.sequence(
                                    "output",
                                    AccumulationOutput.MIN_SIZE,
                                    AccumulationOutput::decode));

    /** All components, in the order of their keys. */
    public static final List<StateComponent<?>> ALL =
            List.of(
                    AUTHORIZER_POOLS,
                    AUTHORIZER_QUEUES,
                    RECENT_HISTORY,
                    SAFROLE,
                    DISPUTES,
                    ENTROPY,
                    STAGING_SET,
                    ACTIVE_SET,
                    PREVIOUS_SET,
                    PENDING_REPORTS,
                    TIMESLOT,
                    PRIVILEGES,
                    STATISTICS,
                    READY_QUEUE,
                    ACCUMULATED_PACKAGES,
                    LAST_ACCUMULATION_OUTPUTS);

    private final int index;
    private final String name;
    private final StateKey key;
    private final Function<State, T> part;
    private final BiConsumer<Encoder, T> writer;
    private final Function<Decoder, T> reader;

    private StateComponent(
            int index,
            String name,
            Function<State, T> part,
            BiConsumer<Encoder, T> writer,
            Function<Decoder, T> reader) {
        this.index = index;
        this.name = name;
        this.key = StateKeys.component(index);
        this.part = part;
        this.writer = writer;
        this.reader = reader;
    }

    /** Returns the component that stands at a key, or null if none does. */
    public static @Nullable StateComponent<?> at(StateKey key) {
        if (!StateKeys.isComponent(key)) {
            return null;
        }
        int index = StateKeys.componentIndex(key);
        return index >= 1 && index <= ALL.size() ? ALL.get(index - 1) : null;
    }

    /** Returns the component's index, 1..16. */
    public int index() {
        return index;
    }

    /** Returns what it is called. */
    public String name() {
        return name;
    }

    /** Returns the key where it stands. */
    public StateKey key() {
        return key;
    }

    /** Returns the component as it is in a state. */
    public T of(State state) {
        return part.apply(state);
    }

    /** Returns its encoding. */
    public Bytes encode(ProtocolConfig config, T value) {
        Encodable encodable = out -> writer.accept(out, value);
        return encodable.encoded(config);
    }

    /** Returns its encoding in a state. */
    public Bytes encodeOf(ProtocolConfig config, State state) {
        return encode(config, of(state));
    }

    /**
     * Reads what {@link #encode} returns.
     *
     * @throws DecodeException if it is not that; the message names the component
     */
    public T decode(ProtocolConfig config, Bytes encoding) {
        try {
            return Decoder.decode(config, encoding.octets(), reader);
        } catch (DecodeException e) {
            throw e.within(name);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static void encodePendingReports(Encoder out, List<@Nullable PendingReport> reports) {
        for (PendingReport report : reports) {
            out.optional(report, Encoder::value);
        }
    }
}
