package io.marmalade.conformance.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.crypto.bandersnatch.VrfBackend;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

class CryptoVectorsTest {
    @Test
    void acceptsEverySignatureThatTheNetworkAccepts() throws Exception {
        expect(196, Ed25519Vectors.run(VectorFolder.require("crypto/ed25519")));
    }

    @Test
    void verifiesBandersnatchSignaturesWithEachBackend() throws Exception {
        Path folder = VectorFolder.require("crypto/bandersnatch");
        List<VrfBackend> backends = VrfBackend.all();
        expect(21 * backends.size(), BandersnatchVectors.run(folder, backends));
    }

    @Test
    void shufflesAsTheVectorsDo() throws Exception {
        expect(8, ShuffleVectors.run(VectorFolder.require("shuffle")));
    }

    @Test
    void encodesAndRestoresShardsAsTheVectorsDo() throws Exception {
        expect(12, ErasureVectors.run(VectorFolder.require("erasure")));
    }

    private static void expect(int count, FamilyResult result) {
        assertEquals(List.of(), result.failures());
        assertEquals(count, result.passed());
    }
}
