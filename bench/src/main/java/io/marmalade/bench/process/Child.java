package io.marmalade.bench.process;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.bench.input.DistinctProgram;
import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.Kernel;
import io.marmalade.bench.input.KernelRun;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.bench.input.RecordedRuns;
import io.marmalade.bench.input.TraceBlocks;
import io.marmalade.chain.Importer;
import io.marmalade.conformance.Nodes;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;

import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingStream;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A process that does one thing from cold and prints what it saw, a line of numbers each. */
public final class Child {
    private Child() {}

    /**
     * Does one thing.
     *
     * @param words {@code cold ENGINE}, {@code import ENGINE SET}, {@code warm-up ENGINE KERNEL
     *     SECONDS}, {@code memory ENGINE SET SECONDS} or {@code programs ENGINE COUNT}
     * @throws IOException if a file is missing
     */
    public static void main(String[] words) throws IOException {
        Engine engine = Engines.named(words[1]);
        switch (words[0]) {
            case "cold" -> cold(engine);
            case "import" -> importOnce(engine, words[2]);
            case "warm-up" -> warmUp(engine, words[2], Double.parseDouble(words[3]));
            case "memory" -> memory(engine, words[2], Double.parseDouble(words[3]));
            case "programs" -> programs(engine, Integer.parseInt(words[2]));
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

    /**
     * Distinct programs, ten runs each, of which the last 64 are remembered: how many by then,
     * megabytes of metaspace after a collection, megabytes of code cache, and how often code made
     * of them was deoptimized.
     */
    private static void programs(Engine engine, int count) {
        long octets = DistinctProgram.blob(0).length + 1024 + 100;
        ProgramCache cache = new ProgramCache(ProtocolVersion.V0_8_0, 4 * 64 * octets);
        AtomicLong deoptimizations = new AtomicLong();
        try (RecordingStream events = new RecordingStream()) {
            events.enable("jdk.Deoptimization").withoutStackTrace();
            events.onEvent(
                    "jdk.Deoptimization",
                    event -> {
                        RecordedMethod method = event.getValue("method");
                        if (method.getType().getName().startsWith("io.marmalade.pvm.jit.Compi")) {
                            deoptimizations.incrementAndGet();
                        }
                    });
            events.startAsync();
            for (int number = 1; number <= count; number++) {
                Program program =
                        Objects.requireNonNull(cache.loadInner(DistinctProgram.blob(number)));
                for (int run = 0; run < 10; run++) {
                    try (Machine machine = engine.newMachine(program)) {
                        DistinctProgram.prepare(machine);
                        machine.run();
                    }
                }
                if (number % 50 == 0) {
                    System.gc();
                    if (number == count) {
                        events.stop();
                    }
                    System.out.println(
                            number
                                    + " "
                                    + pooledMegabytes("Metaspace")
                                    + " "
                                    + pooledMegabytes("CodeHeap")
                                    + " "
                                    + deoptimizations);
                }
            }
        }
    }

    /** Returns what the JVM's pools of a name use together. */
    private static double pooledMegabytes(String name) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().startsWith(name))
                        .mapToLong(pool -> pool.getUsage().getUsed() / 1000)
                        .sum()
                / 1000.0;
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
