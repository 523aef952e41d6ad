package io.marmalade.bench.pvm;

import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.HostCallLoop;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Host calls of which each reads one register, 100,000 in a row: time for one round trip, with its
 * share of the guest's loop, and for all of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class HostCallBenchmark {
    private static final int CALLS = HostCallLoop.CALLS;

    /** Under which the loop is assembled. */
    @Param({"0.7.2", "0.8.0"})
    public String protocol = "";

    /** What runs it. */
    @Param({"interpreter", "tiered", "jit"})
    public String engine = "";

    private @Nullable Machine machine;
    private @Nullable StandardProgram program;
    private long sum;

    /** Assembles the loop. */
    @Setup
    public void assemble() {
        ProtocolVersion version = ProtocolVersion.parse(protocol);
        program = StandardProgram.decode(HostCallLoop.blob(version), version).orElseThrow();
        machine = Engines.named(engine).newMachine(program.program());
    }

    /** A single one. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long hostCallRoundTrip_run() {
        return run();
    }

    /** All of them. */
    @Benchmark
    public long hostCalls100000_run() {
        return run();
    }

    private long run() {
        Machine guest = Objects.requireNonNull(machine);
        Objects.requireNonNull(program).load(guest, new byte[0]);
        guest.setPc(0);
        guest.setCharged(false);
        guest.setGas(1L << 50);
        guest.setRegister(7, CALLS);
        sum = 0;
        ExitReason reason =
                guest.run((number, caller) -> {
                    sum += caller.register(7);
                    return null;
                });
        if (!(reason instanceof ExitReason.Halt) || sum != HostCallLoop.SUM) {
            throw new IllegalStateException(reason + " " + sum);
        }
        return sum;
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        Objects.requireNonNull(machine).close();
    }
}
