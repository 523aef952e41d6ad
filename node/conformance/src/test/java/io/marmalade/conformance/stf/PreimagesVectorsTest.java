package io.marmalade.conformance.stf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.conformance.vectors.VectorFolders;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class PreimagesVectorsTest {
    private static final int VECTORS = 8;

    @Test
    void integratesPreimagesAsTheTinyVectorsDo() throws IOException {
        run("tiny", ProtocolConfig.tiny(ProtocolVersion.V0_7_2));
    }

    @Test
    void integratesPreimagesAsTheFullVectorsDo() throws IOException {
        run("full", ProtocolConfig.full(ProtocolVersion.V0_7_2));
    }

    private static void run(String size, ProtocolConfig config) throws IOException {
        Optional<Path> folder = VectorFolders.find("stf/preimages/" + size);
        assumeTrue(folder.isPresent(), VectorFolders.WHERE_FROM);
        FamilyResult result = PreimagesVectors.run(config, folder.get());
        assertEquals(List.of(), result.failures());
        assertEquals(VECTORS, result.passed());
    }
}
