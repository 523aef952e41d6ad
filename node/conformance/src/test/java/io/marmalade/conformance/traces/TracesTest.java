package io.marmalade.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.Nodes;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Chains of real blocks, imported from their first state on: every root, and every refusal. */
class TracesTest {
    private static final ProtocolConfig TINY = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);

    @ParameterizedTest
    @CsvSource({
        "fallback, 100",
        "safrole, 100",
        "preimages_light, 100",
        "preimages, 100",
        "storage_light, 100",
        "storage, 100",
        "fuzzy_light, 200"
    })
    void importsEveryBlockOfATrace(String set, int blocks) throws IOException {
        List<Replay.Result> results = replay(VectorFolder.require("traces").resolve(set));
        assertEquals(1, results.size());
        assertEquals(blocks, results.getFirst().imported());
    }

    @Test
    void importsAndRefusesTheBlocksOfTheFuzzTraces() throws IOException {
        List<Replay.Result> results = replay(VectorFolder.require("fuzz-traces"));
        assertEquals(92, results.size());
        for (Replay.Result result : results) {
            assertEquals(result.steps(), result.imported() + result.refused(), result.name());
        }
    }

    private static List<Replay.Result> replay(Path folder) throws IOException {
        Replay replay = Nodes.replay(TINY, new InterpreterEngine(), recording -> {});
        List<Replay.Result> results = new ArrayList<>();
        for (Recording recording : Recording.find(folder)) {
            if (recording instanceof Recording.Trace trace) {
                Replay.Result result = replay.run(trace);
                assertEquals(List.of(), result.failures(), result.name());
                results.add(result);
            }
        }
        return results;
    }
}
