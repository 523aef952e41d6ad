package io.marmalade.bench.run;

import io.marmalade.bench.input.Kernel;
import io.marmalade.bench.input.PublicVectors;
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
                    "accumulate",
                    "import",
                    "transition",
                    "codec",
                    "crypto",
                    "merkle",
                    "erasure",
                    "process");

    /** Suites of which no part can be measured without the public vectors. */
    private static final Set<String> VECTOR_SUITES =
            Set.of("accumulate", "import", "transition", "codec");

    /** What takes long and is left out of a quick run. */
    private static final Set<String> SLOW_VALUES = Set.of("engine=reference", "keys=1000000");

    private final BenchOptions options;
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
            if (suite.equals("process")) {
                ProcessSubjects.all(options, missing).forEach(one -> add(suite, one));
            } else {
                benchmarks(suite);
            }
            if (suite.equals("pvm")) {
                baselines(folder, polkaVm);
            }
        }
        return groups;
    }

    private void add(String suite, Subject subject) {
        String name = suite + "/" + subject.what();
        if (options.wants(suite, subject.what(), subject.how())) {
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
            points.stream().filter(this::isMeasured).forEach(point -> add(suite, name, point));
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

    private boolean isMeasured(Map<String, String> point) {
        boolean slow = point.entrySet().stream().anyMatch(e -> SLOW_VALUES.contains(e.toString()));
        boolean service = point.getOrDefault("program", "").indexOf('-') >= 0;
        return !(slow && options.quick()) && !(service && PublicVectors.folder().isEmpty());
    }

    private void add(String suite, String benchmark, Map<String, String> point) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        int cut = method.lastIndexOf('_');
        String how = point.getOrDefault("engine", method.substring(cut + 1));
        if (point.containsKey("engine") && method.endsWith("Only")) {
            how = "decoding only";
            if (!point.get("engine").equals("interpreter")) {
                return;
            }
        }
        Map<String, String> parameters = new LinkedHashMap<>(point);
        parameters.remove("engine");
        StringBuilder what = new StringBuilder(method.substring(0, cut));
        parameters.forEach((name, value) -> what.append(' ').append(label(name, value)));
        add(
                suite,
                new JmhSubject(
                        benchmark,
                        what.toString(),
                        how,
                        point,
                        parameters,
                        options.pace(),
                        options.flags()));
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

    /** Other people's ways to run the kernels. */
    private void baselines(Path folder, @Nullable PolkaVm polkaVm) throws InterruptedException {
        boolean compiles = true;
        for (Kernel kernel : Kernel.ALL) {
            for (ProtocolVersion version : ProtocolVersion.values()) {
                Map<String, String> parameters = new LinkedHashMap<>();
                parameters.put("kernel", kernel.name());
                parameters.put("protocol", version.toString());
                String what = "kernel " + kernel.name() + " " + version;
                if (compiles) {
                    try {
                        Path program = NativeSubject.compile(kernel, folder);
                        add("pvm", new NativeSubject(kernel, what, parameters, program));
                    } catch (IOException e) {
                        compiles = false;
                        missing.add("cc -O2: " + e.getMessage());
                    }
                }
                if (polkaVm != null) {
                    for (String backend : List.of("generic", "interpreter")) {
                        add(
                                "pvm",
                                new PolkaVm.Run(
                                        polkaVm, kernel, version, backend, what, parameters));
                    }
                }
            }
        }
        if (polkaVm == null) {
            missing.add(
                    "PolkaVM: its oracle is not built (polkavm-diff/oracle, or --oracle PROGRAM)");
        }
    }
}
