package io.marmalade.conformance.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class CodecVectorsTest {
    private static final ProtocolConfig TINY = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private static final ProtocolConfig FULL = ProtocolConfig.full(ProtocolVersion.V0_7_2);

    @Test
    void encodesTinyStructuresAsTheVectorsDo() throws Exception {
        passesAll(15, CodecVectors.run(TINY, VectorFolder.require("codec/tiny")));
    }

    @Test
    void encodesFullStructuresAsTheVectorsDo() throws Exception {
        passesAll(15, CodecVectors.run(FULL, VectorFolder.require("codec/full")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"traces", "fuzz-traces"})
    void decodesAndEncodesTheStatesAndBlocksOfTraces(String family) throws Exception {
        FamilyResult result = StateVectors.run(TINY, VectorFolder.require().resolve(family));
        System.out.println(result.family() + ": " + result.passed() + " of " + result.total());
        assertEquals(List.of(), result.failures());
        assertTrue(result.allPassed());
    }

    private static void passesAll(int count, FamilyResult result) {
        assertEquals(List.of(), result.failures());
        assertEquals(count, result.passed());
    }
}
