package io.marmalade.pvm.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.diff.DiffEngine.Verdict;

import org.junit.jupiter.api.Test;
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
