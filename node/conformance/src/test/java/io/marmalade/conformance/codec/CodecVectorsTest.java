package io.marmalade.conformance.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.conformance.vectors.VectorFolders;
import io.marmalade.pvm.ProtocolVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodecVectorsTest {
    @Test
    void encodesTinyStructuresAsTheVectorsDo() throws Exception {
        run("codec/tiny", ProtocolConfig.tiny(ProtocolVersion.V0_7_2));
    }

    @Test
    void encodesFullStructuresAsTheVectorsDo() throws Exception {
        run("codec/full", ProtocolConfig.full(ProtocolVersion.V0_7_2));
    }

    private static void run(String family, ProtocolConfig config) throws Exception {
        Optional<Path> folder = VectorFolders.find(family);
        assumeTrue(folder.isPresent(), VectorFolders.WHERE_FROM);
        FamilyResult result = CodecVectors.run(config, folder.get());
        assertEquals(List.of(), result.failures());
        assertEquals(15, result.passed());
    }
}
