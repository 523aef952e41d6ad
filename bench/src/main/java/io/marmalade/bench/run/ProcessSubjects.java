package io.marmalade.bench.run;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.bench.input.Sample;
import io.marmalade.bench.input.TraceBlocks;
import io.marmalade.bench.process.Child;
import io.marmalade.bench.result.Work;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whole processes, watched from outside. */
final class ProcessSubjects {
    static final String MAIN = "io.marmalade.app.Main";
    static final List<String> ENGINES = List.of("interpreter", "tiered", "jit");

    /** How many programs some seconds of a campaign compare, by engines. */
    private static final SequencedMap<String, Integer> COMPARED = new LinkedHashMap<>();

    static {
        COMPARED.put("interpreter,jit", 40_000);
        COMPARED.put("interpreter,polkavm-interpreter", 200_000);
        COMPARED.put("interpreter,jit,polkavm-interpreter", 30_000);
        COMPARED.put("interpreter,jit,polkavm-interpreter,polkavm-generic", 20_000);
    }

    private static final String CHILD = Child.class.getName();

    private final BenchOptions options;
    private final List<String> missing;
    private final List<String> archived;

    /** How often a process is started in a round. */
    private final int starts;

    ProcessSubjects(BenchOptions options, List<String> missing) {
        this.options = options;
        this.missing = missing;
        this.archived =
                Stream.concat(options.flags().stream(), options.archive().stream()).toList();
        this.starts = options.quick() ? 2 : 3;
    }

    /** A process whose whole life is the value. */
    private record Life(String what, String how, JavaProcess java, int starts, List<String> words)
            implements Subject {
        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }

