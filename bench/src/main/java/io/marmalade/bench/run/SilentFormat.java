package io.marmalade.bench.run;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Keeps what JMH says to itself, for the case that something fails. */
final class SilentFormat implements OutputFormat {
    private static final int KEPT = 20_000;

    private final StringBuilder said = new StringBuilder();

    /** Returns the first line that tells why a benchmark failed. */
    String reason(Exception thrown) {
        return said.toString()
                .lines()
                .filter(line -> line.contains("Exception") || line.contains("Error"))
                .map(String::strip)
                .findFirst()
                .orElse(String.valueOf(thrown.getMessage()));
    }

    @Override
    public void iteration(BenchmarkParams params, IterationParams iteration, int number) {}

    @Override
    public void iterationResult(
            BenchmarkParams params, IterationParams iteration, int number, IterationResult data) {}

    @Override
    public void startBenchmark(BenchmarkParams params) {}

    @Override
    public void endBenchmark(BenchmarkResult result) {}

    @Override
    public void startRun() {}

    @Override
    public void endRun(Collection<RunResult> results) {}

    @Override
    public void print(String text) {
        if (said.length() < KEPT) {
            said.append(text);
        }
    }

    @Override
    public void println(String text) {
        print(text + "\n");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public void verbosePrintln(String text) {}

    @Override
    public void write(int octet) {
        print(String.valueOf((char) octet));
    }

    @Override
    public void write(byte[] octets) {
        print(new String(octets, StandardCharsets.UTF_8));
    }
}
