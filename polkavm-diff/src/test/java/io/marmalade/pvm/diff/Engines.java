package io.marmalade.pvm.diff;

import io.marmalade.pvm.Dialect;
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

    /**
     * Whether PolkaVM's Linux sandbox works on this machine; it needs what some containers forbid.
     */
    static boolean linux() throws IOException {
        if (oracle().isEmpty()) {
            return false;
        }
        DiffCase trap =
                new DiffCase(
                                Dialect.V0_8_0,
                                new byte[] {0, 0, 1, 0, 1},
                                new long[13],
                                List.of(),
                                List.of(),
                                100,
                                0,
                                List.of())
                        .flat();
        try (Subject subject = new LineSubject(oracle().orElseThrow(), LineSubject.Backend.LINUX)) {
            return subject.run(trap).status() == Outcome.Status.PANIC;
        }
    }

    static List<Subject> all() throws IOException {
        List<Subject> subjects = ours();
        if (oracle().isPresent()) {
            Path program = oracle().orElseThrow();
            subjects.add(new LineSubject(program, LineSubject.Backend.INTERPRETER));
            subjects.add(new LineSubject(program, LineSubject.Backend.GENERIC));
            if (linux()) {
                subjects.add(new LineSubject(program, LineSubject.Backend.LINUX));
            }
        }
        return subjects;
    }
}
