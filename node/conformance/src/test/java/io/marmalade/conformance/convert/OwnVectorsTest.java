package io.marmalade.conformance.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.marmalade.conformance.VectorFamilies;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.crypto.bandersnatch.VrfBackend;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Our own vectors of 0.8.0, by the runners of the public ones. */
class OwnVectorsTest {
    private static final Map<String, Integer> COUNTS =
            Map.of(
                    "stf/accumulate/tiny", 20,
                    "stf/disputes/tiny", 9,
                    "stf/disputes/full", 3,
                    "stf/assurances/full", 4,
                    "stf/safrole/full", 7,
                    "stf/reports/tiny", 5,
                    "stf/reports/full", 5,
                    "stf/statistics/full", 1,
                    "stf/history/tiny", 1);

    private static Path folder() throws URISyntaxException {
        URL list = OwnVectorsTest.class.getResource("/vectors-0.8.0/stf/cases.txt");
        assertNotNull(list);
        return Path.of(list.toURI()).getParent();
    }

    @Test
    void agreesWithOurOwnVectors() throws IOException, URISyntaxException {
        Map<String, Integer> passed = new TreeMap<>();
        for (VectorFamilies.Family family :
                VectorFamilies.under(
                        folder().getParent(),
                        ProtocolVersion.V0_8_0,
                        new InterpreterEngine(),
                        VrfBackend.all())) {
            FamilyResult result = family.run();
            assertEquals(List.of(), result.failures());
            passed.put(result.family(), result.passed());
        }
        assertEquals(new TreeMap<>(COUNTS), passed);
    }

    @Test
    void vectorsAreAsTheyWereBuilt() throws IOException, URISyntaxException {
        List<OwnVectors.Case> cases = OwnVectors.all();
        assertEquals(COUNTS.values().stream().mapToInt(each -> each).sum(), cases.size());
        for (OwnVectors.Case each : cases) {
            Path file = folder().resolve(each.file() + ".bin");
            assertArrayEquals(each.encoded(), Files.readAllBytes(file), each.file());
        }
    }
}
