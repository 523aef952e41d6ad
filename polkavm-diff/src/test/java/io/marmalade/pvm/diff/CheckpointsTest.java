package io.marmalade.pvm.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.AssemblyText;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.diff.DiffCase.Answer;
import io.marmalade.pvm.diff.DiffCase.Pages;
import io.marmalade.pvm.diff.DiffEngine.Trail;
import io.marmalade.pvm.diff.Outcome.Status;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Engines are compared in the middle of runs, and where they part is told exactly. */
class CheckpointsTest {
    /**
     * Counts register 3 down from 50. In the round of 20 register 4 is set, and in that of 15 it is
     * cleared, so that nothing is left of it at the end.
     */
    private static final String LOOP =
            """
                load_imm r3, 50
                fallthrough
            top:
                add_imm_64 r3, r3, -1
                branch_ne_imm r3, 20, other
                load_imm r4, 7
                fallthrough
            other:
                branch_ne_imm r3, 15, next
                load_imm r4, 0
                fallthrough
            next:
                branch_ne_imm r3, 0, top
                trap
            """;

    /** Two before the loop, then 29 rounds of 4, then 2 of the round of 20. */
    private static final long BEFORE = 2 + 29 * 4 + 2;

    private static DiffCase program(Dialect dialect, String text, List<Answer> answers, long gas) {
        byte[] blob;
        try {
            blob = AssemblyText.assemble(text, dialect).octets();
        } catch (io.marmalade.pvm.AssemblyException e) {
            throw new AssertionError(e);
        }
        List<Pages> pages = List.of(new Pages(32, 1, true));
        return new DiffCase(dialect, blob, new long[13], pages, List.of(), gas, 0, answers);
    }

    /** The interpreter, which takes one program for another. */
    private record Mistaken(byte[] right, byte[] wrong) implements Engine {
        @Override
        public String name() {
            return "mistaken";
        }

        @Override
        public Machine newMachine(Program program) {
            boolean taken = java.util.Arrays.equals(program.blob(), right);
            Program run = taken ? Program.decode(wrong, program.dialect()).orElseThrow() : program;
            return new InterpreterEngine().newMachine(run);
        }
    }

    private static DiffEngine against(DiffCase start, String wrong) {
        byte[] other = program(start.dialect(), wrong, List.of(), 0).blob();
        return new DiffEngine(
                List.of(
                        new EngineSubject(new InterpreterEngine()),
                        new EngineSubject(new Mistaken(start.blob(), other))));
    }

