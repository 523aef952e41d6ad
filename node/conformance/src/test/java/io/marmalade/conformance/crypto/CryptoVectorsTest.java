package io.marmalade.conformance.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.conformance.vectors.VectorFolders;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class CryptoVectorsTest {
    @Test
    void acceptsEverySignatureThatTheNetworkAccepts() throws Exception {
        expect(196, Ed25519Vectors.run(require("crypto/ed25519")));
    }

    @Test
    void shufflesAsTheVectorsDo() throws Exception {
        expect(8, ShuffleVectors.run(require("shuffle")));
    }

    @Test
    void encodesAndRestoresShardsAsTheVectorsDo() throws Exception {
        expect(12, ErasureVectors.run(require("erasure")));
    }

    private static Path require(String family) {
        Optional<Path> folder = VectorFolders.find(family);
        assumeTrue(folder.isPresent(), VectorFolders.WHERE_FROM);
        return folder.orElseThrow();
    }

    private static void expect(int count, FamilyResult result) {
        assertEquals(List.of(), result.failures());
        assertEquals(count, result.passed());
    }
}
