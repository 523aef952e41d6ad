package io.marmalade.conformance.stf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
        Path folder = VectorFolder.require("stf/preimages/" + size);
        FamilyResult result = PreimagesVectors.run(config, folder);
        assertEquals(List.of(), result.failures());
        assertEquals(VECTORS, result.passed());
    }
}
