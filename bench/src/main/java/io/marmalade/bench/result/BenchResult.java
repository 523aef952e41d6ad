package io.marmalade.bench.result;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * @param quick whether rounds were short
 * @param cores that may be used
 * @param loadBefore the machine's load over the minute before; negative if it does not say
 * @param loadMost the most that other processes loaded the machine with while it was measured
 * @param series all series
 * @param imports imports over the socket
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
        boolean quick,
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

    /**
     * Blocks of a set, imported over the socket.
     *
     * @param set of traces
     * @param engine that ran services
     * @param stats in the terms of the conformance leaderboard, in milliseconds
     * @param millis the time of each block
     */
    public record Import(
            String set, String engine, Map<String, Double> stats, List<Double> millis) {}

    /**
     * Lines over a common abscissa.
     *
     * @param title what is shown
     * @param x the abscissa's name and unit
     * @param y the ordinate's
     * @param lines by name, points of two numbers each
     */
    public record Curve(String title, String x, String y, Map<String, List<double[]>> lines) {}

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
        try {
            return JSON.readValue(Files.readAllBytes(file), BenchResult.class);
        } catch (JsonMappingException | com.fasterxml.jackson.core.JsonParseException e) {
            throw new java.nio.file.FileSystemException(
                    file.toString(),
                    null,
                    "not a result of `bench`: " + e.getOriginalMessage().replaceAll(" \\(.*", ""));
        }
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
