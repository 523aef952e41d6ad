package io.marmalade.conformance.stf;

import io.marmalade.base.Bytes;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.Guarantee;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.stf.StfVectors.Expected;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.state.CoreRecord;
import io.marmalade.state.Entropy;
import io.marmalade.state.PendingReport;
import io.marmalade.state.RecentHistory;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceRecord;
import io.marmalade.state.Services;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.reports.Ancestry;
import io.marmalade.transition.reports.Guarantees;
import io.marmalade.transition.reports.ReportingState;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.StandardCryptography;
import io.marmalade.transition.statistics.StatisticsUpdate;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Vectors of the guarantees. */
public final class ReportsVectors {
    private static final List<String> ERRORS =
            List.of(
                    "bad_core_index",
                    "future_report_slot",
                    "report_epoch_before_last",
                    "insufficient_guarantees",
                    "out_of_order_guarantee",
                    "not_sorted_or_unique_guarantors",
                    "wrong_assignment",
                    "core_engaged",
                    "anchor_not_recent",
                    "bad_service_id",
                    "bad_code_hash",
                    "dependency_missing",
                    "duplicate_package",
                    "bad_state_root",
                    "bad_beefy_mmr_root",
                    "core_unauthorized",
                    "bad_validator_index",
                    "work_report_gas_too_high",
                    "service_item_gas_too_low",
                    "too_many_dependencies",
                    "segment_root_lookup_invalid",
                    "bad_signature",
                    "work_report_too_big",
                    "banned_validator",
                    "lookup_anchor_not_recent",
                    "missing_work_results",
                    "bad_anchor_slot",
                    "bad_shard_count");

    private ReportsVectors() {}

    private record Output(SortedMap<Hash, Hash> reported, TreeSet<Ed25519Key> reporters) {
        static Output decode(Decoder in) {
            SortedMap<Hash, Hash> reported = new TreeMap<>();
            int packages = in.count(2 * Hash.SIZE);
            for (int i = 0; i < packages; i++) {
                reported.put(in.hash(), in.hash());
            }
            return new Output(
                    reported, new TreeSet<>(in.sequence(Ed25519Key.SIZE, Decoder::ed25519Key)));
        }
    }

    private record Accounts(Map<Long, ServiceAccount> accounts) implements Services {
        static Accounts decode(Decoder in) {
            Map<Long, ServiceAccount> accounts = new TreeMap<>();
            int count = in.count(4);
            for (int i = 0; i < count; i++) {
                accounts.put(in.u32(), ServiceAccount.decode(in));
            }
            return new Accounts(accounts);
        }

        @Override
        public @Nullable ServiceAccount account(long service) {
            return accounts.get(service);
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

    private record Reporting(
            List<@Nullable PendingReport> pendingReports,
            ValidatorSet activeSet,
            ValidatorSet previousSet,
            Entropy entropy,
            List<Ed25519Key> offenders,
            RecentHistory history,
            List<List<Hash>> pools,
            Accounts accounts,
            List<CoreRecord> cores,
            SortedMap<Long, ServiceRecord> services) {
        static Reporting decode(Decoder in) {
            int cores = in.config().coreCount();
            return new Reporting(
                    in.fixed("core", cores, i -> i.optional(PendingReport::decode)),
                    ValidatorSet.decode(in),
                    ValidatorSet.decode(in),
                    Entropy.decode(in),
                    in.sequence(Ed25519Key.SIZE, Decoder::ed25519Key),
                    RecentHistory.decode(in),
                    in.fixed(cores, i -> i.sequence(Hash.SIZE, Decoder::hash)),
                    Accounts.decode(in),
                    in.fixed(cores, CoreRecord::decode),
                    in.dictionary(4, Decoder::u32, ServiceRecord::decode));
        }
    }

    /**
     * Runs a folder.
     *
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        return StfVectors.run(config, folder, ReportsVectors::run);
    }

    private static Optional<String> run(ProtocolConfig config, Decoder in) {
        List<Guarantee> guarantees = in.sequence(1, Guarantee::decode);
        long timeslot = in.u32();
        TreeSet<Hash> knownPackages = new TreeSet<>(in.sequence(Hash.SIZE, Decoder::hash));
        Reporting prior = Reporting.decode(in);
        Expected<Output> expected = Expected.decode(in, Output::decode, ERRORS);
        Reporting posterior = Reporting.decode(in);
        in.finish();
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        Outcome<Guarantees.Result> outcome =
                new Guarantees(config, new StandardCryptography())
                        .apply(
                                guarantees,
                                new ReportingState(
                                        timeslot,
                                        prior.entropy,
                                        prior.activeSet,
                                        prior.previousSet,
                                        new HashSet<>(prior.offenders),
                                        prior.pendingReports,
                                        prior.pendingReports,
                                        prior.history.blocks(),
                                        prior.pools,
                                        prior.accounts,
                                        List.of(),
                                        List.of(knownPackages),
                                        Ancestry.UNKNOWN),
                                checks);
        return switch (StfVectors.judged(outcome, checks)) {
            case Outcome.Invalid<Guarantees.Result>(var reason) -> expected.compareError(reason);
            case Outcome.Valid<Guarantees.Result>(var result) ->
                    expected.compareOutput(output(guarantees, result))
                            .or(() ->
                                    StfVectors.compare(
                                            "pending reports",
                                            posterior.pendingReports,
                                            result.pendingReports()))
                            .or(() -> compareStatistics(config, guarantees, posterior));
        };
    }

    private static Output output(List<Guarantee> guarantees, Guarantees.Result result) {
        SortedMap<Hash, Hash> reported = new TreeMap<>();
        for (Guarantee guarantee : guarantees) {
            reported.put(
                    guarantee.report().specification().packageHash(),
                    guarantee.report().specification().segmentRoot());
        }
        return new Output(reported, new TreeSet<>(result.reporters()));
    }

    private static Optional<String> compareStatistics(
            ProtocolConfig config, List<Guarantee> guarantees, Reporting posterior) {
        StatisticsUpdate statistics = new StatisticsUpdate(config);
        return StfVectors.compare(
                        "core statistics",
                        posterior.cores,
                        statistics.cores(guarantees, List.of(), List.of()))
                .or(() ->
                        StfVectors.compare(
                                "service statistics",
                                posterior.services,
                                statistics.services(guarantees, List.of(), Map.of())));
    }
}
