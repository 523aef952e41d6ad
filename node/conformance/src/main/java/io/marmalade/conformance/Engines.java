package io.marmalade.conformance;

import io.marmalade.pvm.CheckedEngine;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.interpreter.ReferenceEngine;
import io.marmalade.pvm.jit.JitEngine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The engines that a user may choose from, by name. */
public final class Engines {
    /** All names. */
    public static final List<String> NAMES =
            List.of("interpreter", "jit", "tiered", "checked", "reference");

    private static final int GAS_BETWEEN_SAMPLES = 500;

    private Engines() {}

    /**
     * Returns a new engine.
     *
     * @param name any text
     * @param divergences where the checked engine leaves a recording when its two engines differ
     * @return nothing if no engine has that name
     */
    public static Optional<Engine> named(String name, Path divergences) {
        InterpreterEngine interpreter = new InterpreterEngine();
        return switch (name) {
            case "interpreter" -> Optional.of(interpreter);
            case "jit" -> Optional.of(JitEngine.eager(interpreter));
            case "tiered" -> Optional.of(JitEngine.tiered(interpreter));
            case "checked" -> Optional.of(new CheckedEngine(impatient(), interpreter, divergences));
            case "reference" -> Optional.of(new ReferenceEngine());
            default -> Optional.empty();
        };
    }

    /**
     * Returns an engine that compiles whatever runs for a thousand instructions or two, so that
     * comparing it compares compiled code.
     */
    static Engine impatient() {
        return JitEngine.impatient(InterpreterEngine.sampling(GAS_BETWEEN_SAMPLES));
    }
}
