package io.marmalade.app;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The form in which the conformance testing starts a target: by its environment alone. */
final class FuzzEnvironment {
    private FuzzEnvironment() {}

    /**
     * Returns the arguments as they are, or, if there are none and the environment asks for a
     * target, those that start it.
     */
    static String[] asArguments(String[] arguments, Map<String, String> environment) {
        if (arguments.length > 0 || environment.getOrDefault("JAM_FUZZ", "").isEmpty()) {
            return arguments;
        }
        List<String> words = new ArrayList<>(List.of("fuzz-target"));
        add(words, "--chain", environment.get("JAM_FUZZ_SPEC"));
        add(words, "--data-path", environment.get("JAM_FUZZ_DATA_PATH"));
        add(words, "--socket", environment.get("JAM_FUZZ_SOCK_PATH"));
        return words.toArray(String[]::new);
    }

    private static void add(List<String> words, String option, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            words.add(option);
            words.add(value);
        }
    }
}
