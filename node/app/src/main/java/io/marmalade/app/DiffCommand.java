package io.marmalade.app;

import io.marmalade.conformance.traces.Recording.UnreadableException;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.diff.Campaign;
import io.marmalade.pvm.diff.Campaign.Finding;
import io.marmalade.pvm.diff.Campaign.Summary;
import io.marmalade.pvm.diff.DiffCase;
import io.marmalade.pvm.diff.DiffEngine;
import io.marmalade.pvm.diff.EngineSubject;
import io.marmalade.pvm.diff.LineSubject;
import io.marmalade.pvm.diff.LineSubject.Backend;
import io.marmalade.pvm.diff.Oracle;
import io.marmalade.pvm.diff.Subject;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Compares PVM engines, ours and PolkaVM's. */
@Command(
        name = "diff",
        description =
                "Runs generated or given programs on several PVM engines and compares everything"
                        + " they do.",
        footer = {
            "%nENGINE is interpreter, reference, jit, tiered, polkavm-interpreter, polkavm-generic"
                    + " or polkavm-linux; the",
            "others are compared with the first. A name with a slash in it is a program that"
                    + " answers the line protocol of",
            "polkavm-diff/oracle/src/main.rs. PolkaVM's are asked through a small program that"
                    + " --build-oracle builds",
            "with cargo. A difference is reduced to a minimal case, shown from both sides, and"
                    + " filed in the corpus.",
            "FILE is such a case, or a standard program such as `link` writes, which is run from"
                    + " its start to its end or to",
            "its first host call.",
            "%nWith --every, N gas are one step: N instructions for 0.7.2, the blocks that N gas"
                    + " pay for 0.8.0; with 1 every",
            "instruction or block is compared. Each checkpoint is a run of its own from the start."
        })
final class DiffCommand implements Callable<Integer> {
    private static final long ENDLESS = Long.MAX_VALUE / 2;
    private static final long SAVED_EVERY_MILLIS = 5000;
    private static final long WATCHED_EVERY_MILLIS = 200;

