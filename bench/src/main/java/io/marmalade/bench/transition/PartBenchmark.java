package io.marmalade.bench.transition;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.conformance.stf.AccumulateVectors;
import io.marmalade.conformance.stf.AssurancesVectors;
import io.marmalade.conformance.stf.AuthorizationsVectors;
import io.marmalade.conformance.stf.DisputesVectors;
import io.marmalade.conformance.stf.HistoryVectors;
import io.marmalade.conformance.stf.PreimagesVectors;
import io.marmalade.conformance.stf.ReportsVectors;
import io.marmalade.conformance.stf.SafroleVectors;
import io.marmalade.conformance.stf.StatisticsVectors;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * All public vectors of a part of the transition, from file to verdict: reading, decoding and
 * comparing are included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class PartBenchmark {
    /** Which part. */
    @Param({
        "safrole",
        "disputes",
        "assurances",
        "reports",
        "accumulate",
        "preimages",
        "authorizations",
        "history",
        "statistics"
    })
    public String part = "";

    private final ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private final Engine engine = Engines.named("tiered");
    private Path folder = Path.of("");

    /** Finds the vectors. */
    @Setup
    public void find() {
        folder = PublicVectors.path("stf/" + part + "/tiny");
    }

    /** One pass. */
    @Benchmark
    public int part_own() throws IOException {
        FamilyResult result =
                switch (part) {
                    case "assurances" -> AssurancesVectors.run(config, folder);
                    case "authorizations" -> AuthorizationsVectors.run(config, folder);
                    case "disputes" -> DisputesVectors.run(config, folder);
                    case "history" -> HistoryVectors.run(config, folder);
                    case "preimages" -> PreimagesVectors.run(config, folder);
                    case "reports" -> ReportsVectors.run(config, folder);
                    case "safrole" -> SafroleVectors.run(config, folder);
                    case "statistics" -> StatisticsVectors.run(config, folder);
                    case "accumulate" ->
                            AccumulateVectors.run(config, folder, engine, Runnable::run);
                    default -> throw new IllegalArgumentException(part);
                };
        if (!result.failures().isEmpty() || result.passed() == 0) {
            throw new IllegalStateException(part + ": " + result.failures());
        }
        return result.passed();
    }
}
