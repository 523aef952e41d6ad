package io.marmalade.app;

import java.util.List;
import java.util.Locale;

/** Sets the log up: lines on stderr, each with its level and its part. */
final class Logging {
    /** The parts that write a log, by the names of their loggers. */
    static final List<String> PARTS = List.of("app", "chain", "fuzz", "importer", "jit");

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /**
     * Sets the levels; has to run before the first logger is made.
     *
     * @param verbose an empty word each time that more is asked for, or the name of a part
     */
    static void configure(boolean quiet, List<String> verbose) {
        long times = verbose.stream().filter(String::isEmpty).count();
        String level = quiet ? "error" : times == 0 ? "info" : times == 1 ? "debug" : "trace";
        String environment = System.getenv().getOrDefault("JAM_FUZZ_LOG_LEVEL", "");
        if (!quiet && times == 0 && !environment.isEmpty()) {
            level = environment.toLowerCase(Locale.ROOT);
        }
        System.setProperty(PREFIX + "defaultLogLevel", level);
        System.setProperty(PREFIX + "showThreadName", "false");
        System.setProperty(PREFIX + "showDateTime", "true");
        System.setProperty(PREFIX + "dateTimeFormat", "HH:mm:ss.SSS");
        System.setProperty(PREFIX + "levelInBrackets", "false");
        // The JDK tells of every process that is started, with a stack trace.
        System.setProperty(PREFIX + "log.java", quiet ? "error" : "info");
        for (String part : verbose) {
            if (!part.isEmpty()) {
                System.setProperty(PREFIX + "log." + part, "debug");
            }
        }
    }
}
