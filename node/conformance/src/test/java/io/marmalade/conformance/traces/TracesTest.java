package io.marmalade.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.Engines;
import io.marmalade.conformance.Nodes;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Chains of real blocks, imported from their first state on: every root, and every refusal, with
 * every engine.
 */
class TracesTest {
    private static final ProtocolConfig TINY = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);

    private static final Map<String, Integer> BLOCKS =
            Map.of(
                    "fallback", 100,
                    "safrole", 100,
                    "preimages_light", 100,
                    "preimages", 100,
                    "storage_light", 100,
                    "storage", 100,
                    "fuzzy_light", 200);

    @TempDir static Path divergences;

    static Stream<Engine> engines() {
        return Engines.NAMES.stream().map(name -> Engines.named(name, divergences).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void importsEveryBlockOfTheTraces(Engine engine) throws IOException {
        Map<String, Integer> imported = new HashMap<>();
        for (Replay.Result result : replay("traces", engine)) {
            imported.put(result.name(), result.imported());
        }
        assertEquals(BLOCKS, imported);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void importsAndRefusesTheBlocksOfTheFuzzTraces(Engine engine) throws IOException {
        List<Replay.Result> results = replay("fuzz-traces", engine);
        assertEquals(92, results.size());
        for (Replay.Result result : results) {
            assertEquals(result.steps(), result.imported() + result.refused(), result.name());
        }
        assertEquals(317, results.stream().mapToInt(Replay.Result::steps).sum());
    }

    private static List<Replay.Result> replay(String family, Engine engine) throws IOException {
        Replay replay = Nodes.replay(TINY, engine, recording -> {});
        List<Replay.Result> results = new ArrayList<>();
        for (Recording recording : Recording.find(VectorFolder.require(family))) {
            if (recording instanceof Recording.Trace trace) {
                Replay.Result result = replay.run(trace);
                assertEquals(List.of(), result.failures(), result.name());
                results.add(result);
            }
        }
        return results;
    }
}
