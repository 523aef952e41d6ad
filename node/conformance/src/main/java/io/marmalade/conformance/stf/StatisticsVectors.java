package io.marmalade.conformance.stf;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Credential;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Guarantee;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.state.Statistics;
import io.marmalade.state.ValidatorRecord;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.statistics.StatisticsUpdate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Vectors of the validators' statistics. */
public final class StatisticsVectors {
    private StatisticsVectors() {}

    private record Records(
            List<ValidatorRecord> current,
            List<ValidatorRecord> previous,
            long timeslot,
            ValidatorSet activeSet) {
        static Records decode(Decoder in) {
            return new Records(
                    StfVectors.perValidator(in, ValidatorRecord::decode),
                    StfVectors.perValidator(in, ValidatorRecord::decode),
                    in.u32(),
                    ValidatorSet.decode(in));
        }
    }

    /**
     * Runs a folder.
     *
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        return StfVectors.run(config, folder, StatisticsVectors::run);
    }

    private static Optional<String> run(ProtocolConfig config, Decoder in) {
        long timeslot = in.u32();
        int author = in.u16();
        Extrinsic extrinsic = Extrinsic.decode(in);
        Records prior = Records.decode(in);
        Records posterior = Records.decode(in);
        in.finish();
        // The vectors have no previous set: all guarantors are of the active one.
        Set<Ed25519Key> reporters = new HashSet<>();
        for (Guarantee guarantee : extrinsic.guarantees()) {
            for (Credential credential : guarantee.credentials()) {
                reporters.add(prior.activeSet.get(credential.validatorIndex()).ed25519());
            }
        }
        Statistics result =
                new StatisticsUpdate(config)
                        .validators(
                                new Statistics(
                                        prior.current, prior.previous, List.of(), new TreeMap<>()),
                                config.epoch(timeslot) > config.epoch(prior.timeslot),
                                author,
                                extrinsic,
                                posterior.activeSet,
                                reporters);
        return StfVectors.compare("current records", posterior.current, result.current())
                .or(() ->
                        StfVectors.compare(
                                "previous records", posterior.previous, result.previous()));
    }
}
