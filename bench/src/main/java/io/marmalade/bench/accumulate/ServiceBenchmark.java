package io.marmalade.bench.accumulate;

import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.bench.input.RecordedRuns;
import io.marmalade.pvm.Engine;

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

/** The 43 recorded accumulations of real services together, their host's answers included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class ServiceBenchmark {
    /** What runs them. */
    @Param({"interpreter", "tiered", "jit", "reference"})
    public String engine = "";

    private @Nullable Engine services;
    private @Nullable RecordedRuns runs;

    /** Reads the runs. */
    @Setup
    public void read() throws IOException {
        services = Engines.named(engine);
        runs = new RecordedRuns(PublicVectors.path("ecalli-traces"));
    }

    /** With programs that are decoded and compiled. */
    @Benchmark
    public int services43_warm() {
        return Objects.requireNonNull(runs).play(Objects.requireNonNull(services));
    }

    /** With programs that are decoded anew, and compiled as far as the engine does so first. */
    @Benchmark
    public int services43Cold_cold() {
        Objects.requireNonNull(runs).forget();
        return Objects.requireNonNull(runs).play(Objects.requireNonNull(services));
    }
}
