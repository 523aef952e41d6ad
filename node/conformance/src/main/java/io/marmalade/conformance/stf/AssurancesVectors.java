package io.marmalade.conformance.stf;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Assurance;
import io.marmalade.block.WorkReport;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.stf.StfVectors.Expected;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.state.PendingReport;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.assurances.Assurances;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.StandardCryptography;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Vectors of the assurances. */
public final class AssurancesVectors {
    private static final List<String> ERRORS =
            List.of(
                    "bad_attestation_parent",
                    "bad_validator_index",
                    "core_not_engaged",
                    "bad_signature",
                    "not_sorted_or_unique_assurers");

    private AssurancesVectors() {}

    private record Cores(List<@Nullable PendingReport> pendingReports, ValidatorSet activeSet) {
        static Cores decode(Decoder in) {
            return new Cores(
                    in.fixed(
                            "core",
                            in.config().coreCount(),
                            i -> i.optional(PendingReport::decode)),
                    ValidatorSet.decode(in));
        }
    }

    /**
     * Runs a folder.
     *
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        return StfVectors.run(config, folder, AssurancesVectors::run);
    }

    private static Optional<String> run(ProtocolConfig config, Decoder in) {
        List<Assurance> assurances = in.sequence(1, Assurance::decode);
        long timeslot = in.u32();
        Hash parent = in.hash();
        Cores prior = Cores.decode(in);
        Expected<List<WorkReport>> expected =
                Expected.decode(in, i -> i.sequence(1, WorkReport::decode), ERRORS);
        Cores posterior = Cores.decode(in);
        in.finish();
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        Outcome<Assurances.Result> outcome =
                new Assurances(config, new StandardCryptography())
                        .apply(
                                assurances,
                                prior.pendingReports,
                                prior.activeSet,
                                posterior.activeSet.size(),
                                parent,
                                timeslot,
                                checks);
        return switch (StfVectors.judged(outcome, checks)) {
            case Outcome.Invalid<Assurances.Result>(var reason) -> expected.compareError(reason);
            case Outcome.Valid<Assurances.Result>(var result) ->
                    expected.compareOutput(result.availableReports())
                            .or(() ->
                                    StfVectors.compare(
                                            "pending reports",
                                            posterior.pendingReports,
                                            result.pendingReports()));
        };
    }
}
