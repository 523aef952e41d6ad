package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
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
import java.util.stream.Stream;

/**
 * Compiled code against the reference, on programs of a seed: every stop must be the same in every
 * respect, and after it the machines are changed alike and run on. {@code -Dmarmalade.seed} and
 * {@code -Dmarmalade.programs} choose the programs.
 */
class CompiledCodeAgreesTest {
    private static final long SEED =
            Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
    private static final int PROGRAMS = Integer.getInteger("marmalade.programs", 1500);
    private static final int RUNS = 3;

    static Stream<Arguments> memories() {
        return Arrays.stream(Dialect.values())
                .flatMap(dialect ->
                        Arrays.stream(MemoryKind.values())
                                .map(kind -> Arguments.of(dialect, kind)));
    }

    @ParameterizedTest
    @MethodSource("memories")
    void stopAlikeWhereverTheyStop(Dialect dialect, MemoryKind kind) {
        Map<RandomRun.Kind, Integer> kinds = new EnumMap<>(RandomRun.Kind.class);
        Engine fast = JitEngine.eager(new InterpreterEngine(), kind);
        Engine reference = new ReferenceEngine();
        for (int index = 0; index < PROGRAMS; index++) {
            long seed = SEED + index;
            RandomProgram random = new RandomProgram(seed, dialect);
            Program program = Program.decode(random.blob(), dialect).orElseThrow();
            for (int run = 0; run < RUNS; run++) {
                long runSeed = seed * 31 + run;
                List<String> expected = RandomRun.play(reference, program, random, runSeed, kinds);
                List<String> actual = RandomRun.play(fast, program, random, runSeed, kinds);
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
            }
        }
        System.out.println(dialect + ", " + kind + " from -Dmarmalade.seed=" + SEED + ": " + kinds);
        for (RandomRun.Kind stop : RandomRun.Kind.values()) {
            if (PROGRAMS >= 1000 && kinds.getOrDefault(stop, 0) == 0) {
                throw new AssertionError("the programs never stopped by " + stop);
            }
        }
    }
}
