package io.marmalade.bench.transition;

import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.conformance.VectorFamilies;
import io.marmalade.conformance.VectorFamilies.Family;
import io.marmalade.conformance.vectors.FamilyResult;
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
import java.util.List;
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

    private List<Family> families = List.of();

    /** Finds the vectors. */
    @Setup
    public void find() throws IOException {
        families =
                VectorFamilies.under(
                        PublicVectors.path("stf/" + part + "/tiny"),
                        ProtocolVersion.V0_7_2,
                        Engines.named("tiered"));
    }

    /** One pass. */
    @Benchmark
    public int part_own() throws IOException {
        int passed = 0;
        for (Family family : families) {
            FamilyResult result = family.run();
            if (!result.failures().isEmpty()) {
                throw new IllegalStateException(result.failures().getFirst());
            }
            passed += result.passed();
        }
        if (passed == 0) {
            throw new IllegalStateException("no vectors of " + part);
        }
        return passed;
    }
}
