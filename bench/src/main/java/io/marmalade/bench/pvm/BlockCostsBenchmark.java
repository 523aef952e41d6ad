package io.marmalade.bench.pvm;

import io.marmalade.bench.input.Services;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * The costs of all blocks of a service, computed for the first time. The program is decoded afresh
 * each time, unmeasured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class BlockCostsBenchmark {
    /** Which service: 105 and 517 kilobytes. */
    @Param({"bootstrap-0.8.0", "corevm-0.8.0"})
    public String program = "";

    private byte[] blob = new byte[0];
    private @Nullable Program decoded;

    /** Reads the service. */
    @Setup
    public void read() throws IOException {
        blob = Services.blob(program);
    }

    /** Forgets the costs. */
    @Setup(Level.Invocation)
    public void decode() {
        decoded = Services.decode(program, blob).program();
    }

    /** All of the blocks. */
    @Benchmark
    public long blockCostsOfService_compute() {
        return Services.allBlockCosts(Objects.requireNonNull(decoded));
    }
}
