package io.marmalade.app;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.Nodes;
import io.marmalade.conformance.traces.Recording;
import io.marmalade.conformance.traces.Replay;
import io.marmalade.conformance.traces.Timings;
import io.marmalade.conformance.traces.TraceWriter;
import io.marmalade.pvm.ProtocolVersion;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Runs recordings and compares. */
@Command(
        name = "replay",
        description =
                "Imports trace folders and files, plays recorded fuzz sessions, host-call traces"
                        + " and the%nmachines that --pvm checked recorded (on every engine), and"
                        + " compares everything; times every block.",
        footer =
                "%nA block is timed from its octets to the root of its posterior state, in"
                        + " milliseconds.")
final class ReplayCommand implements Callable<Integer> {
    @ParentCommand private Marmalade root = new Marmalade();

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "what to replay")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--warm-up",
            paramLabel = "PATH",
            description = "replayed before, unmeasured; may be given several times")
    private List<Path> warmUp = new ArrayList<>();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "import so many times from a fresh store, and measure the last pass")
    private int repeat = 1;

    @Override
    public Integer call() throws IOException {
        ProtocolConfig config = root.options.config(version());
        List<Recording> before = find(warmUp);
        List<Recording> measured = find(paths);
        long total = size(before) + repeat * size(measured);
        Results results = root.results("replay");
        try (Progress progress = root.progress("steps", total)) {
            Replay replay =
                    Nodes.replay(config, root.options.engine(), recording -> progress.step());
            List<Replay.Result> all = new ArrayList<>();
            for (Recording recording : before) {
                all.add(replay.run(recording, root.options.engine()));
            }
            List<Replay.Result> last = new ArrayList<>();
            for (int pass = 0; pass < repeat && !Interruption.requested(); pass++) {
                last.clear();
                for (Recording recording : measured) {
                    last.add(replay.run(recording, root.options.engine()));
                }
                all.addAll(last);
            }
            progress.close();
            return report(results, all, last);
        }
    }

    /** Returns the version that was asked for, or else the one that the traces say they are of. */
    private ProtocolVersion version() throws IOException {
        if (root.options.version().isPresent()) {
            return root.options.version().get();
        }
        Set<ProtocolVersion> said = EnumSet.noneOf(ProtocolVersion.class);
        for (List<Path> all : List.of(paths, warmUp)) {
            for (Path path : all) {
                said.add(TraceWriter.version(path).orElse(ProtocolVersion.V0_7_2));
            }
        }
        if (said.size() > 1) {
            throw new IOException("traces of different versions of the protocol: " + said);
        }
        return said.iterator().next();
    }

    private static List<Recording> find(List<Path> paths) throws IOException {
        List<Recording> found = new ArrayList<>();
        for (Path path : paths) {
            found.addAll(Recording.find(path));
        }
        return found;
    }

    private static long size(List<Recording> recordings) {
        return recordings.stream().mapToLong(Recording::size).sum();
    }

    private int report(Results results, List<Replay.Result> all, List<Replay.Result> last) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Timings together = new Timings();
        long steps = 0;
        results.line(
                String.format(
                        Locale.ROOT,
                        "%-24s %6s %8s %7s  %8s %8s %8s %8s %8s %8s",
                        "",
                        "steps",
                        "imported",
                        "refused",
                        "min",
                        "mean",
                        "p50",
                        "p90",
                        "p99",
                        "max"));
        for (Replay.Result result : last) {
            Timings.Summary times = result.timings().summary();
            if (last.size() <= 20 || !result.failures().isEmpty()) {
                results.line(
                        row(
                                result.name(),
                                result.steps(),
                                result.imported(),
                                result.refused(),
                                times));
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", result.name());
            row.put("refused", result.refused());
            row.put("failures", result.failures());
            row.put("stats", Results.stats(result.steps(), times));
            rows.add(row);
            together.addAll(result.timings());
            steps += result.steps();
        }
        if (last.size() > 1) {
            results.line(
                    row(
                            "all " + last.size() + " sets",
                            steps,
                            last.stream().mapToLong(Replay.Result::imported).sum(),
                            last.stream().mapToLong(Replay.Result::refused).sum(),
                            together.summary()));
        }
        all.forEach(result -> results.failures(result.failures()));
        results.put("sets", rows);
        results.put("stats", Results.stats(steps, together.summary()));
        long failed = all.stream().mapToLong(result -> result.failures().size()).sum();
        long done = all.stream().mapToLong(Replay.Result::steps).sum();
        return results.compared(done - failed, failed);
    }

    private static String row(
            String name, long steps, long imported, long refused, Timings.Summary times) {
        return String.format(
                Locale.ROOT,
                "%-24s %6d %8d %7d  %8.3f %8.3f %8.3f %8.3f %8.3f %8.3f",
                name,
                steps,
                imported,
                refused,
                times.min(),
                times.mean(),
                times.p50(),
                times.p90(),
                times.p99(),
                times.max());
    }
}
