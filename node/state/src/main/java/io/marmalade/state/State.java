package io.marmalade.state;

import io.marmalade.base.Hash;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/**
 * The state (σ) in typed form; immutable.
 *
 * @param authorizerPools α: at most O authorizer hashes a core
 * @param recentHistory β
 * @param lastAccumulationOutputs θ
 * @param safrole γ
 * @param services δ
 * @param entropy η
 * @param stagingSet ι
 * @param activeSet κ
 * @param previousSet λ
 * @param pendingReports ρ: one or none a core
 * @param timeslot τ: of the latest block, 0..2³²−1
 * @param authorizerQueues φ: Q authorizer hashes a core
 * @param privileges χ
 * @param disputes ψ
 * @param statistics π
 * @param readyQueue ω: E entries
 * @param accumulatedPackages ξ: E entries, the latest last
 * @gp eq:statecomposition
 */
public record State(
        List<List<Hash>> authorizerPools,
        RecentHistory recentHistory,
        List<AccumulationOutput> lastAccumulationOutputs,
        SafroleState safrole,
        Services services,
        Entropy entropy,
        ValidatorSet stagingSet,
        ValidatorSet activeSet,
        ValidatorSet previousSet,
        List<@Nullable PendingReport> pendingReports,
        long timeslot,
        List<List<Hash>> authorizerQueues,
        Privileges privileges,
        DisputeRecords disputes,
        Statistics statistics,
        List<List<ReadyRecord>> readyQueue,
        List<SortedSet<Hash>> accumulatedPackages) {
    /** Copies the lists; {@code pendingReports} is made unmodifiable, the caller gives it away. */
    public State {
        authorizerPools = List.copyOf(authorizerPools);
        lastAccumulationOutputs = List.copyOf(lastAccumulationOutputs);
        pendingReports = Collections.unmodifiableList(pendingReports);
        authorizerQueues = List.copyOf(authorizerQueues);
        readyQueue = List.copyOf(readyQueue);
        accumulatedPackages = List.copyOf(accumulatedPackages);
    }

    /** Returns a builder that starts as this state. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Builds a state part by part: starts as another state, and can be asked for what it holds so
     * far. Parts that are never set are the same objects in the state that is built. Not
     * thread-safe.
     */
    public static final class Builder {
        private List<List<Hash>> authorizerPools;
        private RecentHistory recentHistory;
        private List<AccumulationOutput> lastAccumulationOutputs;
        private SafroleState safrole;
        private Services services;
        private Entropy entropy;
        private ValidatorSet stagingSet;
        private ValidatorSet activeSet;
        private ValidatorSet previousSet;
        private List<@Nullable PendingReport> pendingReports;
        private long timeslot;
        private List<List<Hash>> authorizerQueues;
        private Privileges privileges;
        private DisputeRecords disputes;
        private Statistics statistics;
        private List<List<ReadyRecord>> readyQueue;
        private List<SortedSet<Hash>> accumulatedPackages;

        private Builder(State state) {
            authorizerPools = state.authorizerPools;
            recentHistory = state.recentHistory;
            lastAccumulationOutputs = state.lastAccumulationOutputs;
            safrole = state.safrole;
            services = state.services;
            entropy = state.entropy;
            stagingSet = state.stagingSet;
            activeSet = state.activeSet;
            previousSet = state.previousSet;
            pendingReports = state.pendingReports;
            timeslot = state.timeslot;
            authorizerQueues = state.authorizerQueues;
            privileges = state.privileges;
            disputes = state.disputes;
            statistics = state.statistics;
            readyQueue = state.readyQueue;
            accumulatedPackages = state.accumulatedPackages;
        }

        /** Returns a state of what was set. */
        public State build() {
            return new State(
                    authorizerPools,
                    recentHistory,
                    lastAccumulationOutputs,
                    safrole,
                    services,
                    entropy,
                    stagingSet,
                    activeSet,
                    previousSet,
                    pendingReports,
                    timeslot,
                    authorizerQueues,
                    privileges,
                    disputes,
                    statistics,
                    readyQueue,
                    accumulatedPackages);
        }

        /** Returns α as it stands. */
        public List<List<Hash>> authorizerPools() {
            return authorizerPools;
        }

        /** Sets α. */
        public Builder authorizerPools(List<List<Hash>> value) {
            authorizerPools = value;
            return this;
        }

        /** Returns β as it stands. */
        public RecentHistory recentHistory() {
            return recentHistory;
        }

        /** Sets β. */
        public Builder recentHistory(RecentHistory value) {
            recentHistory = value;
            return this;
        }

        /** Returns θ as it stands. */
        public List<AccumulationOutput> lastAccumulationOutputs() {
            return lastAccumulationOutputs;
        }

        /** Sets θ. */
        public Builder lastAccumulationOutputs(List<AccumulationOutput> value) {
            lastAccumulationOutputs = value;
            return this;
        }

        /** Returns γ as it stands. */
        public SafroleState safrole() {
            return safrole;
        }

        /** Sets γ. */
        public Builder safrole(SafroleState value) {
            safrole = value;
            return this;
        }

        /** Returns δ as it stands. */
        public Services services() {
            return services;
        }

        /** Sets δ. */
        public Builder services(Services value) {
            services = value;
            return this;
        }

        /** Returns η as it stands. */
        public Entropy entropy() {
            return entropy;
        }

        /** Sets η. */
        public Builder entropy(Entropy value) {
            entropy = value;
            return this;
        }

        /** Returns ι as it stands. */
        public ValidatorSet stagingSet() {
            return stagingSet;
        }

        /** Sets ι. */
        public Builder stagingSet(ValidatorSet value) {
            stagingSet = value;
            return this;
        }

        /** Returns κ as it stands. */
        public ValidatorSet activeSet() {
            return activeSet;
        }

        /** Sets κ. */
        public Builder activeSet(ValidatorSet value) {
            activeSet = value;
            return this;
        }

        /** Returns λ as it stands. */
        public ValidatorSet previousSet() {
            return previousSet;
        }

        /** Sets λ. */
        public Builder previousSet(ValidatorSet value) {
            previousSet = value;
            return this;
        }

        /** Returns ρ as it stands. */
        public List<@Nullable PendingReport> pendingReports() {
            return pendingReports;
        }

        /** Sets ρ. */
        public Builder pendingReports(List<@Nullable PendingReport> value) {
            pendingReports = value;
            return this;
        }

        /** Returns τ as it stands. */
        public long timeslot() {
            return timeslot;
        }

        /** Sets τ. */
        public Builder timeslot(long value) {
            timeslot = value;
            return this;
        }

        /** Returns φ as it stands. */
        public List<List<Hash>> authorizerQueues() {
            return authorizerQueues;
        }

        /** Sets φ. */
        public Builder authorizerQueues(List<List<Hash>> value) {
            authorizerQueues = value;
            return this;
        }

        /** Returns χ as it stands. */
        public Privileges privileges() {
            return privileges;
        }

        /** Sets χ. */
        public Builder privileges(Privileges value) {
            privileges = value;
            return this;
        }

        /** Returns ψ as it stands. */
        public DisputeRecords disputes() {
            return disputes;
        }

        /** Sets ψ. */
        public Builder disputes(DisputeRecords value) {
            disputes = value;
            return this;
        }

        /** Returns π as it stands. */
        public Statistics statistics() {
            return statistics;
        }

        /** Sets π. */
        public Builder statistics(Statistics value) {
            statistics = value;
            return this;
        }

        /** Returns ω as it stands. */
        public List<List<ReadyRecord>> readyQueue() {
            return readyQueue;
        }

        /** Sets ω. */
        public Builder readyQueue(List<List<ReadyRecord>> value) {
            readyQueue = value;
            return this;
        }

        /** Returns ξ as it stands. */
        public List<SortedSet<Hash>> accumulatedPackages() {
            return accumulatedPackages;
        }

        /** Sets ξ. */
        public Builder accumulatedPackages(List<SortedSet<Hash>> value) {
            accumulatedPackages = value;
            return this;
        }
    }
}
