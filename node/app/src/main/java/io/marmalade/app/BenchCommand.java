package io.marmalade.app;

import io.marmalade.bench.result.BenchResult;
import io.marmalade.bench.result.Comparison;
import io.marmalade.bench.result.Format;
import io.marmalade.bench.result.HtmlReport;
import io.marmalade.bench.result.MarkdownSummary;
import io.marmalade.bench.result.Series;
import io.marmalade.bench.run.BenchOptions;
import io.marmalade.bench.run.BenchPlan;
import io.marmalade.bench.run.Suites;
import io.marmalade.pvm.diff.Oracle;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Measures. */
@Command(
        name = "bench",
        description = "Measures suites of benchmarks, and writes a result, a page and a summary.",
        footer = {
            "%nSuites: pvm refine accumulate import transition codec crypto merkle erasure diff"
                + " process; all of them if none is named. Real blocks and services come from the"
                + " public vectors that MARMALADE_VECTORS names; without them those parts are left"
                + " out, and named.",
            "The ways to do one thing are measured in turns. Files go to bench/results:"
                    + " NAME.json, NAME.html and NAME.md."
        },
        subcommands = {BenchCommand.Compare.class, BenchCommand.Report.class})
final class BenchCommand implements Callable<Integer> {
    @ParentCommand private Marmalade root = new Marmalade();

    @Parameters(paramLabel = "SUITE", arity = "0..*", description = "what to measure")
    private List<String> suites = new ArrayList<>();

