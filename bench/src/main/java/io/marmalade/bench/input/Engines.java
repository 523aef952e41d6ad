package io.marmalade.bench.input;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.interpreter.ReferenceEngine;
import io.marmalade.pvm.jit.JitEngine;

/** Engines by the names that the command line has for them. */
public final class Engines {
    private Engines() {}

    /**
     * Returns a new engine.
     *
     * @param name {@code reference}, {@code interpreter}, {@code tiered} or {@code jit}
     * @return one that shares nothing with others
     * @throws IllegalArgumentException if none is called so
     */
    public static Engine named(String name) {
        return switch (name) {
            case "reference" -> new ReferenceEngine();
            case "interpreter" -> new InterpreterEngine();
            case "tiered" -> JitEngine.tiered(new InterpreterEngine());
            case "jit" -> JitEngine.eager(new InterpreterEngine());
            default -> throw new IllegalArgumentException("no engine is called " + name);
        };
    }
}
