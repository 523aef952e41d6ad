package io.marmalade.pvm.diff;

import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.interpreter.ReferenceEngine;
import io.marmalade.pvm.jit.JitEngine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the tests compare: all engines of ours, and PolkaVM's where the oracle is built. */
final class Engines {
    static final Path HOME = Path.of(System.getProperty("marmalade.root", ".."), "polkavm-diff");

    /** What a test says that is skipped for want of the oracle. */
    static final String NO_ORACLE =
            "the oracle is not built: `marmalade diff --build-oracle`, or MARMALADE_ORACLE names"
                    + " it";

    private Engines() {}

    static Optional<Path> oracle() {
        return Oracle.find(HOME.resolve("oracle"));
    }

    static List<Subject> ours() {
        return new ArrayList<>(
                List.of(
                        new EngineSubject(new ReferenceEngine()),
                        new EngineSubject(new InterpreterEngine()),
                        new EngineSubject(JitEngine.eager(new InterpreterEngine()))));
    }

    static List<Subject> all() throws IOException {
        List<Subject> subjects = ours();
        if (oracle().isPresent()) {
            subjects.add(
                    new PolkaVmSubject(oracle().orElseThrow(), PolkaVmSubject.Backend.INTERPRETER));
            subjects.add(
                    new PolkaVmSubject(oracle().orElseThrow(), PolkaVmSubject.Backend.GENERIC));
        }
        return subjects;
    }
}
