package io.marmalade.bench.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.block.WorkResult;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

class ServicesTest {
    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void servicesOfOurOwnRunOnEveryEngine(ProtocolVersion version) throws IOException {
        for (String engine : new String[] {"interpreter", "jit", "reference"}) {
            for (String name : new String[] {"inner-machines", "ledger", "segments"}) {
                Refinement refinement = new Refinement(name + "-" + version, Engines.named(engine));
                assertInstanceOf(WorkResult.Output.class, refinement.run());
                refinement.forget();
                assertInstanceOf(WorkResult.Output.class, refinement.run());
            }
            assertTrue(new LedgerAccumulation(version, Engines.named(engine)).run().gasUsed() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootstrap-0.7.2",
                "bootstrap-0.8.0",
                "corevm-0.8.0",
                "null-authorizer-0.8.0"
            })
    void servicesOfOthersRun(String name) throws IOException {
        assumeTrue(PublicVectors.folder().isPresent(), "needs the " + PublicVectors.ORIGIN);
        Refinement refinement = new Refinement(name, Engines.named("interpreter"));
        assertEquals(refinement.run(), refinement.run());
    }

    @Test
    void recordedInstructionsAreTheGasThatTheyCost() throws IOException {
        assumeTrue(PublicVectors.folder().isPresent(), "needs the " + PublicVectors.ORIGIN);
        RecordedRuns runs = new RecordedRuns(PublicVectors.path("ecalli-traces"));
        assertTrue(runs.instructions() > 100_000, runs.instructions() + " instructions");
    }
}
