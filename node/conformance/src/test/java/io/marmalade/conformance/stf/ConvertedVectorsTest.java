package io.marmalade.conformance.stf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.convert.VectorConverter;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Public vectors of 0.7.2, turned into 0.8.0 by {@link VectorConverter#rules}. */
class ConvertedVectorsTest {
    private interface Runner {
        FamilyResult run(ProtocolConfig config, Path folder) throws IOException;
    }

    private static final Map<String, Runner> RUNNERS =
            Map.of(
                    "safrole", SafroleVectors::run,
                    "disputes", DisputesVectors::run,
                    "assurances", AssurancesVectors::run,
                    "reports", ReportsVectors::run,
                    "history", HistoryVectors::run,
                    "authorizations", AuthorizationsVectors::run,
                    "preimages", PreimagesVectors::run,
                    "statistics", StatisticsVectors::run);

    @ParameterizedTest
    @CsvSource({
        "safrole, tiny, 21",
        "safrole, full, 21",
        "disputes, tiny, 28",
        "disputes, full, 28",
        "assurances, tiny, 10",
        "assurances, full, 10",
        "reports, tiny, 42",
        "reports, full, 42",
        "history, tiny, 4",
        "history, full, 4",
        "authorizations, tiny, 3",
        "authorizations, full, 3",
        "preimages, tiny, 8",
        "preimages, full, 8",
        "statistics, tiny, 3",
        "statistics, full, 3",
    })
    void agreesWithConvertedVectors(String part, String size, int vectors, @TempDir Path to)
            throws IOException {
        Path from = VectorFolder.require("stf/" + part + "/" + size);
        ProtocolConfig after = config(size, ProtocolVersion.V0_8_0);
        int converted =
                new VectorConverter(config(size, ProtocolVersion.V0_7_2), after)
                        .convert(part, from, to.resolve(size));
        assertEquals(vectors, converted);
        FamilyResult result = RUNNERS.get(part).run(after, to.resolve(size));
        assertEquals(List.of(), result.failures());
        assertEquals(vectors, result.passed());
    }

    private static ProtocolConfig config(String size, ProtocolVersion version) {
        return size.equals("tiny") ? ProtocolConfig.tiny(version) : ProtocolConfig.full(version);
    }
}
