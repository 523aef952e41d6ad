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

/** An instance of a program that is decoded and compiled: made, laid out, closed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class InstanceBenchmark {
    /** Which program. */
    @Param({"sha256.8", "bootstrap-0.7.2", "bootstrap-0.8.0"})
    public String program = "";

    /** Whose instance. */
    @Param({"interpreter", "tiered", "jit"})
    public String engine = "";

    private @Nullable Engine maker;
    private @Nullable StandardProgram decoded;

    /** Decodes the program. */
    @Setup
    public void load() throws IOException {
        maker = Engines.named(engine);
        decoded = Services.decode(program, Services.blob(program));
    }

    /** One instance. */
    @Benchmark
    public long instance_make() {
        StandardProgram code = Objects.requireNonNull(decoded);
        try (Machine machine = Objects.requireNonNull(maker).newMachine(code.program())) {
            code.load(machine, new byte[64]);
            return machine.register(7);
        }
    }
}
