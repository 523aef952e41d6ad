package io.marmalade.conformance.stf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class TransitionVectorsTest {
    private interface Runner {
        FamilyResult run(ProtocolConfig config, Path folder) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void rotatesKeysAndGathersTicketsAsTheVectorsDo(String size) throws IOException {
        run("safrole", size, 21, SafroleVectors::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void judgesDisputesAsTheVectorsDo(String size) throws IOException {
        run("disputes", size, 28, DisputesVectors::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void countsAssurancesAsTheVectorsDo(String size) throws IOException {
        run("assurances", size, 10, AssurancesVectors::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void takesUpGuaranteesAsTheVectorsDo(String size) throws IOException {
        run("reports", size, 42, ReportsVectors::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void movesAuthorizersAsTheVectorsDo(String size) throws IOException {
        run("authorizations", size, 3, AuthorizationsVectors::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void remembersBlocksAsTheVectorsDo(String size) throws IOException {
        run("history", size, 4, HistoryVectors::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void countsActivityAsTheVectorsDo(String size) throws IOException {
        run("statistics", size, 3, StatisticsVectors::run);
    }

    /** Also of 1023 keys, for which there are no others to compare with. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void findsTheEpochRootsOfSafrolesVectors(String size) throws IOException {
        run("safrole", size, 21, SafroleVectors::compareRoots);
    }

    private static void run(String family, String size, int vectors, Runner runner)
            throws IOException {
        Path folder = VectorFolder.require("stf/" + family + "/" + size);
        ProtocolConfig config =
                size.equals("tiny")
                        ? ProtocolConfig.tiny(ProtocolVersion.V0_7_2)
                        : ProtocolConfig.full(ProtocolVersion.V0_7_2);
        FamilyResult result = runner.run(config, folder);
        assertEquals(List.of(), result.failures());
        assertEquals(vectors, result.passed());
    }
}
