package io.marmalade.bench.process;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.Kernel;
import io.marmalade.bench.input.KernelRun;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.bench.input.RecordedRuns;
import io.marmalade.bench.input.TraceBlocks;
import io.marmalade.chain.Importer;
import io.marmalade.conformance.Nodes;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that does one thing from cold and prints what it saw, a line of numbers each. */
public final class Child {
    private Child() {}

    /**
     * Does one thing.
     *
     * @param words {@code cold ENGINE}, {@code import ENGINE SET}, {@code warm-up ENGINE KERNEL
     *     SECONDS} or {@code memory ENGINE SET SECONDS}
     * @throws IOException if a file is missing
     */
    public static void main(String[] words) throws IOException {
        Engine engine = Engines.named(words[1]);
        switch (words[0]) {
            case "cold" -> cold(engine);
            case "import" -> importOnce(engine, words[2]);
            case "warm-up" -> warmUp(engine, words[2], Double.parseDouble(words[3]));
            case "memory" -> memory(engine, words[2], Double.parseDouble(words[3]));
            default -> throw new IllegalArgumentException(words[0]);
        }
        System.exit(0);
    }

    /** The first pass over the recorded runs: nanoseconds. */
    private static void cold(Engine engine) throws IOException {
        RecordedRuns runs = new RecordedRuns(PublicVectors.path("ecalli-traces"));
        long begun = System.nanoTime();
        runs.play(engine);
        System.out.println(System.nanoTime() - begun);
    }

    /** All blocks of a set, each for the first time: nanoseconds a block. */
    private static void importOnce(Engine engine, String set) throws IOException {
        ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
        TraceBlocks trace = TraceBlocks.read(config, PublicVectors.path("traces/" + set));
        Importer importer = Nodes.importer(config, engine, Nodes.checkers());
        importer.initialize(trace.genesisHash(), trace.genesis(), Optional.empty());
        long begun = System.nanoTime();
        trace.importAll(importer);
        System.out.println((System.nanoTime() - begun) / TraceBlocks.COUNT);
    }

    /** Runs of a kernel, one after the other: seconds since the first began, and milliseconds. */
    private static void warmUp(Engine engine, String name, double seconds) throws IOException {
        long begun = System.nanoTime();
        KernelRun run = new KernelRun(Kernel.named(name), ProtocolVersion.V0_8_0, engine);
        for (long now = begun; now - begun < seconds * 1e9; ) {
            run.run();
            long after = System.nanoTime();
            System.out.println((after - begun) / 1e9 + " " + (after - now) / 1e6);
            now = after;
        }
    }

    /** Passes over a set: how many blocks by then, and megabytes of memory in use. */
    private static void memory(Engine engine, String set, double seconds) throws IOException {
        ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
        TraceBlocks trace = TraceBlocks.read(config, PublicVectors.path("traces/" + set));
        Importer importer = Nodes.importer(config, engine, Nodes.checkers());
        long begun = System.nanoTime();
        for (int pass = 1; System.nanoTime() - begun < seconds * 1e9; pass++) {
            importer.initialize(trace.genesisHash(), trace.genesis(), Optional.empty());
            trace.importAll(importer);
            System.out.println(pass * TraceBlocks.COUNT + " " + residentMegabytes());
        }
    }

    private static double residentMegabytes() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
        for (String line : lines) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1000.0;
            }
        }
        return Double.NaN;
    }
}
