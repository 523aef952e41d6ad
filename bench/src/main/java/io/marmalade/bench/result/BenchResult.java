package io.marmalade.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a run measured, and on what.
 *
 * @param version of the program
 * @param commit it was built from
 * @param jdk that it ran on
 * @param cpu the processor, its cores and features
 * @param flags of the measuring processes
 * @param command that makes such a result
 * @param started the time in UTC
 * @param seconds how long it took; 0 in results of earlier versions
 * @param quick whether rounds were short
 * @param partial whether the run was interrupted before its end
 * @param cores that may be used
 * @param loadBefore the machine's load over the minute before; negative if it does not say
 * @param loadMost the most that other processes loaded the machine with while it was measured
 * @param series all series
 * @param imports whole sets of blocks, block by block
 * @param curves how things change over time
 * @param missing what could not be measured, and why
 */
public record BenchResult(
        String version,
        String commit,
        String jdk,
        String cpu,
        List<String> flags,
        String command,
        String started,
        long seconds,
        boolean quick,
        boolean partial,
        int cores,
        double loadBefore,
        double loadMost,
        List<Series> series,
        List<Import> imports,
        List<Curve> curves,
        List<String> missing) {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Copies the lists; a file may lack anything. */
    public BenchResult {
        Objects.requireNonNull(version, "version is missing");
        Objects.requireNonNull(commit, "commit is missing");
        Objects.requireNonNull(jdk, "jdk is missing");
        Objects.requireNonNull(cpu, "cpu is missing");
        Objects.requireNonNull(command, "command is missing");
        Objects.requireNonNull(started, "started is missing");
        flags = List.copyOf(Objects.requireNonNull(flags, "flags is missing"));
        series = List.copyOf(Objects.requireNonNull(series, "series is missing"));
        imports = List.copyOf(Objects.requireNonNull(imports, "imports is missing"));
        curves = List.copyOf(Objects.requireNonNull(curves, "curves is missing"));
        missing = List.copyOf(Objects.requireNonNull(missing, "missing is missing"));
    }

    /**
     * Blocks of a set, each imported once.
     *
     * @param set of traces
     * @param way by which they come: over the socket into a warm or a fresh process, or replayed
     * @param engine that ran services
     * @param stats in the terms of the conformance leaderboard
     * @param millis the time of each block
     */
    public record Import(String set, String way, String engine, Stats stats, List<Double> millis) {
        /** Returns what tells it from all other imports of a run. */
        @JsonIgnore
        public String key() {
            return set + " / " + way + " / " + engine;
        }
    }

    /**
     * What the conformance leaderboard says of a set; times in milliseconds.
     *
     * @param steps how many blocks were sent
     * @param imported how many were imported
     * @param importMaxStep which took longest, from 1
     * @param importMin the shortest time
     * @param importMax the longest
     * @param importMean the mean
     * @param importP50 the median
     * @param importP75 three quarters took at most this
     * @param importP90 nine of ten did
     * @param importP99 99 of a hundred did
     * @param importStdDev the standard deviation
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({
        "steps",
        "imported",
        "import_max_step",
        "import_min",
        "import_max",
        "import_mean",
        "import_p50",
        "import_p75",
        "import_p90",
        "import_p99",
        "import_std_dev"
    })
    public record Stats(
            int steps,
            int imported,
            int importMaxStep,
            double importMin,
            double importMax,
            double importMean,
            double importP50,
            double importP75,
            double importP90,
            double importP99,
            double importStdDev) {
        /** What {@link #times} are called. */
        static final List<String> NAMES =
                List.of("min", "mean", "p50", "p75", "p90", "p99", "max", "std dev");

        /** Returns the times, as they are called in {@link #NAMES}. */
        List<Double> times() {
            return List.of(
                    importMin,
                    importMean,
                    importP50,
                    importP75,
                    importP90,
                    importP99,
                    importMax,
                    importStdDev);
        }
    }

    /**
     * Lines over a common abscissa.
     *
     * @param title what is shown
     * @param x the abscissa's name and unit
     * @param y the ordinate's
     * @param lines by name, points of two numbers each
     */
    public record Curve(String title, String x, String y, Map<String, List<double[]>> lines) {}

    /** Returns that it is not all of a run, if so. */
    Optional<String> partialWarning() {
        return partial
                ? Optional.of("interrupted: this is what had been measured until then")
                : Optional.empty();
    }

    /** Returns how much is not in it, if there is something. */
    Optional<String> missingWarning() {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        missing.size() == 1
                                ? "one thing was not measured"
                                : missing.size() + " things were not measured");
    }

    /** Returns what speaks against the values, if the machine had other work. */
    Optional<String> loadWarning() {
        double load = Math.max(loadBefore, loadMost);
        return load > 0.5 * cores
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "measured while the machine's load was up to %.1f on %d cores",
                                load,
                                cores))
                : Optional.empty();
    }

    /**
     * Reads a result.
     *
     * @param file as {@link #write} makes it
     * @return the result
     * @throws IOException if it cannot be read, or is none
     */
    public static BenchResult read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(
                    file.toString(), null, "a folder, not a result of `bench`");
        }
        BenchResult result;
        try {
            result = JSON.readValue(Files.readAllBytes(file), BenchResult.class);
        } catch (JsonMappingException | JsonParseException e) {
            throw none(file, e.getOriginalMessage().replaceAll(".*problem: | \\(.*", ""));
        }
        if (result == null) {
            throw none(file, "it is null");
        }
        for (Series series : result.series) {
            double[] values = series.sorted();
            if (values.length == 0 || !(values[0] > 0)) {
                throw none(file, series.key() + " has no values");
            }
        }
        return result;
    }

    private static FileSystemException none(Path file, String reason) {
        return new FileSystemException(file.toString(), null, "not a result of `bench`: " + reason);
    }

    /**
     * Writes the result.
     *
     * @param file which is replaced
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(this));
    }
}
