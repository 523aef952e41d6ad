package io.marmalade.bench.refine;

import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.Refinement;
import io.marmalade.block.WorkResult;

import org.jspecify.annotations.Nullable;
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
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A work item from its package to its result: services as others built them; two in C, one that
 * reads a hundred orders and one that turns eight segments round; one that makes twenty inner
 * machines. The null authorizer is asked whether a package may use a core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class RefineBenchmark {
    /** Whose item. */
    @Param({
        "bootstrap-0.7.2",
        "bootstrap-0.8.0",
        "corevm-0.8.0",
        "null-authorizer-0.8.0",
        "ledger-0.7.2",
        "ledger-0.8.0",
        "segments-0.7.2",
        "segments-0.8.0",
        "inner-machines-0.7.2",
        "inner-machines-0.8.0"
    })
    public String service = "";

    /** What runs it. */
    @Param({"interpreter", "tiered", "jit", "reference"})
    public String engine = "";

    private @Nullable Refinement refinement;

    /** Reads the service. */
    @Setup
    public void read() throws IOException {
        refinement = new Refinement(service, Engines.named(engine));
    }

    /** With a program that is decoded and compiled. */
    @Benchmark
    public WorkResult refine_warm() {
        return Objects.requireNonNull(refinement).run();
    }

    /** With a program that is decoded anew, and compiled as far as the engine does so first. */
    @Benchmark
    public WorkResult refineColdService_cold() {
        Objects.requireNonNull(refinement).forget();
        return Objects.requireNonNull(refinement).run();
    }
}
