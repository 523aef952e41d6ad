package io.marmalade.bench;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the benchmarks of a package below this one and writes their table to a Markdown file.
 *
 * <p>Benchmarks whose names are equal up to the last underscore belong together, such as {@code
 * blake2b64_vectors} and {@code blake2b64_plain}; the first in order of time is what the others'
 * ratios refer to.
 */
public final class Bench {
    private Bench() {}

    /** Runs {@code NAME DIRECTORY [PATTERN]}: writes {@code DIRECTORY/NAME.md}. */
    public static void main(String[] arguments) throws RunnerException, IOException {
        if (arguments.length < 2) {
            System.err.println("usage: Bench PACKAGE DIRECTORY [PATTERN]");
            System.exit(2);
        }
        String name = arguments[0];
        String pattern = arguments.length > 2 ? arguments[2] : ".*";
        Options options =
                new OptionsBuilder()
                        .include("\\.bench\\." + name + "\\..*\\." + pattern)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build();
        Collection<RunResult> results = new Runner(options).run();
        String table = table(name, results);
        System.out.println(table);
        Path directory = Path.of(arguments[1]);
        Files.createDirectories(directory);
        if (pattern.equals(".*")) {
            Files.writeString(directory.resolve(name + ".md"), table);
        }
    }

    private record Row(String variant, double median, double error, double allocated) {}

    private static String table(String name, Collection<RunResult> results) throws IOException {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (RunResult result : results) {
            String label = result.getPrimaryResult().getLabel();
            String parameters = parameters(result);
            int cut = label.lastIndexOf('_');
            Statistics statistics = result.getPrimaryResult().getStatistics();
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            groups.computeIfAbsent(label.substring(0, cut) + parameters, key -> new ArrayList<>())
                    .add(
                            new Row(
                                    label.substring(cut + 1),
                                    statistics.getPercentile(50),
                                    result.getPrimaryResult().getScoreError(),
                                    allocated == null ? Double.NaN : allocated.getScore()));
        }
        StringBuilder out = new StringBuilder();
        out.append("# Benchmarks: ").append(name).append("\n\n");
        out.append(
                "Median and error (99.9 %) of ns an operation; allocation in octets an operation;"
                        + " the ratio is to the fastest.\n\n");
        out.append("- machine: ").append(machine()).append('\n');
        out.append("- JDK: ").append(Runtime.version()).append('\n');
        out.append("- commit: ").append(commit()).append("\n\n");
        out.append("| what | how | median | ± | ratio | allocated |\n|---|---|--:|--:|--:|--:|\n");
        groups.forEach((group, rows) -> {
            rows.sort((a, b) -> Double.compare(a.median(), b.median()));
            double best = rows.getFirst().median();
            for (Row row : rows) {
                out.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %s | %,.1f | %,.1f | %.2f | %,.0f |%n",
                                group,
                                row.variant(),
                                row.median(),
                                row.error(),
                                row.median() / best,
                                row.allocated()));
            }
        });
        return out.toString();
    }

    private static String parameters(RunResult result) {
        StringBuilder out = new StringBuilder();
        for (String key : result.getParams().getParamsKeys()) {
            out.append(' ').append(key).append('=').append(result.getParams().getParam(key));
        }
        return out.toString();
    }

    private static String machine() throws IOException {
        String model = System.getProperty("os.arch");
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            for (String line : Files.readAllLines(info)) {
                if (line.startsWith("model name")) {
                    model = line.substring(line.indexOf(':') + 1).strip();
                    break;
                }
            }
        }
        return model
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors, "
                + System.getProperty("os.name");
    }

    private static String commit() throws IOException {
        Process git =
                new ProcessBuilder("git", "describe", "--always", "--dirty")
                        .redirectErrorStream(true)
                        .start();
        try (InputStream in = git.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
