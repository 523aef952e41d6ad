package io.marmalade.conformance.pvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.conformance.Engines;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.Engine;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The public vectors of the machine on every engine. */
class VectorsTest {
    @TempDir static Path divergences;

    static Stream<Engine> engines() {
        return Engines.NAMES.stream().map(name -> Engines.named(name, divergences).orElseThrow());
    }

    private static void assertAllPass(int expected, FamilyResult result) {
        assertEquals(List.of(), result.failures());
        assertEquals(expected, result.passed());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void playsPrograms(Engine engine) throws IOException {
        assertAllPass(307, ProgramVectors.run(VectorFolder.require("pvm-0.4"), engine));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void playsProgramsWithDraftPipelineGas(Engine engine) throws IOException {
        GasVectors.Result result = GasVectors.runDraft(VectorFolder.require("pvm-gas"), engine);
        assertAllPass(358, result.programs());
        assertEquals(10_584, result.blockCosts());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void playsProgramsWithPipelineGas(Engine engine) throws IOException {
        GasVectors.Result result = GasVectors.run(VectorFolder.require("pvm-gas-0.8"), engine);
        assertAllPass(363, result.programs());
        assertEquals(5_122, result.blockCosts());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void playsRecordedRunsOfServices(Engine engine) throws IOException {
        assertAllPass(43, EcalliTraces.run(VectorFolder.require("ecalli-traces"), engine));
    }
}
