package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PagedMemory;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.RandomProgram;
import io.marmalade.pvm.RandomRun;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.interpreter.ReferenceEngine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Machines that begin with the interpreter and move to compiled code in the middle of a run, at any
 * block and with few or many of the program's functions compiled, against the reference: every stop
 * must be the same in every respect. {@code -Dmarmalade.seed} and {@code -Dmarmalade.programs}
 * choose the programs.
 */
class MovingRunsAgreeTest {
    private static final long SEED =
            Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
    private static final int PROGRAMS = Integer.getInteger("marmalade.programs", 300);
    private static final int RUNS = 3;

    /** Remembers the machine that it made last. */
    private static final class Watched implements Engine {
        private final Engine engine;
        private Machine last;
        private boolean interpreted;

        Watched(Engine engine, Program program) {
            this.engine = engine;
            this.last = engine.newMachine(program);
            last.close();
        }

        @Override
        public String name() {
            return engine.name();
        }

        @Override
        public Machine newMachine(Program program) {
            last = engine.newMachine(program);
            interpreted = last.memory() instanceof PagedMemory;
            return last;
        }

        boolean moved() {
            return interpreted && last.memory() instanceof RangedMemory;
        }
    }

    static Stream<Arguments> memories() {
        return Arrays.stream(Dialect.values())
                .flatMap(dialect ->
                        Arrays.stream(MemoryKind.values())
                                .map(kind -> Arguments.of(dialect, kind)));
    }

    @ParameterizedTest
    @MethodSource("memories")
    void stopAlikeWhereverTheyMove(Dialect dialect, MemoryKind kind) {
        Map<RandomRun.Kind, Integer> kinds = new EnumMap<>(RandomRun.Kind.class);
        Engine reference = new ReferenceEngine();
        int moves = 0;
        for (int index = 0; index < PROGRAMS; index++) {
            long seed = SEED + index;
            RandomProgram random = new RandomProgram(seed, dialect);
            Program program = Program.decode(random.blob(), dialect).orElseThrow();
            Random choices = new Random(seed ^ 0x6d6f7665L);
            InterpreterEngine interpreter =
                    InterpreterEngine.sampling(
                            1 + choices.nextInt(choices.nextInt(4) == 0 ? 60 : 3));
            Patience patience =
                    new Patience(
                            Integer.MAX_VALUE,
                            Integer.MAX_VALUE,
                            0,
                            choices.nextInt(choices.nextInt(4) == 0 ? 300 : 5));
            JitProgram jit =
                    JitProgram.of(program, interpreter, new CompileQueue(), patience, () -> kind);
            if (choices.nextBoolean()) {
                jit.compileAll();
            } else {
                for (int head : jit.survey().finder.heads()) {
                    if (choices.nextBoolean()) {
                        jit.compile(head);
                    }
                }
            }
            Watched engine = new Watched(JitEngine.tiered(interpreter, kind), program);
            for (int run = 0; run < RUNS; run++) {
                long runSeed = seed * 31 + run;
                List<String> expected = RandomRun.play(reference, program, random, runSeed, kinds);
                List<String> actual = RandomRun.play(engine, program, random, runSeed, kinds);
                int at = run;
                assertEquals(
                        expected,
                        actual,
                        () ->
                                dialect
                                        + ", memory "
                                        + kind
                                        + ", -Dmarmalade.seed="
                                        + seed
                                        + " -Dmarmalade.programs=1, run "
                                        + at);
                moves += engine.moved() ? 1 : 0;
            }
        }
        System.out.println(
                dialect
                        + ", "
                        + kind
                        + " from -Dmarmalade.seed="
                        + SEED
                        + ": "
                        + moves
                        + " moves, "
                        + kinds);
        if (PROGRAMS >= 300) {
            assertTrue(moves > PROGRAMS / 30, moves + " moves");
        }
    }
}
