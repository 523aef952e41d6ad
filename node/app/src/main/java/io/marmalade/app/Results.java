package io.marmalade.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.marmalade.conformance.traces.Timings;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command found out, on stdout: lines for a reader, or one JSON object.
 *
 * <p>Both are always given by the command; the option decides which is shown.
 */
final class Results {
    private final boolean json;
    private final PrintStream out;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Results(String command, boolean json, PrintStream out) {
        this.json = json;
        this.out = out;
        fields.put("command", command);
        if (json) {
            fields.put("version", About.version());
            fields.put("commit", About.commit());
            fields.put("jdk", About.jdk());
            fields.put("cpu", About.cpu());
        }
    }

    /** Shows a line, unless it is JSON that is asked for. */
    void line(String text) {
        if (!json) {
            out.println(text);
        }
    }

    /** Sets a field of the JSON object: text, numbers, truth values, lists and maps of them. */
    void put(String name, Object value) {
        fields.put(name, value);
    }

    /** Says how much of what was compared agrees: the last line, and two fields. */
    int compared(long passed, long failed) {
        put("passed", passed);
        put("failed", failed);
        line(passed + " passed, " + failed + " failed");
        finish();
        return failed == 0 ? Main.AGREES : Main.DIFFERS;
    }

    /** Shows the JSON object if it is asked for. */
    void finish() {
        if (json) {
            try {
                out.println(new ObjectMapper().writeValueAsString(fields));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("results are plain values", e);
            }
        }
        out.flush();
    }

    /** Returns import times in the terms of the conformance leaderboard, in milliseconds. */
    static Map<String, Object> stats(long steps, Timings.Summary times) {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("steps", steps);
        stats.put("imported", times.count());
        stats.put("import_min", round(times.min()));
        stats.put("import_max", round(times.max()));
        stats.put("import_mean", round(times.mean()));
        stats.put("import_p50", round(times.p50()));
        stats.put("import_p75", round(times.p75()));
        stats.put("import_p90", round(times.p90()));
        stats.put("import_p99", round(times.p99()));
        stats.put("import_std_dev", round(times.deviation()));
        return stats;
    }

    /** Prints several lines, the first few of each text only. */
    void failures(List<String> texts) {
        texts.forEach(text -> line("FAILED " + text));
    }

    private static double round(double millis) {
        return Math.round(millis * 1000) / 1000.0;
    }
}
