package io.marmalade.bench.importing;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.bench.input.TraceBlocks;
import io.marmalade.chain.Importer;
import io.marmalade.conformance.Nodes;
import io.marmalade.pvm.ProtocolVersion;

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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The blocks of a trace set, imported one after the other by an importer that is fresh each time:
 * time for a block, from its octets to the root of its posterior state. Roots are checked.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class ImportBenchmark {
    /** Which trace set. */
    @Param({"fallback", "safrole", "storage_light", "storage", "preimages_light", "preimages"})
    public String set = "";

    /** What runs services. */
    @Param({"interpreter", "tiered"})
    public String engine = "";

    private final ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private @Nullable TraceBlocks trace;
    private @Nullable Function<ProtocolConfig, Importer> importers;
    private @Nullable Importer importer;

    /** Reads the blocks. */
    @Setup
    public void read() throws IOException {
        trace = TraceBlocks.read(config, PublicVectors.path("traces/" + set));
        importers = Nodes.importers(Engines.named(engine), Nodes.checkers());
    }

    /** Starts from the state before the first block. */
    @Setup(Level.Invocation)
    public void start() {
        TraceBlocks blocks = Objects.requireNonNull(trace);
        importer = Objects.requireNonNull(importers).apply(config);
        importer.initialize(blocks.genesisHash(), blocks.genesis(), Optional.empty());
    }

    /** All blocks. */
    @Benchmark
    @OperationsPerInvocation(TraceBlocks.COUNT)
    public Hash import_own() {
        return Objects.requireNonNull(trace).importAll(Objects.requireNonNull(importer));
    }
}
