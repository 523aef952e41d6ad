package io.marmalade.bench.run;

import io.marmalade.bench.result.Work;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A JMH benchmark with values for all of its parameters. Each round is a process of its own, with
 * an own warm-up.
 */
record JmhSubject(
        String benchmark,
        String what,
        String how,
        String method,
        Map<String, String> all,
        Map<String, String> parameters,
        Works works,
        Pace pace,
        List<String> flags)
        implements Subject {

    /** How long a round takes. */
    record Pace(int warmUps, long warmUpMillis, int iterations, long millis) {}

    @Override
    public @Nullable Work work() throws IOException {
        return works.of(method, all);
    }

    @Override
    public Round measure() throws IOException, InterruptedException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("^" + Pattern.quote(benchmark) + "$")
                        .mode(Mode.AverageTime)
                        .forks(1)
                        .warmupIterations(pace.warmUps)
                        .warmupTime(TimeValue.milliseconds(pace.warmUpMillis))
                        .measurementIterations(pace.iterations)
                        .measurementTime(TimeValue.milliseconds(pace.millis))
                        .jvmArgs(flags.toArray(String[]::new))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true);
        all.forEach((name, value) -> options.param(name, value));
        Collection<RunResult> results;
        SilentFormat format = new SilentFormat();
        try {
            results = new Runner(options.build(), format).run();
        } catch (RunnerException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof InterruptedException) {
                    throw new InterruptedException();
                }
            }
            throw new IOException(format.reason(e));
        }
        List<Double> values = new ArrayList<>();
        @Nullable Double allocated = null;
        for (RunResult result : results) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    values.add(iteration.getPrimaryResult().getScore());
                }
            }
            Result<?> norm = result.getSecondaryResults().get("gc.alloc.rate.norm");
            if (norm != null && !Double.isNaN(norm.getScore())) {
                allocated = norm.getScore();
            }
        }
        if (values.isEmpty()) {
            throw new IOException("no value was measured");
        }
        return new Round(values, allocated);
    }
}
