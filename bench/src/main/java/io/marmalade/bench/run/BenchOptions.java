package io.marmalade.bench.run;

import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What to measure, and how long.
 *
 * @param suites names out of {@link Suites#NAMES}
 * @param pattern must be found in {@code SUITE/WHAT/HOW}
 * @param quick short rounds, and two of them
 * @param rounds how many
 * @param extraFlags more options for measuring processes
 * @param oracle the program that asks PolkaVM; null if there is none
 */
public record BenchOptions(
        List<String> suites,
        Pattern pattern,
        boolean quick,
        int rounds,
        List<String> extraFlags,
        @Nullable Path oracle) {

    /** Whether something is to be measured. */
    boolean wants(String suite, String what, String how) {
        return suites.contains(suite) && pattern.matcher(suite + "/" + what + "/" + how).find();
    }

    /**
     * Returns how long a round takes.
     *
     * @param slowStart whether it takes longer than most to be as fast as it gets
     */
    JmhSubject.Pace pace(boolean slowStart) {
        return quick
                ? new JmhSubject.Pace(slowStart ? 6 : 3, 300, 5, 110)
                : new JmhSubject.Pace(6, 700, 8, 400);
    }

    /** Returns the options of measuring processes: those of this one, but for its archive. */
    List<String> flags() {
        List<String> own =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("-XX:AOT"))
                        .filter(flag -> !flag.startsWith("-Dmarmalade.terminal"))
                        .toList();
        return java.util.stream.Stream.concat(own.stream(), extraFlags.stream()).toList();
    }

    /** Returns the archive of classes that this process was started with, as an option. */
    List<String> archive() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX:AOTCache="))
                .toList();
    }
}
