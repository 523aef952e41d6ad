package io.marmalade.bench.pvm;

import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.Guest;
import io.marmalade.bench.input.GuestRun;
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
 * A program of {@code polkavm-diff} from a fresh instance to its end, the code warm. The gas
 * schedule is the protocol's: an instruction in 0.7.2, the pipeline in 0.8.0. The answer is checked
 * each time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class ProgramBenchmark {
    /** Which program. */
    @Param({
        "fib",
        "sieve",
        "queens",
        "sort",
        "matrix",
        "sha256",
        "keccak",
        "blake2b",
        "ed25519",
        "secp256k1",
        "interpreter",
        "hostcalls"
    })
    public String program = "";

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
                        Guest.titled("program " + program),
                        ProtocolVersion.parse(protocol),
                        Engines.named(engine));
    }

    /** One run. */
    @Benchmark
    public long program_run() {
        return Objects.requireNonNull(run).run();
    }
}
