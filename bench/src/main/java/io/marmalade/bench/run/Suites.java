package io.marmalade.bench.run;

import io.marmalade.bench.input.Guest;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.bench.input.Sample;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All suites, and what each measures on this machine.
 *
 * <p>A JMH benchmark's method is called {@code what_how}: those with the same name up to the last
 * underscore, and the same parameters, do the same thing. A parameter {@code engine} says how a
 * thing is done, all others what is done.
 */
public final class Suites {
    /** The names of all suites, in the order in which they run. */
    public static final List<String> NAMES =
            List.of(
                    "pvm",
                    "refine",
                    "accumulate",
                    "import",
                    "transition",
                    "codec",
                    "crypto",
                    "merkle",
                    "erasure",
                    "diff",
                    "process");

    /** What a user is told who has no oracle. */
    static final String NO_ORACLE =
            "PolkaVM's oracle is not built (`marmalade diff --build-oracle`, which needs cargo; or"
                    + " --oracle PROGRAM)";

    /** Suites of which no part can be measured without the public vectors. */
    private static final Set<String> VECTOR_SUITES = Set.of("import", "transition", "codec");

    /** What takes long and is left out of a quick run. */
    private static final Set<String> SLOW_VALUES =
            Set.of(
                    "engine=reference",
                    "keys=10000000",
                    "set=preimages_light",
                    "set=preimages",
                    "program=sha256.7",
                    "program=bootstrap-0.7.2",
                    "service=bootstrap-0.7.2",
                    "service=inner-machines-0.7.2",
                    "service=ledger-0.7.2",
                    "service=segments-0.7.2");

    /** Guests, which a compiler translates while they warm up, and then the JVM's once more. */
    private static final Set<String> SLOW_STARTS =
            Set.of("kernel", "program", "services43", "refine", "import");

    private static final Set<String> COMPILERS = Set.of("tiered", "jit");

    /** What works in lanes, whose methods are among the largest that the JVM's compiler bears. */
    private static final Set<String> IN_LANES =
            Set.of("ietfVerify", "ringVerify1", "ringVerify3", "ringVerify16");

    /** What a quick run leaves out because another says nearly the same. */
    private static final Pattern SIMILAR =
            Pattern.compile(
                    "refineColdService (?!bootstrap|corevm).*|services43Cold/jit"
                            + "|ringVerify\\d+ ring=6/.*");

    /** Kernels that a quick run measures under both versions; all else only under the later. */
    private static final Set<String> BOTH_VERSIONS = Set.of("sieve", "sha256", "interp");

    /** Services out of the public vectors. */
    private static final Set<String> PUBLIC_SERVICES =
            Set.of("bootstrap", "corevm", "null-authorizer");

    private final BenchOptions options;
    private final Works works = new Works();
    private final List<String> missing = new ArrayList<>();
    private final SequencedMap<String, List<Subject>> groups = new LinkedHashMap<>();

    Suites(BenchOptions options) {
        this.options = options;
    }

    /** Returns what could not be measured, and why. */
    List<String> missing() {
        return missing;
    }

    /**
     * Finds the subjects of the chosen suites, those that do the same thing together.
     *
     * @param folder for what has to be compiled
     * @param polkaVm answers for PolkaVM, if it is there
     */
    SequencedMap<String, List<Subject>> find(Path folder, @Nullable PolkaVm polkaVm)
            throws IOException, InterruptedException {
        for (String suite : options.suites()) {
            if (VECTOR_SUITES.contains(suite) && PublicVectors.folder().isEmpty()) {
                missing.add(suite + ": needs the " + PublicVectors.ORIGIN);
                continue;
            }
            ProcessSubjects processes = new ProcessSubjects(options, missing);
            benchmarks(suite);
            switch (suite) {
                case "pvm" -> {
                    baselines(folder, polkaVm);
                    processes.coldPrograms().forEach(one -> add(suite, one));
                }
                case "diff" -> processes.comparisons().forEach(one -> add(suite, one));
                case "process" -> processes.processes(folder).forEach(one -> add(suite, one));
                default -> {}
            }
        }
        return groups;
    }

    private void add(String suite, Subject subject) {
        String name = suite + "/" + subject.what();
        boolean left =
                options.quick() && SIMILAR.matcher(subject.what() + "/" + subject.how()).matches();
        if (!left && options.wants(suite, subject.what(), subject.how())) {
            groups.computeIfAbsent(name, key -> new ArrayList<>()).add(subject);
        }
    }

