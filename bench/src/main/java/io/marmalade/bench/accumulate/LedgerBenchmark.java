package io.marmalade.bench.accumulate;

import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.LedgerAccumulation;
import io.marmalade.invocation.accumulate.AccumulateResult;
import io.marmalade.pvm.ProtocolVersion;

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

/** A service in C accumulates an operand with a hundred orders to write, by the real host calls. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class LedgerBenchmark {
    /** What it is linked for. */
    @Param({"0.7.2", "0.8.0"})
    public String protocol = "";

    /** What runs it. */
    @Param({"interpreter", "tiered", "jit"})
    public String engine = "";

    private @Nullable LedgerAccumulation accumulation;

    /** Reads the service. */
    @Setup
    public void read() throws IOException {
        accumulation =
                new LedgerAccumulation(ProtocolVersion.parse(protocol), Engines.named(engine));
    }

    /** All of it. */
    @Benchmark
    public AccumulateResult accumulateLedger_warm() {
        return Objects.requireNonNull(accumulation).run();
    }
}
