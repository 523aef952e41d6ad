package io.marmalade.conformance.stf;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Preimage;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.invocation.accumulate.Provision;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.ServiceRecord;
import io.marmalade.state.Services;
import io.marmalade.transition.preimages.Preimages;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.statistics.StatisticsUpdate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Runs the vectors of preimages. */
public final class PreimagesVectors {
    private static final List<String> ERRORS =
            List.of("preimage_unneeded", "preimages_not_sorted_unique");
    private static final int PREIMAGE_MIN_SIZE = 5;
    private static final int RECORD_MIN_SIZE = 10;

    private PreimagesVectors() {}

    /**
     * Runs all vectors of a folder.
     *
     * @param config of the chain that the vectors are from
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        return StfVectors.run(config, folder, PreimagesVectors::runOne);
    }

    private record VectorState(Services services, SortedMap<Long, ServiceRecord> statistics) {
        static VectorState decode(Decoder in) {
            return new VectorState(
                    VectorAccounts.decodePreimages(in),
                    in.dictionary(RECORD_MIN_SIZE, Decoder::u32, ServiceRecord::decode));
        }
    }

    private static Optional<String> runOne(ProtocolConfig config, Decoder in) {
        List<Preimage> preimages = in.sequence(PREIMAGE_MIN_SIZE, Preimage::decode);
        long timeslot = in.u32();
        VectorState prior = VectorState.decode(in);
        StfVectors.Expected<String> expected =
                StfVectors.Expected.decode(in, _ -> "nothing", ERRORS);
        VectorState posterior = VectorState.decode(in);
        in.finish();
        ServiceChanges services = new ServiceChanges(prior.services);
        return switch (Preimages.check(prior.services, preimages)) {
            case Outcome.Invalid<List<Provision>>(var reason) ->
                    expected.compareError(reason)
                            .or(() -> VectorAccounts.compare(posterior.services, services));
            case Outcome.Valid<List<Provision>>(var provisions) -> {
                Preimages.integrate(services, provisions, timeslot);
                yield Stream.of(
                                expected.compareOutput("nothing"),
                                VectorAccounts.compare(posterior.services, services),
                                StfVectors.compare(
                                        "statistics",
                                        posterior.statistics,
                                        new StatisticsUpdate(config)
                                                .services(List.of(), preimages, Map.of())))
                        .flatMap(Optional::stream)
                        .findFirst();
            }
        };
    }
}
