package io.marmalade.conformance.stf;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.DisputesExtrinsic;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.stf.StfVectors.Expected;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.state.DisputeRecords;
import io.marmalade.state.PendingReport;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.disputes.Disputes;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.StandardCryptography;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Vectors of the disputes. */
public final class DisputesVectors {
    private static final List<String> ERRORS =
            List.of(
                    "already_judged",
                    "bad_vote_split",
                    "verdicts_not_sorted_unique",
                    "judgements_not_sorted_unique",
                    "culprits_not_sorted_unique",
                    "faults_not_sorted_unique",
                    "not_enough_culprits",
                    "not_enough_faults",
                    "culprits_verdict_not_bad",
                    "fault_verdict_wrong",
                    "offender_already_reported",
                    "bad_judgement_age",
                    "bad_validator_index",
                    "bad_signature",
                    "bad_guarantor_key",
                    "bad_auditor_key",
                    "bad_judgement_count",
                    "too_many");

    private DisputesVectors() {}

    private record Judged(
            DisputeRecords records,
            List<@Nullable PendingReport> pendingReports,
            long timeslot,
            ValidatorSet activeSet,
            ValidatorSet previousSet) {
        static Judged decode(Decoder in) {
            return new Judged(
                    DisputeRecords.decode(in),
                    in.fixed(
                            "core",
                            in.config().coreCount(),
                            i -> i.optional(PendingReport::decode)),
                    in.u32(),
                    ValidatorSet.decode(in),
                    ValidatorSet.decode(in));
        }
    }

    /**
     * Runs a folder.
     *
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        return StfVectors.run(config, folder, DisputesVectors::run);
    }

    private static Optional<String> run(ProtocolConfig config, Decoder in) {
        DisputesExtrinsic extrinsic = DisputesExtrinsic.decode(in);
        Judged prior = Judged.decode(in);
        Expected<List<Ed25519Key>> expected =
                Expected.decode(in, i -> i.sequence(Ed25519Key.SIZE, Decoder::ed25519Key), ERRORS);
        Judged posterior = Judged.decode(in);
        in.finish();
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        Outcome<Disputes.Result> outcome =
                new Disputes(config, new StandardCryptography())
                        .apply(
                                extrinsic,
                                prior.records,
                                prior.pendingReports,
                                prior.timeslot,
                                prior.activeSet,
                                prior.previousSet,
                                checks);
        return switch (StfVectors.judged(outcome, checks)) {
            case Outcome.Invalid<Disputes.Result>(var reason) -> expected.compareError(reason);
            case Outcome.Valid<Disputes.Result>(var result) ->
                    expected.compareOutput(result.offenders())
                            .or(() ->
                                    StfVectors.compare(
                                            "records", posterior.records, result.records()))
                            .or(() ->
                                    StfVectors.compare(
                                            "pending reports",
                                            posterior.pendingReports,
                                            result.pendingReports()));
        };
    }
}
