package io.marmalade.app;

import io.marmalade.conformance.fuzz.Message;
import io.marmalade.pvm.Deviation;
import io.marmalade.pvm.ProtocolVersion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** What this program is, and what it runs on. */
final class About {
    /** The versions of the protocol that it speaks. */
    static final List<String> PROTOCOL_VERSIONS =
            Arrays.stream(ProtocolVersion.values()).map(ProtocolVersion::toString).toList();

    /** The processor features that parts of this program have use for. */
    private static final Set<String> FEATURES =
            Set.of(
                    "adx",
                    "avx2",
                    "avx512f",
                    "avx512bw",
                    "avx512ifma",
                    "avx512vbmi",
                    "bmi2",
                    "gfni",
                    "sha_ni",
                    "vaes",
                    "vpclmulqdq",
                    "asimd",
                    "sve",
                    "sha2",
                    "sha3",
                    "pmull");

    private About() {}

    /** Returns the version of this program: three numbers, and perhaps a word behind them. */
    static String version() {
        return properties("build").getProperty("version", "unknown");
    }

    /** Returns the three numbers of the version. */
    static Message.Version numbers() {
        String[] numbers = version().split("[.-]", -1);
        return new Message.Version(
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]));
    }

    /** Returns the commit that it was started from. */
    static String commit() {
        return System.getProperty("marmalade.commit", "unknown");
    }

    static String jdk() {
        return Runtime.version() + " (" + System.getProperty("java.vendor", "unknown") + ")";
    }

    /**
     * Returns the processor's name, the cores that may be used, and the features that are of use.
     */
    static String cpu() {
        String model = System.getProperty("os.arch", "unknown");
        Set<String> features = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                String value = line.substring(line.indexOf(':') + 1).strip();
                if (line.startsWith("model name")) {
                    model = value;
                } else if (line.startsWith("flags") || line.startsWith("Features")) {
                    features.addAll(List.of(value.split(" ")));
                    break;
                }
            }
        } catch (IOException e) {
            // Not every system tells; the architecture then stands for the model.
            features.clear();
        }
        features.retainAll(FEATURES);
        int cores = Runtime.getRuntime().availableProcessors();
        return model
                + ", "
                + cores
                + " cores"
                + (features.isEmpty() ? "" : ", " + String.join(" ", features));
    }

    /** Returns lines for a reader. */
    static List<String> describe(boolean verbose) {
        List<String> lines = new ArrayList<>();
        lines.add("marmalade " + version() + " (" + commit() + ")");
        lines.add("protocol  " + String.join(", ", PROTOCOL_VERSIONS));
        lines.add("jdk       " + jdk());
        lines.add("cpu       " + cpu());
        if (verbose) {
            for (ProtocolVersion version : ProtocolVersion.values()) {
                for (Deviation deviation : Deviation.values()) {
                    if (version.applies(deviation)) {
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "deviation %s %s (%s)",
                                        version,
                                        deviation,
                                        deviation.source()));
                    }
                }
            }
            Properties pins = properties("pins");
            new TreeSet<>(pins.stringPropertyNames())
                    .forEach(name ->
                            lines.add(
                                    String.format(
                                            Locale.ROOT,
                                            "pinned    %s = %s",
                                            name,
                                            pins.getProperty(name))));
        }
        return lines;
    }

    private static Properties properties(String name) {
        Properties properties = new Properties();
        try (InputStream in = About.class.getResourceAsStream(name + ".properties")) {
            if (in == null) {
                throw new IllegalStateException(name + ".properties is not on the class path");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
