package io.marmalade.bench.process;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.bench.input.DistinctProgram;
import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.Guest;
import io.marmalade.bench.input.GuestRun;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.bench.input.RecordedRuns;
import io.marmalade.bench.input.Refinement;
import io.marmalade.bench.input.Services;
import io.marmalade.bench.input.TraceBlocks;
import io.marmalade.chain.Importer;
import io.marmalade.conformance.Nodes;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.diff.Campaign;
import io.marmalade.pvm.diff.DiffEngine;
import io.marmalade.pvm.diff.EngineSubject;
import io.marmalade.pvm.diff.LineSubject;
import io.marmalade.pvm.diff.Subject;

import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingStream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A process that does one thing from cold and prints what it saw, a line of numbers each. */
public final class Child {
    private static final String POLKA_VM = "polkavm-";
    private static final long SEED = 1;

    private Child() {}

    /**
     * Does one thing.
     *
     * @param words {@code cold ENGINE}, {@code import ENGINE SET}, {@code replay ENGINE SET
     *     OTHER...}, {@code warm-up ENGINE GUEST SECONDS}, {@code memory ENGINE SET SECONDS},
     *     {@code guest ENGINE GUEST VERSION}, {@code refine ENGINE WORK}, {@code costs SERVICE},
     *     {@code programs ENGINE COUNT} or {@code diff ENGINE,... COUNT [ORACLE]}
     * @throws IOException if a file is missing
     * @throws InterruptedException if the thread was asked to end
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        switch (words[0]) {
            case "cold" -> cold(Engines.named(words[1]));
            case "import" -> importOnce(Engines.named(words[1]), words[2]);
            case "replay" ->
                    replay(
                            Engines.named(words[1]),
                            words[2],
                            Arrays.asList(words).subList(3, words.length));
            case "warm-up" ->
                    warmUp(Engines.named(words[1]), words[2], Double.parseDouble(words[3]));
            case "memory" ->
                    memory(Engines.named(words[1]), words[2], Double.parseDouble(words[3]));
            case "guest" ->
                    guest(Engines.named(words[1]), words[2], ProtocolVersion.parse(words[3]));
            case "refine" -> refine(Engines.named(words[1]), words[2]);
            case "costs" -> costs(words[1]);
            case "diff" ->
                    diff(
                            words[1].split(","),
                            Integer.parseInt(words[2]),
                            words.length > 3 ? Path.of(words[3]) : null);
            case "programs" -> programs(Engines.named(words[1]), Integer.parseInt(words[2]));
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

    /** The first run of a guest, from its octets to its answer: nanoseconds. */
    private static void guest(Engine engine, String title, ProtocolVersion version)
            throws IOException {
        Guest guest = Guest.titled(title);
        long begun = System.nanoTime();
        new GuestRun(guest, version, engine).run();
        System.out.println(System.nanoTime() - begun);
    }

    /** The first result of a service, from its code's octets: nanoseconds. */
    private static void refine(Engine engine, String work) throws IOException {
        Refinement refinement = new Refinement(work, engine);
        long begun = System.nanoTime();
        refinement.run();
        System.out.println(System.nanoTime() - begun);
    }

    /** The costs of all blocks of a service, which is decoded already: nanoseconds. */
    private static void costs(String name) throws IOException {
        Program program = Services.decode(name, Services.blob(name)).program();
        long begun = System.nanoTime();
        Services.allBlockCosts(program);
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

    /** All blocks of other sets, then those of a set, each once: nanoseconds of each of these. */
    private static void replay(Engine engine, String set, List<String> others) throws IOException {
        ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
        Importer importer = Nodes.importer(config, engine, Nodes.checkers());
        for (String other : others) {
            TraceBlocks trace = TraceBlocks.read(config, PublicVectors.path("traces/" + other));
            importer.initialize(trace.genesisHash(), trace.genesis(), Optional.empty());
            trace.importAll(importer);
        }
        TraceBlocks trace = TraceBlocks.read(config, PublicVectors.path("traces/" + set));
        importer.initialize(trace.genesisHash(), trace.genesis(), Optional.empty());
        for (int block = 0; block < TraceBlocks.COUNT; block++) {
            long begun = System.nanoTime();
            trace.importOne(importer, block);
            System.out.println(System.nanoTime() - begun);
        }
    }

    /** Runs of a guest, one after the other: seconds since the first began, and milliseconds. */
    private static void warmUp(Engine engine, String title, double seconds) throws IOException {
        long begun = System.nanoTime();
        GuestRun run = new GuestRun(Guest.titled(title), ProtocolVersion.V0_8_0, engine);
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

    /** Generated programs on some engines, after as many for warming up: nanoseconds. */
    private static void diff(String[] names, int count, @Nullable Path oracle)
            throws IOException, InterruptedException {
        long nanos = 0;
        for (int part = 0; part < 2; part++) {
            Campaign campaign =
                    new Campaign(
                            SEED,
                            List.of(Dialect.V0_7_2, Dialect.V0_8_0),
                            part * count,
                            (part + 1) * count,
                            () -> engines(names, oracle));
            long begun = System.nanoTime();
            campaign.run(Runtime.getRuntime().availableProcessors());
            nanos = System.nanoTime() - begun;
            if (!campaign.summary().findings().isEmpty()) {
                throw new IOException("the engines differ: run `marmalade diff`");
            }
        }
        System.out.println(nanos / (double) count);
    }

    private static DiffEngine engines(String[] names, @Nullable Path oracle) throws IOException {
        List<Subject> subjects = new ArrayList<>();
        for (String name : names) {
            if (!name.startsWith(POLKA_VM)) {
                subjects.add(new EngineSubject(Engines.named(name)));
            } else if (oracle == null) {
                throw new IOException(name + " needs its oracle");
            } else {
                String backend = name.substring(POLKA_VM.length()).toUpperCase(Locale.ROOT);
                subjects.add(new LineSubject(oracle, LineSubject.Backend.valueOf(backend)));
            }
        }
        return new DiffEngine(subjects);
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