    @Option(names = "--quick", description = "shorter rounds, two of them, without what takes long")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "how often each is measured, in turns (3; 2 with --quick)")
    private int rounds;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            defaultValue = "",
            description = "a regular expression to be found in SUITE/WHAT/HOW")
    private String only = "";

    @Option(names = "--out", paramLabel = "DIR", description = "where results go (bench/results)")
    private @Nullable Path out;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what the files are called (date, commit and suites)")
    private @Nullable String name;

    @Option(
            names = "--jvm",
            paramLabel = "FLAG",
            description = "one more option of the measuring processes; may be given several times")
    private List<String> flags = new ArrayList<>();

    @Option(
            names = "--oracle",
            paramLabel = "PROGRAM",
            description =
                    "what asks PolkaVM (MARMALADE_ORACLE, or where `diff --build-oracle` puts it)")
    private @Nullable Path oracle;

    @Option(names = "--list", description = "only say what would be measured, by its names")
    private boolean list;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchOptions options = options();
        if (list) {
            return list(options);
        }
        Path folder = out != null ? out : home().resolve("bench").resolve("results");
        Results results = root.results("bench");
        BenchResult result;
        try (BenchPlan plan = new BenchPlan(options);
                Progress progress = root.progress("measurements", plan.size())) {
            if (plan.size() == 0 && !plan.missing().isEmpty()) {
                throw new MachineException(
                        "nothing can be measured: " + String.join("; ", plan.missing()));
            }
            if (plan.size() == 0) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this),
                        "nothing in "
                                + String.join(", ", options.suites())
                                + (quick ? " is measured by a quick run and" : "")
                                + " has a name like '"
                                + only
                                + "': --list without --only shows all names");
            }
            if (!root.isQuiet()) {
                plan.missing().forEach(reason -> System.err.println("not measured: " + reason));
            }
            result =
                    plan.run(
                            new BenchPlan.Origin(
                                    About.version(),
                                    About.commit(),
                                    About.jdk(),
                                    About.cpu(),
                                    command()),
                            steps(progress));
            if (result.partial()) {
                // The plan keeps the process alive until it is closed, not longer.
                String file = name != null ? name : defaultName(result);
                write(folder, file, result, null);
                results.line(
                        "interrupted: a partial result, which says so: "
                                + folder.resolve(file)
                                + ".json");
                return Main.INTERRUPTED;
            }
        }
        String file = name != null ? name : defaultName(result);
        // First of all, so that nothing that follows can lose it.
        write(folder, file, result, null);
        Optional<Path> previous = previous(folder, file, result);
        Comparison comparison = null;
        if (previous.isPresent()) {
            comparison = Comparison.of(BenchResult.read(previous.get()), result);
            write(folder, file, result, comparison);
        }
        results.line(MarkdownSummary.of(result));
        results.line("written: " + folder.resolve(file) + ".{json,md,html}");
        previous.ifPresent(path -> {
            results.line("compared with " + path.getFileName() + ":");
            results.put("compared_with", String.valueOf(path.getFileName()));
        });
        if (comparison != null) {
            changes(comparison, results, false);
        }
        results.put("result", folder.resolve(file) + ".json");
        results.put("series", result.series().stream().map(BenchCommand::row).toList());
        results.put("imports", result.imports());
        results.put("missing", result.missing());
        results.finish();
        return Main.AGREES;
    }

    /** Counts, and says of each how long it took if that is asked for. */
    private Consumer<String> steps(Progress progress) {
        long[] last = {System.nanoTime()};
        return done -> {
            long now = System.nanoTime();
            if (root.isVerbose()) {
                String line =
                        String.format(Locale.ROOT, "%6.1f s  %s", (now - last[0]) / 1e9, done);
                System.err.println(line);
            }
            last[0] = now;
            progress.step();
        };
    }

    private static void write(
            Path folder, String file, BenchResult result, @Nullable Comparison comparison)
            throws IOException {
        Files.createDirectories(folder);
        result.write(folder.resolve(file + ".json"));
        writePages(folder, file, result, comparison);
    }

    private static void writePages(
            Path folder, String file, BenchResult result, @Nullable Comparison comparison)
            throws IOException {
        Files.writeString(folder.resolve(file + ".md"), MarkdownSummary.of(result));
        Files.writeString(folder.resolve(file + ".html"), HtmlReport.of(result, comparison));
    }

    private int list(BenchOptions options) throws IOException, InterruptedException {
        Results results = root.results("bench");
        try (BenchPlan plan = new BenchPlan(options)) {
            plan.names().forEach(results::line);
            plan.missing().forEach(reason -> results.line("not measured: " + reason));
            results.put("names", plan.names());
            results.put("missing", plan.missing());
        }
        results.finish();
        return Main.AGREES;
    }

    private BenchOptions options() {
        for (String suite : suites) {
            if (!Suites.NAMES.contains(suite)) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this),
                        "no suite is called " + suite + ": " + String.join(", ", Suites.NAMES));
            }
        }
        if (rounds < 0) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "--rounds must be 1 or more");
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(only);
        } catch (PatternSyntaxException e) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "--only: " + e.getDescription());
        }
        return new BenchOptions(
                suites.isEmpty() ? Suites.NAMES : suites,
                pattern,
                quick,
                rounds > 0 ? rounds : quick ? 2 : 3,
                flags,
                oracle != null
                        ? oracle
                        : Oracle.find(home().resolve("polkavm-diff/oracle")).orElse(null));
    }

    private static Path home() {
        return Path.of(System.getProperty("marmalade.root", "."));
    }

    private String command() {
        StringBuilder text = new StringBuilder("./marmalade bench");
        suites.forEach(suite -> text.append(' ').append(suite));
        if (quick) {
            text.append(" --quick");
        }
        if (rounds > 0) {
            text.append(" --rounds ").append(rounds);
        }
        if (!only.isEmpty()) {
            text.append(" --only '").append(only).append('\'');
        }
        flags.forEach(flag -> text.append(" --jvm ").append(flag));
        return text.toString();
    }

    private String defaultName(BenchResult result) {
        String date = result.started().substring(0, 16).replace(":", "");
        String what = suites.isEmpty() ? "all" : String.join("-", suites);
        return date + "-" + result.commit() + "-" + what + (quick ? "-quick" : "");
    }

    /** The newest result before this, of a run as quick as this on such a machine. */
    private static Optional<Path> previous(Path folder, String file, BenchResult result)
            throws IOException {
        Optional<Path> newest = Optional.empty();
        String date = "";
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                BenchResult other;
                try {
                    other = BenchResult.read(path);
                } catch (IOException e) {
                    System.err.println("marmalade: not compared with: " + e.getMessage());
                    continue;
                }
                if (!path.getFileName().toString().equals(file + ".json")
                        && other.quick() == result.quick()
                        && other.cpu().equals(result.cpu())
                        && other.started().compareTo(result.started()) < 0
                        && other.started().compareTo(date) > 0
                        && !Comparison.of(other, result).rows().isEmpty()) {
                    newest = Optional.of(path);
                    date = other.started();
                }
            }
        }
        return newest;
    }

    private static Map<String, Object> row(Series series) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("suite", series.suite());
        row.put("what", series.what());
        row.put("how", series.how());
        row.put("unit", series.unit());
        row.put("median", series.median());
        row.put("spread", series.spread());
        row.put("allocated", series.allocated());
        return row;
    }

    /** Says what changed; returns how much got slower. */
    private static long changes(Comparison comparison, Results results, boolean all) {
        comparison.notes().forEach(note -> results.line("note: " + note));
        for (Comparison.Row row : comparison.rows()) {
            boolean told =
                    switch (row.verdict()) {
                        case SLOWER, FASTER -> true;
                        case SAME, UNDECIDED -> all;
                    };
            if (told) {
                results.line(
                        String.format(
                                Locale.ROOT,
                                "%-9s %-70s %10s -> %10s  %s",
                                row.verdict().toString().toLowerCase(Locale.ROOT),
                                row.key(),
                                Format.value(row.before(), row.unit()),
                                Format.value(row.after(), row.unit()),
                                row.verdict() == Comparison.Verdict.UNDECIDED
                                        ? "too spread to tell"
                                        : String.format(
                                                Locale.ROOT,
                                                "%.2f times, by chance %.4f",
                                                row.ratio(),
                                                row.probability())));
            }
        }
        long slower = count(comparison, Comparison.Verdict.SLOWER);
        results.line(
                slower
                        + " slower, "
                        + count(comparison, Comparison.Verdict.FASTER)
                        + " faster, "
                        + count(comparison, Comparison.Verdict.SAME)
                        + " the same, "
                        + count(comparison, Comparison.Verdict.UNDECIDED)
                        + " too spread to tell");
        return slower;
    }

    private static long count(Comparison comparison, Comparison.Verdict verdict) {
        return comparison.rows().stream().filter(row -> row.verdict() == verdict).count();
    }

    /** Compares two results. */
    @Command(
            name = "compare",
            description =
                    "Says what got slower from result A to result B; status 1 if anything did.")
    static final class Compare implements Callable<Integer> {
        @ParentCommand private BenchCommand bench = new BenchCommand();

        @Parameters(index = "0", paramLabel = "A", description = "a result (JSON)")
        private Path before = Path.of("");

        @Parameters(index = "1", paramLabel = "B", description = "a later one")
        private Path after = Path.of("");

        @Option(names = "--all", description = "list what did not change as well")
        private boolean all;

        @Override
        public Integer call() throws IOException {
            Comparison comparison =
                    Comparison.of(BenchResult.read(before), BenchResult.read(after));
            if (comparison.rows().isEmpty()) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this),
                        before + " and " + after + " have no measurement in common");
            }
            Results results = bench.root.results("bench compare");
            long slower = changes(comparison, results, all);
            results.put("notes", comparison.notes());
            results.put("rows", comparison.rows());
            results.put("slower", slower);
            results.finish();
            return slower == 0 ? Main.AGREES : Main.DIFFERS;
        }
    }

    /** Writes the page and the summary of a result anew. */
    @Command(
            name = "report",
            description = {
                "Writes the page and the summary of results that are there already, beside them;"
                        + " each is compared with the newest before it."
            })
    static final class Report implements Callable<Integer> {
        @ParentCommand private BenchCommand bench = new BenchCommand();

        @Parameters(arity = "1..*", paramLabel = "RESULT", description = "a result (JSON)")
        private List<Path> files = new ArrayList<>();

        @Override
        public Integer call() throws IOException {
            Results results = bench.root.results("bench report");
            List<String> written = new ArrayList<>();
            for (Path path : files) {
                BenchResult result = BenchResult.read(path);
                Path folder =
                        Objects.requireNonNullElse(path.toAbsolutePath().getParent(), Path.of("."));
                String file = path.getFileName().toString().replaceAll("\\.json$", "");
                Optional<Path> previous = previous(folder, file, result);
                Comparison comparison =
                        previous.isPresent()
                                ? Comparison.of(BenchResult.read(previous.get()), result)
                                : null;
                writePages(folder, file, result, comparison);
                results.line("written: " + folder.resolve(file) + ".{md,html}");
                written.add(folder.resolve(file) + ".html");
            }
            results.put("written", written);
            results.finish();
            return Main.AGREES;
        }
    }
}