    @ParameterizedTest
    @CsvSource({
        "V0_7_2, 1", "V0_7_2, 7", "V0_7_2, 13", "V0_7_2, 100000",
        "V0_8_0, 1", "V0_8_0, 7", "V0_8_0, 13", "V0_8_0, 100000",
        "PIPELINE_DRAFT, 1", "PIPELINE_DRAFT, 7"
    })
    void locatesADifferenceThatGoesAway(Dialect dialect, long every) {
        DiffCase start = program(dialect, LOOP, List.of(), 100_000);
        try (DiffEngine engine = against(start, LOOP.replace("r4, 7", "r4, 8"))) {
            assertTrue(engine.compare(start).disagreements().isEmpty());
            Trail trail = engine.compareEvery(start, every);
            if (every == 100_000) {
                // The end is the only checkpoint but for the start, and tells nothing.
                assertEquals(2, trail.checkpoints());
                assertTrue(trail.verdict().disagreements().isEmpty());
                return;
            }
            assertFalse(trail.verdict().disagreements().isEmpty());
            boolean single = dialect == Dialect.V0_7_2;
            // A block is paid as a whole, so that fallthrough is the instruction it ends with.
            assertEquals(BEFORE + (single ? 1 : 2), trail.instructions());
            assertEquals(
                    List.of("register 4: 0x7 against 0x8"),
                    trail.verdict()
                            .disagreements()
                            .get(0)
                            .seenLeft()
                            .differences(trail.verdict().disagreements().get(0).seenRight()));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void locatesADifferenceBehindHostCallsThatSetTheGas(Dialect dialect) {
        String text =
                """
                    load_imm r3, 1
                    ecalli 4
                    fallthrough
                    load_imm r3, 2
                    ecalli 5
                    fallthrough
                    load_imm r3, 3
                    fallthrough
                    load_imm r3, 4
                    trap
                """;
        List<Answer> answers = List.of(new Answer(7, 9, 500), new Answer(8, 10, 300));
        DiffCase start = program(dialect, text, answers, 1000);
        try (DiffEngine engine = against(start, text.replace("r3, 3", "r3, 5"))) {
            assertTrue(engine.compare(start).disagreements().isEmpty());
            Trail trail = engine.compareEvery(start, 1);
            assertFalse(trail.verdict().disagreements().isEmpty());
            assertEquals(dialect == Dialect.V0_7_2 ? 7 : 8, trail.instructions());
            assertEquals(2, trail.verdict().base().calls().size());
            DiffCase reduced =
                    engine.reduce(trail.verdict().start(), trail.verdict().disagreements().get(0));
            assertFalse(engine.compare(reduced).disagreements().isEmpty());
        }
    }

    @Test
    void countsTheTrapBehindTheEndOfCode() {
        DiffCase start = program(Dialect.PIPELINE_DRAFT, "trap", List.of(), 100);
        try (DiffEngine engine = new DiffEngine(Engines.ours())) {
            for (long pc : new long[] {1, 0x7fff_fff0L, 0xffff_fff0L}) {
                Trail trail = engine.compareEvery(start.withBlob(start.blob(), pc), 1);
                assertTrue(trail.verdict().disagreements().isEmpty());
                assertEquals(Status.PANIC, trail.verdict().base().status());
                assertEquals(1, trail.instructions());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void enginesAgreeAtEveryStepOfGeneratedPrograms(Dialect dialect) throws IOException {
        long seed = Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
        System.out.println("-Dmarmalade.seed=" + seed + ", " + dialect);
        CaseGenerator generator = new CaseGenerator(seed, dialect);
        long checkpoints = 0;
        try (DiffEngine engine = new DiffEngine(Engines.all())) {
            for (int index = 0; index < 40; index++) {
                DiffCase start = generator.get(index);
                Trail trail = engine.compareEvery(start.withGas(Math.min(200, start.gas())), 1);
                checkpoints += trail.checkpoints();
                String what = "seed " + seed + ", " + index;
                trail.verdict()
                        .disagreements()
                        .forEach(each -> assertEquals(List.of(), each.lines(), what));
            }
        }
        assertTrue(checkpoints > 40, checkpoints + " checkpoints, seed " + seed);
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void enginesAgreeOnTheWayThroughLinkedPrograms(ProtocolVersion version) throws IOException {
        try (DiffEngine engine = new DiffEngine(Engines.all())) {
            for (String name : List.of("fib.pvm", "interpreter.pvm", "sha256.pvm", "ledger.jam")) {
                byte[] octets =
                        Files.readAllBytes(
                                Engines.HOME.resolve("programs/" + version + "/" + name));
                StandardProgram program =
                        (name.endsWith(".jam")
                                        ? StandardProgram.decodeService(octets, version)
                                        : StandardProgram.decode(octets, version))
                                .orElseThrow();
                byte[] arguments = {9, 0, 0, 0, 0, 0, 0, 0};
                DiffCase start =
                        DiffCase.of(program, arguments, new InterpreterEngine(), 0, 1_000_000);
                Trail trail = engine.compareEvery(start, 500);
                trail.verdict()
                        .disagreements()
                        .forEach(each -> assertEquals(List.of(), each.lines(), name));
                assertEquals(Status.HALT, trail.verdict().base().status(), name);
                assertTrue(trail.checkpoints() > 1, name);
            }
        }
    }
}
