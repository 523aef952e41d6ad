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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Whole processes, watched from outside. */
final class ProcessSubjects {
    private static final String MAIN = "io.marmalade.app.Main";
    private static final List<String> ENGINES = List.of("interpreter", "tiered", "jit");
    private static final List<String> COMPILING = List.of("tiered", "jit");
    private static final List<String> SETS =
            List.of("fallback", "safrole", "storage_light", "storage");
    private static final List<String> CURVE_KERNELS = List.of("sha256", "sieve");

    private ProcessSubjects() {}

    private static JavaProcess java(List<String> flags) {
        return new JavaProcess(flags);
    }

    /** A process whose whole life is the value. */
    private record Life(String what, String how, List<String> flags, List<String> words)
            implements Subject {
        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }

        @Override
        public Round measure() throws IOException, InterruptedException {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long begun = System.nanoTime();
                java(flags).run(words);
                values.add((double) (System.nanoTime() - begun));
            }
            return new Round(values, null);
        }
    }

    /** A process that says the value itself. */
    private record Told(String what, String how, List<String> flags, List<String> words)
            implements Subject {
        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }

        @Override
        public Round measure() throws IOException, InterruptedException {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<String> lines = java(flags).run(words);
                values.add(Double.valueOf(lines.getLast()));
            }
            return new Round(values, null);
        }
    }

    static List<Subject> all(BenchOptions options, List<String> missing) {
        List<Subject> all = new ArrayList<>();
        List<String> archived =
                Stream.concat(options.flags().stream(), options.archive().stream()).toList();
        List<String> version = List.of(MAIN, "--version");
        if (options.archive().isEmpty()) {
            missing.add("start-up with the archive of classes: this process has none");
        } else {
            all.add(new Life("start-up", "with archive", archived, version));
        }
        all.add(new Life("start-up", "without archive", options.flags(), version));
        for (int blocks : new int[] {1, 50}) {
            all.add(
                    new Life(
                            "process that authors and imports, blocks=" + blocks,
                            "dev --fast",
                            archived,
                            List.of(MAIN, "dev", "--fast", "--blocks", "" + blocks, "-q")));
        }
        if (PublicVectors.folder().isEmpty()) {
            missing.add(
                    "cold services, threads, imports over the socket, memory: need the "
                            + PublicVectors.ORIGIN);
            return all;
        }
        String child = Child.class.getName();
        for (String engine : ENGINES) {
            all.add(
                    new Told(
                            "first pass over 43 recorded runs, fresh process",
                            engine,
                            archived,
                            List.of(child, "cold", engine)));
        }
        for (String set : List.of("safrole", "storage")) {
            for (int cores = 1; cores <= Runtime.getRuntime().availableProcessors(); cores *= 2) {
                List<String> flags =
                        Stream.concat(
                                        archived.stream(),
                                        Stream.of("-XX:ActiveProcessorCount=" + cores))
                                .toList();
                all.add(
                        new Told(
                                "block of " + set + ", fresh process",
                                cores + (cores == 1 ? " core" : " cores"),
                                flags,
                                List.of(child, "import", "tiered", set)));
            }
        }
        return all;
    }

    private static final String PROCESS = "process";
    private static final String MEMORY = "memory over a long replay";
    private static final String PROGRAMS = "1,000 distinct programs";
    private static final String SOCKET = "socket import of ";

    /** How many steps {@link #curves} and {@link #imports} take. */
    static int extras(BenchOptions options) {
        boolean vectors = PublicVectors.folder().isPresent();
        int count = vectors && options.wants(PROCESS, MEMORY, "tiered") ? 1 : 0;
        for (String engine : COMPILING) {
            count += options.wants(PROCESS, PROGRAMS, engine) ? 1 : 0;
        }
        for (String engine : ENGINES) {
            for (String kernel : CURVE_KERNELS) {
                count += options.wants(PROCESS, "warm-up of " + kernel, engine) ? 1 : 0;
            }
            for (String set : SETS) {
                count += vectors && wantsImport(options, set, engine) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean wantsImport(BenchOptions options, String set, String engine) {
        return !engine.equals("jit") && options.wants(PROCESS, SOCKET + set, engine);
    }

    /** Warm-up over time, and memory over a long replay. */
    static void curves(
            BenchOptions options,
            List<BenchResult.Curve> curves,
            List<String> missing,
            Consumer<String> step)
            throws InterruptedException {
        String seconds = options.quick() ? "2" : "5";
        String child = Child.class.getName();
        for (String kernel : CURVE_KERNELS) {
            Map<String, List<double[]>> lines = new LinkedHashMap<>();
            for (String engine : ENGINES) {
                if (options.wants(PROCESS, "warm-up of " + kernel, engine)) {
                    List<String> words = List.of(child, "warm-up", engine, kernel, seconds);
                    curve(options, words, engine, lines, missing);
                    step.accept("warm-up of " + kernel + ", " + engine);
                }
            }
            if (!lines.isEmpty()) {
                curves.add(
                        new BenchResult.Curve(
                                "Warm-up of " + kernel + " in a fresh process",
                                "seconds since the first run began",
                                "milliseconds a run",
                                lines));
            }
        }
        for (String engine : COMPILING) {
            if (options.wants(PROCESS, PROGRAMS, engine)) {
                programs(options, engine, curves, missing);
                step.accept(PROGRAMS + ", " + engine);
            }
        }
        if (PublicVectors.folder().isPresent() && options.wants(PROCESS, MEMORY, "tiered")) {
            Map<String, List<double[]>> lines = new LinkedHashMap<>();
            String passes = options.quick() ? "10" : "60";
            List<String> words = List.of(child, "memory", "tiered", "storage", passes);
            curve(options, words, "tiered", lines, missing);
            step.accept(MEMORY);
            curves.add(
                    new BenchResult.Curve(
                            "Memory over a long replay of storage",
                            "blocks imported",
                            "resident megabytes",
                            lines));
        }
    }

    /** What becomes of the JVM's own memory while one program after the other is compiled. */
    private static void programs(
            BenchOptions options,
            String engine,
            List<BenchResult.Curve> curves,
            List<String> missing)
            throws InterruptedException {
        List<String> words = List.of(Child.class.getName(), "programs", engine, "1000");
        List<String> names = List.of("metaspace", "code cache", "deoptimizations");
        try {
            Map<String, List<double[]>> lines = new LinkedHashMap<>();
            for (String line : java(options.flags()).run(words)) {
                String[] numbers = line.split(" ");
                for (int index = 0; index < names.size(); index++) {
                    double[] point = {
                        Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1 + index])
                    };
                    lines.computeIfAbsent(names.get(index), name -> new ArrayList<>()).add(point);
                }
            }
            curves.add(
                    new BenchResult.Curve(
                            PROGRAMS + ", the last 64 remembered, " + engine,
                            "programs run",
                            "megabytes, or deoptimizations in all",
                            lines));
        } catch (IOException e) {
            missing.add(PROGRAMS + ", " + engine + ": " + e.getMessage());
        }
    }

    private static void curve(
            BenchOptions options,
            List<String> words,
            String name,
            Map<String, List<double[]>> lines,
            List<String> missing)
            throws InterruptedException {
        try {
            List<double[]> points = new ArrayList<>();
            for (String line : java(options.flags()).run(words)) {
                String[] numbers = line.split(" ");
                points.add(
                        new double[] {
                            Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])
                        });
            }
            lines.put(name, thinned(points));
        } catch (IOException e) {
            missing.add(String.join(" ", words.subList(1, words.size())) + ": " + e.getMessage());
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

    /**
     * Imports each set over the socket, each block once a process; the process is warmed up on the
     * other sets.
     */
    static void imports(
            BenchOptions options,
            Path folder,
            List<BenchResult.Import> imports,
            List<String> missing,
            Consumer<String> step)
            throws InterruptedException {
        if (PublicVectors.folder().isEmpty()) {
            return;
        }
        ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
        for (String set : SETS) {
            for (String engine : ENGINES) {
                if (!wantsImport(options, set, engine)) {
                    continue;
                }
                Path socket = folder.resolve(set + "." + engine + ".sock");
                List<String> words =
                        List.of(
                                MAIN,
                                "fuzz-target",
                                "--socket",
                                socket.toString(),
                                "--pvm",
                                engine,
                                "-q");
                Process target = null;
                try {
                    target = java(options.flags()).start(words);
                    for (String other : SETS) {
                        if (!other.equals(set)) {
                            SocketImport.run(config, socket, read(config, other));
                        }
                    }
                    List<Long> nanos = SocketImport.run(config, socket, read(config, set));
                    imports.add(summary(set, engine, nanos));
                } catch (IOException e) {
                    missing.add("socket, " + set + ", " + engine + ": " + e.getMessage());
                } finally {
                    if (target != null) {
                        target.destroy();
                        target.waitFor();
                    }
                }
                step.accept("socket, " + set + ", " + engine);
            }
        }
    }

    private static TraceBlocks read(ProtocolConfig config, String set) throws IOException {
        return TraceBlocks.read(config, PublicVectors.path("traces/" + set));
    }

    private static BenchResult.Import summary(String set, String engine, List<Long> nanos) {
        Timings timings = new Timings();
        nanos.forEach(timings::add);
        Timings.Summary times = timings.summary();
        Map<String, Double> stats = new LinkedHashMap<>();
        stats.put("steps", (double) nanos.size());
        stats.put("imported", (double) times.count());
        stats.put("import_min", times.min());
        stats.put("import_max", times.max());
        stats.put("import_mean", times.mean());
        stats.put("import_p50", times.p50());
        stats.put("import_p75", times.p75());
        stats.put("import_p90", times.p90());
        stats.put("import_p99", times.p99());
        stats.put("import_std_dev", times.deviation());
        stats.replaceAll((name, value) -> Math.round(value * 1000) / 1000.0);
        return new BenchResult.Import(
                set, engine, stats, nanos.stream().map(n -> Math.round(n / 1e3) / 1e3).toList());
    }
}
