package io.marmalade.bench.pvm;

import io.marmalade.bench.input.Services;
import io.marmalade.pvm.PipelineGas;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Costs of blocks, computed for the first time: the first blocks of a service that hold 10,000
 * instructions together; time for an instruction. The program is decoded afresh each time,
 * unmeasured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class PipelineGasBenchmark {
    private static final int INSTRUCTIONS = 10_000;

    /** Which service. */
    @Param({"bootstrap-0.8.0", "corevm-0.8.0"})
    public String program = "";

    private byte[] blob = new byte[0];
    private int[] blocks = new int[0];
    private @Nullable Program decoded;

    /** Finds the blocks. */
    @Setup
    public void find() throws IOException {
        blob = Services.blob(program);
        Program code = Services.decode(program, blob).program();
        List<Integer> starts = new ArrayList<>();
        int seen = 0;
        for (int pc = 0; seen < INSTRUCTIONS || !code.isBlockStart(pc); pc++) {
            if (pc >= code.codeSize()) {
                throw new IllegalStateException(program + " is too short");
            }
            if (code.isBlockStart(pc)) {
                starts.add(pc);
            }
            if (code.isInstruction(pc)) {
                seen++;
            }
        }
        blocks = starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Forgets the costs. */
    @Setup(Level.Invocation)
    public void decode() {
        decoded = Services.decode(program, blob).program();
    }

    /** All of the blocks. */
    @Benchmark
    @OperationsPerInvocation(INSTRUCTIONS)
    public long pipelineGas_compute() {
        PipelineGas costs = Objects.requireNonNull(decoded).blockCosts();
        long sum = 0;
        for (int block : blocks) {
            sum += costs.cost(block);
        }
        return sum;
    }
}
