package io.marmalade.bench.pvm;

import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.GuestRun;
import io.marmalade.bench.input.Kernel;
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

/**
 * A kernel from a fresh instance to its end, the code warm. The gas schedule is the protocol's: an
 * instruction in 0.7.2, the pipeline in 0.8.0. The answer is checked each time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class KernelBenchmark {
    /** Which kernel. */
    @Param({"fib", "sieve", "xorshift", "matmul", "qsort", "sha256", "interp", "secp"})
    public String kernel = "";

    /** What it is linked for, and by which schedule it pays. */
    @Param({"0.7.2", "0.8.0"})
    public String protocol = "";

    /** What runs it. */
    @Param({"interpreter", "tiered", "jit", "reference"})
    public String engine = "";

    private @Nullable GuestRun run;

    /** Loads the program. */
    @Setup
    public void load() throws IOException {
        run =
                new GuestRun(
                        Kernel.named(kernel),
                        ProtocolVersion.parse(protocol),
                        Engines.named(engine));
    }

    /** One run. */
    @Benchmark
    public long kernel_run() {
        return Objects.requireNonNull(run).run();
    }
}
