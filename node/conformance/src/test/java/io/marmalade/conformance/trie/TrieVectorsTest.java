package io.marmalade.conformance.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.vectors.FamilyResult;

import org.junit.jupiter.api.Test;

import java.util.List;

class TrieVectorsTest {
    @Test
    void findsTheRootsOfTheVectors() throws Exception {
        FamilyResult result = TrieVectors.run(VectorFolder.require("trie"));
        assertEquals(List.of(), result.failures());
        assertTrue(result.allPassed());
    }
}