        @Override
        public Round measure() throws IOException, InterruptedException {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < starts; i++) {
                long begun = System.nanoTime();
                java.run(words);
                values.add((double) (System.nanoTime() - begun));
            }
            return new Round(values, null);
        }
    }

    /** A process that says the value itself. */
    private record Told(
            String what,
            String how,
            JavaProcess java,
            int starts,
            List<String> words,
            @Nullable Work work)
            implements Subject {
        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }

        @Override
        public Round measure() throws IOException, InterruptedException {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < starts; i++) {
                values.add(Double.valueOf(java.run(words).getLast()));
            }
            return new Round(values, null);
        }
    }

    /** A fuzz target from its start to the first root that it answers with. */
    private record FirstBlock(
            String what, String how, JavaProcess java, int starts, Path folder, boolean fromStart)
            implements Subject {
        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }

        @Override
        public Round measure() throws IOException, InterruptedException {
            ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
            TraceBlocks trace =
                    TraceBlocks.read(config, PublicVectors.path("traces/safrole")).first(1);
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < starts; i++) {
                Path socket = folder.resolve("first.sock");
                long begun = System.nanoTime();
                Process target = java.start(target(socket, how));
                try {
                    long block = SocketImport.run(config, socket, trace).getFirst();
                    long all = System.nanoTime() - begun;
                    values.add((double) (fromStart ? all : block));
                } finally {
                    target.destroy();
                    target.waitFor();
                }
            }
            return new Round(values, null);
        }
    }

    /** The words that start a fuzz target. */
    static List<String> target(Path socket, String engine) {
        return List.of(MAIN, "fuzz-target", "--socket", socket.toString(), "--pvm", engine, "-q");
    }

    /** Start-up, first blocks, cold services, and what more cores bring. */
    List<Subject> processes(Path folder) {
        List<Subject> all = new ArrayList<>();
        JavaProcess java = new JavaProcess(archived);
        List<String> version = List.of(MAIN, "--version");
        if (options.archive().isEmpty()) {
            missing.add("start-up with the archive of classes: this process has none");
        } else {
            all.add(new Life("start-up", "with archive", java, starts, version));
        }
        JavaProcess plain = new JavaProcess(options.flags());
        all.add(new Life("start-up", "without archive", plain, starts, version));
        for (int blocks : new int[] {1, 50}) {
            List<String> words = List.of(MAIN, "dev", "--fast", "--blocks", "" + blocks, "-q");
            String what = "process that authors and imports, blocks=" + blocks;
            all.add(new Life(what, "dev --fast", java, starts, words));
        }
        if (PublicVectors.folder().isEmpty()) {
            missing.add(
                    "cold services, first blocks, threads, memory: need the "
                            + PublicVectors.ORIGIN);
            return all;
        }
        for (String engine : ENGINES) {
            all.add(told("first pass over 43 recorded runs, fresh process", engine, "cold"));
        }
        for (String service :
                List.of("bootstrap-0.7.2", "bootstrap-0.8.0", "corevm-0.8.0", "ledger-0.8.0")) {
            for (String engine : ENGINES) {
                String what = "cold service, first result of " + service + ", fresh process";
                all.add(told(what, engine, "refine", service));
            }
        }
        for (String service : List.of("bootstrap-0.8.0", "corevm-0.8.0")) {
            all.add(
                    new Told(
                            "block costs of " + service + ", fresh process",
                            "pipeline gas",
                            java,
                            starts,
                            List.of(CHILD, "costs", service),
                            null));
        }
        for (boolean fromStart : new boolean[] {true, false}) {
            for (String engine : List.of("interpreter", "tiered")) {
                String what =
                        "first block over the socket, "
                                + (fromStart ? "from the process's start" : "from its sending");
                all.add(new FirstBlock(what, engine, java, starts, folder, fromStart));
            }
        }
        for (String set : List.of("safrole", "storage")) {
            for (int cores : coreCounts()) {
                List<String> flags =
                        Stream.concat(
                                        archived.stream(),
                                        Stream.of("-XX:ActiveProcessorCount=" + cores))
                                .toList();
                all.add(
                        new Told(
                                "block of " + set + ", fresh process, by threads",
                                cores + (cores == 1 ? " core" : " cores"),
                                new JavaProcess(flags),
                                starts,
                                List.of(CHILD, "import", "tiered", set),
                                new Work(1, "blocks")));
            }
        }
        return all;
    }

    private Told told(String what, String engine, String word, String... more) {
        List<String> words = new ArrayList<>(List.of(CHILD, word, engine));
        words.addAll(List.of(more));
        return new Told(what, engine, new JavaProcess(archived), starts, words, null);
    }

    /** 1, 2, 4, ... and as many as there are. */
    private static SortedSet<Integer> coreCounts() {
        int all = Runtime.getRuntime().availableProcessors();
        SortedSet<Integer> counts = new TreeSet<>();
        for (int cores = 1; cores < all; cores *= 2) {
            counts.add(cores);
        }
        counts.add(all);
        return counts;
    }

    /** The first run of every program of {@code polkavm-diff}, in a fresh process each. */
    List<Subject> coldPrograms() {
        List<Subject> all = new ArrayList<>();
        for (Sample sample : Sample.all()) {
            for (ProtocolVersion version : ProtocolVersion.values()) {
                if (options.quick() && version == ProtocolVersion.V0_7_2) {
                    continue;
                }
                for (String engine : ENGINES) {
                    String what =
                            "program "
                                    + sample.name()
                                    + " "
                                    + version
                                    + ", first run in a fresh process";
                    all.add(told(what, engine, "guest", sample.title(), version.toString()));
                }
            }
        }
        return all;
    }

    /** Generated programs on several engines at once. */
    List<Subject> comparisons() {
        List<Subject> all = new ArrayList<>();
        Path oracle = options.oracle();
        JavaProcess java = new JavaProcess(options.flags());
        for (Map.Entry<String, Integer> entry : COMPARED.entrySet()) {
            String engines = entry.getKey();
            int count = entry.getValue() / (options.quick() ? 2 : 1);
            List<String> words =
                    new ArrayList<>(List.of(CHILD, "diff", engines, Integer.toString(count)));
            if (engines.contains("polkavm")) {
                if (oracle == null) {
                    continue;
                }
                words.add(oracle.toString());
            }
            all.add(
                    new Told(
                            "generated program compared",
                            engines.replace(",", ", "),
                            java,
                            1,
                            words,
                            new Work(1, "programs")));
        }
        if (oracle == null) {
            missing.add("programs compared with PolkaVM's: " + Suites.NO_ORACLE);
        }
        return all;
    }
}
