package io.marmalade.bench.pvm;

import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.Services;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.StandardProgram;

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
 * From a program's octets to an instance that can run: decoding, and what the engine compiles
 * first.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class CompileBenchmark {
    /** Which program. */
    @Param({"sha256.8", "bootstrap-0.7.2", "bootstrap-0.8.0", "corevm-0.8.0"})
    public String program = "";

    /** For which engine. */
    @Param({"interpreter", "tiered", "jit"})
    public String engine = "";

    private @Nullable Engine maker;
    private byte[] blob = new byte[0];

    /** Reads the program. */
    @Setup
    public void load() throws IOException {
        maker = Engines.named(engine);
        blob = Services.blob(program);
    }

    /** One program. */
    @Benchmark
    public long compile_all() {
        StandardProgram code = Services.decode(program, blob);
        try (Machine machine = Objects.requireNonNull(maker).newMachine(code.program())) {
            return machine.gas();
        }
    }

    /** Decoding alone, which all engines need. */
    @Benchmark
    public StandardProgram compile_decodeOnly() {
        return Services.decode(program, blob);
    }
}
