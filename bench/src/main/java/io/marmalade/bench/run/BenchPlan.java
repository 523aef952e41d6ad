package io.marmalade.bench.run;

import io.marmalade.bench.result.BenchResult;
import io.marmalade.bench.result.Series;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a run is going to measure. Owned by one thread; closed by who made it. */
public final class BenchPlan implements AutoCloseable {
    private static final long SAMPLE_MILLIS = 500;
    private static final long PATIENCE_MILLIS = 5000;

    private final BenchOptions options;
    private final Suites suites;
    private final Path folder;
    private final @Nullable PolkaVm polkaVm;
    private final SequencedMap<String, List<Subject>> groups;
    private final List<Extra> extras;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean ending;

    /**
     * What the machine and the program are called in the result.
     *
     * @param version of this program
     * @param commit that it was built from
     * @param jdk that it ran on
     * @param cpu that it ran on
     * @param command that was given
     */
    public record Origin(String version, String commit, String jdk, String cpu, String command) {}

    /**
     * Finds what there is to measure.
     *
     * @param options say what
     * @throws IOException if the machine does not allow it
     * @throws InterruptedException if the thread was asked to end
     */
    public BenchPlan(BenchOptions options) throws IOException, InterruptedException {
        this.options = options;
        // Two runs at a time disturb one another, but a lock that outlives a run disturbs more.
        System.setProperty("jmh.ignoreLock", "true");
        folder = Files.createTempDirectory("marmalade-bench");
        Path oracle = options.oracle();
        polkaVm = oracle == null ? null : new PolkaVm(oracle);
        suites = new Suites(options);
        groups = suites.find(folder, polkaVm);
        extras = Extras.of(options, folder);
    }

    /**
     * Returns how many rounds of single subjects there are, all together.
     *
     * @return 0 if there is nothing to measure
     */
    public int size() {
        int subjects = groups.values().stream().mapToInt(List::size).sum();
        return subjects * options.rounds() + extras.size();
    }

    /**
     * Returns the names of all that is going to be measured, in the form that patterns look at.
     *
     * @return {@code SUITE/WHAT/HOW} each
     */
    public List<String> names() {
        return Stream.concat(
                        groups.entrySet().stream()
                                .flatMap(group ->
                                        group.getValue().stream()
                                                .map(one -> group.getKey() + "/" + one.how())),
                        extras.stream().map(Extra::name))
                .toList();
    }

    /**
     * Returns what cannot be measured, and why.
     *
     * @return a line each
     */
    public List<String> missing() {
        return List.copyOf(suites.missing());
    }

    /**
     * Measures it all, each thing's ways in turns.
     *
     * @param origin says what is measured
     * @param step is told what was done, once for each of {@link #size}
     * @return the result; if the thread is interrupted, of what was done until then
     * @throws IOException if nothing can be measured at all
     */
    public BenchResult run(Origin origin, Consumer<String> step) throws IOException {
        long begun = System.nanoTime();
        double before = load();
        String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        List<Series> series = new ArrayList<>();
        List<String> missing = new ArrayList<>(suites.missing());
        Extra.Findings findings = new Extra.Findings();
        boolean partial = false;
        // What waits for a process does not notice that it is interrupted until that has ended.
        Thread end =
                Thread.ofPlatform()
                        .name("bench-end")
                        .unstarted(() -> {
                            ending = true;
                            ProcessHandle.current()
                                    .descendants()
                                    .forEach(ProcessHandle::destroyForcibly);
                            awaitClose();
                        });
        Runtime.getRuntime().addShutdownHook(end);
        try (OtherLoad others = new OtherLoad(SAMPLE_MILLIS)) {
            try {
                for (var group : groups.entrySet()) {
                    series.addAll(measure(group.getKey(), group.getValue(), missing, step));
                }
                for (Extra extra : extras) {
                    stopIfAsked();
                    try {
                        extra.measure(findings);
                    } catch (IOException e) {
                        stopIfAsked();
                        missing.add(extra.name() + ": " + e.getMessage());
                    }
                    step.accept(extra.name());
                }
            } catch (InterruptedException e) {
                partial = true;
                Thread.currentThread().interrupt();
            }
            if (!ending) {
                Runtime.getRuntime().removeShutdownHook(end);
            }
            return new BenchResult(
                    origin.version(),
                    origin.commit(),
                    origin.jdk(),
                    origin.cpu(),
                    options.flags().stream().filter(flag -> !flag.startsWith("-D")).toList(),
                    origin.command(),
                    started,
                    (System.nanoTime() - begun) / 1_000_000_000,
                    options.quick(),
                    partial,
                    Runtime.getRuntime().availableProcessors(),
                    before,
                    others.most(),
                    series,
                    findings.imports(),
                    findings.curves(),
                    missing);
        }
    }

    private List<Series> measure(
            String name, List<Subject> subjects, List<String> missing, Consumer<String> step)
            throws IOException, InterruptedException {
        String suite = name.substring(0, name.indexOf('/'));
        List<List<List<Double>>> values = new ArrayList<>();
        List<@Nullable Double> allocated = new ArrayList<>();
        List<Boolean> failed = new ArrayList<>();
        subjects.forEach(subject -> {
            values.add(new ArrayList<>());
            allocated.add(null);
            failed.add(false);
        });
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < subjects.size(); i++) {
                stopIfAsked();
                Subject subject = subjects.get(i);
                if (!failed.get(i)) {
                    try {
                        Subject.Round measured = subject.measure();
                        values.get(i).add(measured.values());
                        if (measured.allocated() != null) {
                            allocated.set(i, measured.allocated());
                        }
                    } catch (IOException e) {
                        stopIfAsked();
                        failed.set(i, true);
                        missing.add(name + ", " + subject.how() + ": " + e.getMessage());
                    }
                }
                step.accept(name + ", " + subject.how());
            }
        }
        List<Series> out = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            if (!failed.get(i)) {
                out.add(
                        new Series(
                                suite,
                                subject.what(),
                                subject.how(),
                                subject.parameters(),
                                subject.unit(),
                                values.get(i),
                                allocated.get(i),
                                subject.work()));
            }
        }
        return out;
    }

    private void stopIfAsked() throws InterruptedException {
        if (Thread.interrupted() || ending) {
            throw new InterruptedException();
        }
    }

    /** The process does not end before there was time to write what is there. */
    private void awaitClose() {
        try {
            closed.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return Double.parseDouble(String.format(Locale.ROOT, "%.2f", load));
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        if (polkaVm != null) {
            polkaVm.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }
}