    private void benchmarks(String suite) {
        OutputFormat silent = new SilentFormat();
        for (BenchmarkListEntry entry :
                BenchmarkList.defaultList().find(silent, List.of(".*"), List.of())) {
            String name = entry.getUsername();
            if (!suiteOf(name).equals(suite)) {
                continue;
            }
            List<Map<String, String>> points = new ArrayList<>();
            points.add(Map.of());
            Map<String, String[]> parameters = new TreeMap<>(entry.getParams().orElse(Map.of()));
            for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
                points = product(points, parameter.getKey(), parameter.getValue());
            }
            for (Map<String, String> point : points) {
                if (isMeasured(name, point)) {
                    add(suite, name, point);
                }
            }
        }
    }

    private static List<Map<String, String>> product(
            List<Map<String, String>> points, String parameter, String[] values) {
        List<Map<String, String>> out = new ArrayList<>();
        for (String value : values) {
            for (Map<String, String> point : points) {
                Map<String, String> more = new LinkedHashMap<>(point);
                more.put(parameter, value);
                out.add(more);
            }
        }
        return out;
    }

    private boolean isMeasured(String benchmark, Map<String, String> point) {
        String what = what(benchmark);
        boolean slow =
                point.entrySet().stream().anyMatch(e -> SLOW_VALUES.contains(e.toString()))
                        || isEarlier(point.get("protocol"), point.get("kernel"));
        // The plain root of so many keys takes seconds, and minutes.
        boolean plain = benchmark.endsWith("trieBuild_plain");
        boolean endless = plain && "10000000".equals(point.get("keys"));
        slow |= plain && "1000000".equals(point.get("keys"));
        boolean isPublic =
                what.startsWith("services43")
                        || Stream.of("program", "service")
                                .map(name -> point.getOrDefault(name, "").replaceAll("-0.*", ""))
                                .anyMatch(PUBLIC_SERVICES::contains);
        if (isPublic && PublicVectors.folder().isEmpty()) {
            String reason = "services of others: need the " + PublicVectors.ORIGIN;
            if (!missing.contains(reason)) {
                missing.add(reason);
            }
            return false;
        }
        return !(slow && options.quick()) && !endless;
    }

    private static boolean isEarlier(@Nullable String version, @Nullable String kernel) {
        return ProtocolVersion.V0_7_2.toString().equals(version)
                && (kernel == null || !BOTH_VERSIONS.contains(kernel));
    }

    /** Returns a benchmark's method without how it does it. */
    private static String what(String benchmark) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        return method.substring(0, method.lastIndexOf('_'));
    }

    private void add(String suite, String benchmark, Map<String, String> point) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        int cut = method.lastIndexOf('_');
        String way = method.substring(cut + 1).replace("2threads", ", 2 threads");
        String how = point.getOrDefault("engine", way);
        if (point.containsKey("engine") && method.endsWith("Only")) {
            how = "decoding only";
            if (!point.get("engine").equals("interpreter")) {
                return;
            }
        }
        Map<String, String> parameters = new LinkedHashMap<>(point);
        parameters.remove("engine");
        String name = method.substring(0, cut);
        StringBuilder what = new StringBuilder(name);
        parameters.forEach((key, value) -> what.append(' ').append(label(key, value)));
        add(
                suite,
                new JmhSubject(
                        benchmark,
                        what.toString(),
                        how,
                        name,
                        point,
                        parameters,
                        works,
                        options.pace(isSlowToStart(name, how)),
                        options.flags()));
    }

    private static boolean isSlowToStart(String name, String how) {
        return SLOW_STARTS.contains(name) && COMPILERS.contains(how)
                || IN_LANES.contains(name) && how.startsWith("vectors");
    }

    private static String label(String name, String value) {
        return value.matches("[0-9]+") ? name + "=" + value : value;
    }

    private static String suiteOf(String benchmark) {
        String packages = benchmark.substring("io.marmalade.bench.".length());
        String first = packages.substring(0, packages.indexOf('.'));
        return switch (first) {
            case "importing" -> "import";
            case "crypto" -> packages.contains("Erasure") ? "erasure" : "crypto";
            default -> first;
        };
    }

    /** Other people's ways to run guests. */
    private void baselines(Path folder, @Nullable PolkaVm polkaVm) throws InterruptedException {
        boolean compiles = true;
        for (Guest guest : Guest.all().toList()) {
            for (ProtocolVersion version : ProtocolVersion.values()) {
                boolean sample = guest instanceof Sample;
                String kernel = sample ? null : guest.name();
                if (options.quick() && isEarlier(version.toString(), kernel)) {
                    continue;
                }
                Map<String, String> parameters = new LinkedHashMap<>();
                parameters.put(sample ? "program" : "kernel", guest.name());
                parameters.put("protocol", version.toString());
                String what = guest.title() + " " + version;
                if (compiles && options.wants("pvm", what, NativeSubject.HOW)) {
                    try {
                        Path program = NativeSubject.compile(guest, folder);
                        add("pvm", new NativeSubject(guest, what, parameters, program));
                    } catch (IOException e) {
                        compiles = false;
                        missing.add("cc -O2: " + e.getMessage());
                    }
                }
                // Host calls go through a question and its answer there.
                if (polkaVm != null && !guest.name().equals("hostcalls")) {
                    for (String backend : List.of("generic", "interpreter")) {
                        add(
                                "pvm",
                                new PolkaVm.Run(
                                        polkaVm, guest, version, backend, what, parameters));
                    }
                }
            }
        }
        if (polkaVm != null) {
            hostCallsAndCompilers(polkaVm);
        } else {
            missing.add("PolkaVM beside our engines: " + NO_ORACLE);
        }
    }

    /** PolkaVM's host calls and compiler beside ours. */
    private void hostCallsAndCompilers(PolkaVm polkaVm) {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            if (options.quick() && isEarlier(version.toString(), null)) {
                continue;
            }
            Map<String, String> parameters = Map.of("protocol", version.toString());
            for (String backend : List.of("generic", "linux", "interpreter")) {
                for (boolean each : new boolean[] {true, false}) {
                    String what = (each ? "hostCallRoundTrip " : "hostCalls100000 ") + version;
                    add(
                            "pvm",
                            new PolkaVm.HostCalls(
                                    polkaVm, version, backend, each, what, parameters));
                }
            }
        }
        for (String program : List.of("sha256.8", "bootstrap-0.8.0", "corevm-0.8.0")) {
            if (PUBLIC_SERVICES.contains(program.replaceAll("-0.*", ""))
                    && PublicVectors.folder().isEmpty()) {
                continue;
            }
            Map<String, String> parameters = Map.of("program", program);
            String what = "compile " + program;
            for (boolean pipeline : new boolean[] {true, false}) {
                add(
                        "pvm",
                        new PolkaVm.Compile(
                                polkaVm, program, "generic", pipeline, what, parameters));
            }
            add(
                    "pvm",
                    new PolkaVm.Compile(polkaVm, program, "interpreter", true, what, parameters));
        }
    }
}
