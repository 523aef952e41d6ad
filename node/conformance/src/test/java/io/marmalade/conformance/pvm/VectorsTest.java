package io.marmalade.conformance.pvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.interpreter.ReferenceEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public vectors of the machine on every interpreting engine. */
class VectorsTest {
    static Stream<Engine> engines() {
        return Stream.of(new ReferenceEngine());
    }

    private static Path folder(String family) {
        String root = System.getProperty("marmalade.vectors", System.getenv("MARMALADE_VECTORS"));
        Assumptions.assumeTrue(
                root != null && Files.isDirectory(Path.of(root, family)),
                "no vectors: set MARMALADE_VECTORS to a folder that holds " + family
                        + " (from github.com/w3f/jamtestvectors, davxy/jam-test-vectors, davxy/jam-conformance)");
        return Path.of(root, family);
    }

    private static void assertAllPass(int expected, FamilyResult result) {
        assertEquals(List.of(), result.failures());
        assertEquals(expected, result.passed());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void playsPrograms(Engine engine) throws IOException {
        assertAllPass(307, ProgramVectors.run(folder("pvm-0.4"), engine));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void playsProgramsWithDraftPipelineGas(Engine engine) throws IOException {
        GasVectors.Result result = GasVectors.runDraft(folder("pvm-gas"), engine);
        assertAllPass(358, result.programs());
        System.out.println("block costs: " + result.blockCosts());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void playsProgramsWithPipelineGas(Engine engine) throws IOException {
        GasVectors.Result result = GasVectors.run(folder("pvm-gas-0.8"), engine);
        assertAllPass(363, result.programs());
        System.out.println("block costs: " + result.blockCosts());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void playsRecordedRunsOfServices(Engine engine) throws IOException {
        assertAllPass(43, EcalliTraces.run(folder("ecalli-traces"), engine));
    }
}
