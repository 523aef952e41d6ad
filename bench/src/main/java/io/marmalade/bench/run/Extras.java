package io.marmalade.bench.run;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.bench.input.TraceBlocks;
import io.marmalade.bench.process.Child;
import io.marmalade.bench.result.BenchResult;
import io.marmalade.conformance.traces.Timings;
import io.marmalade.pvm.ProtocolVersion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All extras of the chosen suites. */
final class Extras {
    private static final String PROCESS = "process";
    private static final String IMPORT = "import";
    private static final String PROGRAMS = "1,000 distinct programs";
    private static final String MEMORY = "memory over a long replay of storage";
    private static final List<String> SETS =
            List.of("fallback", "safrole", "storage_light", "storage");
    private static final List<String> IMPORT_ENGINES = List.of("interpreter", "tiered");

    /** What a process is warmed up on besides the other sets. */
    private static final List<String> WARM_UP = List.of("preimages_light", "preimages");

    private static final List<String> CURVE_GUESTS =
            List.of("kernel sha256", "kernel sieve", "program secp256k1");
    private static final String CHILD = Child.class.getName();

    private final BenchOptions options;
    private final Path folder;
    private final List<Extra> all = new ArrayList<>();

    private Extras(BenchOptions options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /**
     * Finds them.
     *
     * @param folder for sockets
     */
    static List<Extra> of(BenchOptions options, Path folder) {
        Extras extras = new Extras(options, folder);
        extras.curves();
        if (PublicVectors.folder().isPresent()) {
            extras.imports();
        }
        return extras.all;
    }

    /** Lines of a curve: a process prints the abscissa and a value for each of them. */
    private record Lines(
            String name,
            String title,
            String x,
            String y,
            List<String> lines,
            JavaProcess java,
            List<String> words)
            implements Extra {
        @Override
        public void measure(Findings findings) throws IOException, InterruptedException {
            List<String> said = java.run(words);
            for (int line = 0; line < lines.size(); line++) {
                List<double[]> points = new ArrayList<>();
                for (String row : said) {
                    String[] numbers = row.split(" ");
                    points.add(
                            new double[] {
                                Double.parseDouble(numbers[0]),
                                Double.parseDouble(numbers[1 + line])
                            });
                }
                findings.add(title, x, y, lines.get(line), thinned(points));
            }
        }

        /** Keeps the first points, where most happens, and ever fewer of the others. */
        private static List<double[]> thinned(List<double[]> points) {
            List<double[]> out = new ArrayList<>();
            for (int i = 0; i < points.size(); i += 1 + i / 60) {
                out.add(points.get(i));
            }
            return out;
        }
    }

    private void curves() {
        JavaProcess java = new JavaProcess(options.flags());
        String seconds = options.quick() ? "2" : "5";
        for (String guest : CURVE_GUESTS) {
            String name = "warm-up of " + guest;
            for (String engine : ProcessSubjects.ENGINES) {
                if (options.wants(PROCESS, name, engine)) {
                    all.add(
                            new Lines(
                                    PROCESS + "/" + name + "/" + engine,
                                    "Warm-up of " + guest + " in a fresh process",
                                    "seconds since the first run began",
                                    "milliseconds a run",
                                    List.of(engine),
                                    java,
                                    List.of(CHILD, "warm-up", engine, guest, seconds)));
                }
            }
        }
        for (String engine : List.of("tiered", "jit")) {
            if (options.wants(PROCESS, PROGRAMS, engine)) {
                all.add(
                        new Lines(
                                PROCESS + "/" + PROGRAMS + "/" + engine,
                                PROGRAMS + ", the last 64 remembered, " + engine,
                                "programs run",
                                "megabytes, or deoptimizations in all",
                                List.of("metaspace", "code cache", "deoptimizations"),
                                java,
                                List.of(CHILD, "programs", engine, "1000")));
            }
        }
        if (PublicVectors.folder().isPresent() && options.wants(PROCESS, MEMORY, "tiered")) {
            String passes = options.quick() ? "15" : "60";
            all.add(
                    new Lines(
                            PROCESS + "/" + MEMORY + "/tiered",
                            "Memory over a long replay of storage",
                            "blocks imported",
                            "resident megabytes",
                            List.of("tiered"),
                            java,
                            List.of(CHILD, "memory", "tiered", "storage", passes)));
        }
    }

    private void imports() {
        for (String set : SETS) {
            for (String engine : IMPORT_ENGINES) {
                if (options.wants(IMPORT, "socket, warm: " + set, engine)) {
                    all.add(new Socket(set, engine, true, folder, options.flags()));
                }
                if (options.wants(IMPORT, "socket, fresh process: " + set, engine)) {
                    List<String> flags =
                            Stream.concat(options.flags().stream(), options.archive().stream())
                                    .toList();
                    all.add(new Socket(set, engine, false, folder, flags));
                }
                if (options.wants(IMPORT, "replay, warm: " + set, engine)) {
                    all.add(new Replayed(set, engine, options.flags()));
                }
            }
        }
    }

    /** What warms a process up for a set. */
    private static List<String> others(String set) {
        return Stream.concat(WARM_UP.stream(), SETS.stream().filter(other -> !other.equals(set)))
                .toList();
    }

    /** A set imported over the socket, each block once. */
    private record Socket(String set, String engine, boolean warm, Path folder, List<String> flags)
            implements Extra {
        @Override
        public String name() {
            return IMPORT + "/" + way() + ": " + set + "/" + engine;
        }

        private String way() {
            return warm ? "socket, warm" : "socket, fresh process";
        }

        @Override
        public void measure(Findings findings) throws IOException, InterruptedException {
            ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
            Path socket = folder.resolve(set + "." + engine + ".sock");
            Process target = new JavaProcess(flags).start(ProcessSubjects.target(socket, engine));
            try {
                if (warm) {
                    for (String other : others(set)) {
                        SocketImport.run(config, socket, read(config, other));
                    }
                }
                List<Long> nanos = SocketImport.run(config, socket, read(config, set));
                findings.add(summary(set, way(), engine, nanos));
            } finally {
                target.destroy();
                target.waitFor();
            }
        }

        private static TraceBlocks read(ProtocolConfig config, String set) throws IOException {
            return TraceBlocks.read(config, PublicVectors.path("traces/" + set));
        }
    }

    /** A set replayed inside of a process, each block once. */
    private record Replayed(String set, String engine, List<String> flags) implements Extra {
        @Override
        public String name() {
            return IMPORT + "/replay, warm: " + set + "/" + engine;
        }

        @Override
        public void measure(Findings findings) throws IOException, InterruptedException {
            List<String> words = new ArrayList<>(List.of(CHILD, "replay", engine, set));
            words.addAll(others(set));
            List<Long> nanos =
                    new JavaProcess(flags).run(words).stream().map(Long::valueOf).toList();
            findings.add(summary(set, "replay, warm", engine, nanos));
        }
    }

    private static BenchResult.Import summary(
            String set, String way, String engine, List<Long> nanos) {
        Timings timings = new Timings();
        nanos.forEach(timings::add);
        Timings.Summary times = timings.summary();
        int longest = 0;
        for (int i = 1; i < nanos.size(); i++) {
            longest = nanos.get(i) > nanos.get(longest) ? i : longest;
        }
        BenchResult.Stats stats =
                new BenchResult.Stats(
                        nanos.size(),
                        times.count(),
                        longest + 1,
                        rounded(times.min()),
                        rounded(times.max()),
                        rounded(times.mean()),
                        rounded(times.p50()),
                        rounded(times.p75()),
                        rounded(times.p90()),
                        rounded(times.p99()),
                        rounded(times.deviation()));
        return new BenchResult.Import(
                set, way, engine, stats, nanos.stream().map(n -> rounded(n / 1e6)).toList());
    }

    private static double rounded(double millis) {
        return Math.round(millis * 1000) / 1000.0;
    }
}
