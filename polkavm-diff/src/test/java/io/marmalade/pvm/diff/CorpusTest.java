package io.marmalade.pvm.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.diff.DiffEngine.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** All that was ever found, for ever. */
class CorpusTest {
    private static final Path CORPUS = Engines.HOME.resolve("corpus");

    private static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".case")).sorted().toList();
        }
    }

    @Test
    void enginesAgreeOnAllThatWasFound() throws IOException {
        assertFalse(cases().isEmpty());
        try (DiffEngine engine = new DiffEngine(Engines.all())) {
            for (Path file : cases()) {
                Verdict verdict = engine.compare(DiffCase.read(file));
                verdict.disagreements()
                        .forEach(each -> assertEquals(List.of(), each.lines(), file.toString()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ExpectedDifference.class)
    void ruleExplainsItsCase(ExpectedDifference rule) throws IOException {
        assumeTrue(Engines.oracle().isPresent(), Engines.NO_ORACLE);
        assumeTrue(
                rule != ExpectedDifference.PAGE_FAULT_AS_PANIC || Engines.linux(),
                "PolkaVM's Linux sandbox does not work on this machine");
        String name = "expected-" + rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
        DiffCase start = DiffCase.read(CORPUS.resolve(name + ".case"));
        try (DiffEngine engine = new DiffEngine(Engines.all())) {
            Verdict verdict = engine.compare(start);
            assertTrue(verdict.disagreements().isEmpty());
            assertTrue(verdict.expected().contains(rule), verdict.expected().toString());
            assertTrue(verdict.expected().stream().allMatch(other -> other == rule));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"V0_7_2", "V0_8_0"})
    void enginesAgreeOnGeneratedPrograms(Dialect dialect) throws IOException {
        long seed = Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
        int programs = Integer.getInteger("marmalade.programs", 2000);
        String replay =
                "marmalade diff --protocol "
                        + (dialect == Dialect.V0_7_2 ? "0.7.2" : "0.8.0")
                        + " --seed "
                        + seed;
        System.out.println(replay + " --count " + programs);
        CaseGenerator generator = new CaseGenerator(seed, dialect);
        try (DiffEngine engine = new DiffEngine(Engines.all())) {
            for (int index = 0; index < programs; index++) {
                Verdict verdict = engine.compare(generator.get(index));
                int at = index;
                verdict.disagreements()
                        .forEach(each -> assertEquals(List.of(), each.lines(), replay + ", " + at));
            }
        }
    }

    @Test
    void enginesAgreeWhereMemoryIsOnePiece() throws IOException {
        long seed = Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
        assumeTrue(Engines.linux(), "PolkaVM's Linux sandbox does not work on this machine");
        String replay =
                "marmalade diff --protocol 0.8.0 --engines interpreter,polkavm-linux --seed "
                        + seed;
        System.out.println(replay + " --count 200");
        CaseGenerator generator = new CaseGenerator(seed, Dialect.V0_8_0);
        try (DiffEngine engine = new DiffEngine(Engines.all())) {
            for (int index = 0; index < 200; index++) {
                Verdict verdict = engine.compare(generator.get(index).flat());
                int at = index;
                verdict.disagreements()
                        .forEach(each -> assertEquals(List.of(), each.lines(), replay + ", " + at));
            }
        }
    }

    /** Another engine needs a program that answers lines, and nothing else. */
    @Test
    void anyProgramThatAnswersLinesIsCompared(@TempDir Path folder) throws IOException {
        Path program = folder.resolve("engine");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String options = "-cp '" + System.getProperty("java.class.path") + "' ";
        String command = "exec '" + java + "' " + options + LineEngine.class.getName();
        Files.writeString(program, "#!/bin/sh\n" + command + "\n");
        assertTrue(program.toFile().setExecutable(true));
        try (DiffEngine engine =
                new DiffEngine(List.of(Engines.ours().get(0), new LineSubject(program)))) {
            assertEquals("engine", engine.subjects().get(1).name());
            for (Dialect dialect : List.of(Dialect.V0_7_2, Dialect.V0_8_0)) {
                CaseGenerator generator = new CaseGenerator(11, dialect);
                for (int index = 0; index < 300; index++) {
                    String what = dialect + ", " + index;
                    engine.compare(generator.get(index))
                            .disagreements()
                            .forEach(each -> assertEquals(List.of(), each.lines(), what));
                }
            }
        }
    }

    @Test
    void textOfACaseIsReadBack() throws IOException {
        for (Dialect dialect : Dialect.values()) {
            CaseGenerator generator = new CaseGenerator(7, dialect);
            for (int index = 0; index < 500; index++) {
                DiffCase start = generator.get(index);
                assertEquals(start, DiffCase.parse(start.text(List.of("a remark")), "text"));
            }
        }
    }
}