    @ParentCommand private Marmalade root = new Marmalade();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "run these cases instead of generated ones")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "how many generated programs (100000, unless --time says)")
    private @Nullable Long count;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "how long to go on, such as 90s, 10m or 2h")
    private @Nullable String time;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "decides all programs (${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--engines",
            paramLabel = "ENGINE",
            split = ",",
            description =
                    "what is compared (interpreter, jit and, where the oracle is built,"
                            + " polkavm-interpreter)")
    private List<String> engines = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "workers, each with engines of its own (one a processor)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "remember here how far the campaign is, and go on from there")
    private @Nullable Path state;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description = "where found cases are filed (polkavm-diff/corpus)")
    private @Nullable Path corpus;

    @Option(
            names = "--every",
            paramLabel = "N",
            description = "compare every N gas, not only at the end, and say where they part")
    private long every;

    @Option(
            names = "--arguments",
            paramLabel = "HEX",
            description = "what a given program is called with (nothing)")
    private String arguments = "";

    @Option(
            names = "--start",
            paramLabel = "PC",
            description = "where a given program starts: 0 for refine, 5 for accumulate (0)")
    private int pc;

    @Option(
            names = "--gas",
            paramLabel = "GAS",
            description = "what a given program may use (${DEFAULT-VALUE})")
    private long gas = 1_000_000_000;

    @Option(names = "--build-oracle", description = "build the oracle first; needs cargo")
    private boolean buildOracle;

    @Override
    public Integer call() throws IOException {
        Path sources = folder("oracle");
        if (buildOracle) {
            build(sources);
        }
        Optional<Path> oracle = Oracle.find(sources);
        if (engines.isEmpty()) {
            engines.addAll(List.of("interpreter", "jit"));
            if (oracle.isPresent()) {
                engines.add("polkavm-interpreter");
            } else {
                System.err.println(
                        "marmalade: PolkaVM is not compared: its oracle is not built (`marmalade"
                                + " diff --build-oracle`, which needs cargo)");
            }
        }
        if (every < 0 || gas < 0) {
            throw new ParameterException(spec.commandLine(), "gas is not below 0");
        }
        if (engines.size() < 2) {
            throw new ParameterException(spec.commandLine(), "two engines are needed to compare");
        }
        return files.isEmpty() ? campaign(oracle) : given(oracle);
    }

    private static Path folder(String name) {
        return Path.of(System.getProperty("marmalade.root", "."), "polkavm-diff", name);
    }

    private static void build(Path sources) throws IOException {
        System.err.println("marmalade: building the oracle (some minutes the first time) ...");
        try {
            Oracle.build(sources);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw new MachineException(String.valueOf(e.getMessage()));
        }
    }

    private DiffEngine engine(Optional<Path> oracle) throws IOException {
        List<Subject> subjects = new ArrayList<>();
        for (String name : engines) {
            if (name.startsWith("polkavm-")) {
                Backend backend;
                try {
                    backend =
                            Backend.valueOf(
                                    name.substring("polkavm-".length()).toUpperCase(Locale.ROOT));
                } catch (IllegalArgumentException e) {
                    throw new ParameterException(spec.commandLine(), "no engine is called " + name);
                }
                Path program =
                        oracle.orElseThrow(() ->
                                new MachineException(
                                        name
                                                + " needs the oracle: `marmalade diff"
                                                + " --build-oracle`, which needs cargo"));
                subjects.add(new LineSubject(program, backend));
            } else if (name.contains("/")) {
                try {
                    subjects.add(new LineSubject(Path.of(name)));
                } catch (IOException e) {
                    throw new UnreadableException(Path.of(name), "cannot be started");
                }
            } else {
                try {
                    subjects.add(new EngineSubject(new GlobalOptions.EngineName().convert(name)));
                } catch (picocli.CommandLine.TypeConversionException e) {
                    throw new ParameterException(
                            spec.commandLine(), String.valueOf(e.getMessage()), e);
                }
            }
        }
        return new DiffEngine(subjects);
    }

    private int given(Optional<Path> oracle) throws IOException {
        Results results = root.results("diff");
        long passed = 0;
        long failed = 0;
        try (DiffEngine engine = engine(oracle)) {
            for (Path file : files) {
                DiffCase start = read(file);
                DiffEngine.Trail trail =
                        every > 0
                                ? engine.compareEvery(start, every)
                                : new DiffEngine.Trail(engine.compare(start), 1, 0, 0);
                DiffEngine.Verdict verdict = trail.verdict();
                verdict.expected().forEach(rule -> results.line(file + ": expected, " + rule));
                if (every > 0) {
                    results.line(
                            file
                                    + ": "
                                    + trail.checkpoints()
                                    + (trail.checkpoints() == 1 ? " checkpoint" : " checkpoints")
                                    + " up to "
                                    + place(trail));
                }
                for (DiffEngine.Disagreement disagreement : verdict.disagreements()) {
                    results.line("FAILED " + file);
                    if (every > 0) {
                        results.line("  they part within the " + lastStep(start, trail));
                    }
                    disagreement.lines().forEach(line -> results.line("  " + line));
                }
                if (verdict.disagreements().isEmpty()) {
                    passed++;
                } else {
                    failed++;
                }
            }
        }
        return results.compared(passed, failed);
    }

    private static String place(DiffEngine.Trail trail) {
        return trail.gas()
                + " gas"
                + (trail.instructions() < 0 ? "" : ", " + trail.instructions() + " instructions");
    }

    private static String lastStep(DiffCase start, DiffEngine.Trail trail) {
        return switch (start.dialect().gasSchedule()) {
            case PER_INSTRUCTION -> "instruction that is number " + trail.instructions();
            case PIPELINE -> "block that ends with instruction number " + trail.instructions();
        };
    }

    private DiffCase read(Path file) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        byte[] header = DiffCase.HEADER.getBytes(StandardCharsets.US_ASCII);
        try {
            if (octets.length >= header.length
                    && Arrays.equals(header, Arrays.copyOf(octets, header.length))) {
                return DiffCase.read(file);
            }
        } catch (java.nio.file.FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableException(file, String.valueOf(e.getMessage()));
        }
        ProtocolVersion version = root.options.version().orElse(ProtocolVersion.V0_7_2);
        StandardProgram program =
                StandardProgram.decode(octets, version)
                        .or(() -> StandardProgram.decodeService(octets, version))
                        .orElseThrow(() ->
                                new UnreadableException(
                                        file,
                                        "neither a case nor a standard program of " + version));
        try {
            return DiffCase.of(
                    program,
                    HexFormat.of().parseHex(arguments),
                    new GlobalOptions.EngineName().convert("interpreter"),
                    pc,
                    gas);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "not hexadecimal, or too long: " + arguments);
        }
    }

    private int campaign(Optional<Path> oracle) throws IOException {
        engine(oracle).close();
        long millis = time == null ? Long.MAX_VALUE : millis(time);
        long wanted = count != null ? count : time != null ? ENDLESS : 100_000;
        long first = readState();
        List<Dialect> dialects =
                root.options
                        .version()
                        .map(version -> List.of(version.dialect()))
                        .orElse(
                                List.of(
                                        ProtocolVersion.V0_8_0.dialect(),
                                        ProtocolVersion.V0_7_2.dialect()));
        Campaign campaign =
                new Campaign(
                        seed,
                        dialects,
                        first,
                        first + wanted,
                        engines.contains("polkavm-linux"),
                        every,
                        () -> engine(oracle));
        long begun = System.nanoTime();
        boolean interrupted = false;
        Thread watcher =
                Thread.ofPlatform()
                        .daemon()
                        .name("diff-watcher")
                        .start(() ->
                                watch(campaign, begun, millis, wanted == ENDLESS ? 0 : wanted));
        try {
            campaign.run(Math.max(1, threads));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        watcher.interrupt();
        double seconds = (System.nanoTime() - begun) / 1e9;
        Summary summary = campaign.summary();
        writeState(summary.done());
        int status = report(summary, seconds);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return status;
    }

    private void watch(Campaign campaign, long begun, long millis, long wanted) {
        long saved = System.nanoTime();
        try (Progress progress = root.progress("programs", wanted)) {
            while (true) {
                Thread.sleep(WATCHED_EVERY_MILLIS);
                long now = System.nanoTime();
                Summary summary = campaign.summary();
                progress.at(summary.compared());
                if ((now - saved) / 1_000_000 >= SAVED_EVERY_MILLIS) {
                    saved = now;
                    writeState(summary.done());
                }
                if ((now - begun) / 1_000_000 >= millis) {
                    campaign.stop();
                }
            }
        } catch (InterruptedException e) {
            // The campaign is over.
            return;
        } catch (IOException e) {
            System.err.println("marmalade: " + state + " cannot be written: " + e.getMessage());
        }
    }

    private int report(Summary summary, double seconds) throws IOException {
        Results results = root.results("diff");
        List<Map<String, Object>> found = new ArrayList<>();
        for (Finding finding : summary.findings()) {
            Path folder = corpus == null ? folder("corpus") : corpus;
            Files.createDirectories(folder);
            Path file = folder.resolve("found-" + seed + "-" + finding.index() + ".case");
            Files.writeString(file, finding.reduced().text(finding.lines()));
            results.line("FAILED program " + finding.index() + " of seed " + seed + ": " + file);
            finding.lines().forEach(line -> results.line("  " + line));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("index", finding.index());
            row.put("file", file.toString());
            row.put("differences", finding.lines());
            found.add(row);
        }
        Map<String, Object> expected = new LinkedHashMap<>();
        summary.expected()
                .forEach((rule, times) -> {
                    String name = rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
                    expected.put(name, times);
                    results.line(String.format(Locale.ROOT, "expected: %-24s %9d", name, times));
                });
        Map<String, Object> stops = new LinkedHashMap<>();
        summary.stops()
                .forEach((status, times) -> {
                    String name = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
                    stops.put(name, times);
                    results.line(String.format(Locale.ROOT, "ended by: %-24s %9d", name, times));
                });
        double rate = summary.compared() / Math.max(seconds, 1e-9);
        results.line(
                String.format(
                        Locale.ROOT,
                        "%d programs of seed %d up to %d on %s, %.1f s, %.0f a second",
                        summary.compared(),
                        seed,
                        summary.done(),
                        String.join(", ", engines),
                        seconds,
                        rate));
        results.put("seed", seed);
        results.put("engines", engines);
        results.put("programs", summary.compared());
        results.put("done", summary.done());
        results.put("seconds", seconds);
        results.put("rate", rate);
        results.put("expected", expected);
        results.put("ends", stops);
        results.put("findings", found);
        long failed = summary.findings().size();
        return results.compared(summary.compared() - failed, failed);
    }

    private long millis(String text) {
        long unit =
                switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
                    case 's' -> 1000;
                    case 'm' -> 60_000;
                    case 'h' -> 3_600_000;
                    default -> 0;
                };
        String number = unit == 0 ? "" : text.substring(0, text.length() - 1);
        if (number.matches("[0-9]{1,9}")) {
            return Long.parseLong(number) * unit;
        }
        throw new ParameterException(
                spec.commandLine(), "not a time: " + text + " (such as 90s, 10m or 2h)");
    }

    private String stateKey() throws IOException {
        String version = root.options.version().map(Object::toString).orElse("both");
        return seed
                + " "
                + version
                + " "
                + String.join(",", engines)
                + (every == 0 ? "" : " every " + every);
    }

    private long readState() throws IOException {
        if (state == null || !Files.exists(state)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(state);
        try {
            if (lines.size() == 2 && lines.get(0).equals(stateKey())) {
                return Long.parseLong(lines.get(1));
            }
        } catch (NumberFormatException e) {
            throw new UnreadableException(state, "not the state of a campaign");
        }
        throw new UnreadableException(
                state, "the state of another campaign (other seed, version or engines)");
    }

    private void writeState(long done) throws IOException {
        if (state != null) {
            Path next = state.resolveSibling(state.getFileName() + ".next");
            Files.writeString(next, stateKey() + "\n" + done + "\n");
            Files.move(next, state, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
