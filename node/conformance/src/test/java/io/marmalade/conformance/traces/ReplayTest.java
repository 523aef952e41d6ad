package io.marmalade.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.Nodes;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class ReplayTest {
    private static final ProtocolConfig TINY = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private static final Engine ENGINE = new InterpreterEngine();
    private static final Replay REPLAY = Nodes.replay(TINY, ENGINE, recording -> {});

    @ParameterizedTest
    @ValueSource(strings = {"forks", "no_forks"})
    void answersARecordedSessionByteForByte(String name) throws IOException {
        Path folder = VectorFolder.require("fuzz-proto/sessions").resolve(name);
        Replay.Result result = REPLAY.run(Recording.find(folder).getFirst(), ENGINE);
        assertEquals(List.of(), result.failures());
        assertEquals(102, result.steps());
    }

    @Test
    void namesTheKeysThatDiffer(@TempDir Path folder) throws IOException {
        Path original = VectorFolder.require("traces/fallback/00000001.bin");
        byte[] octets = Files.readAllBytes(original);
        // The last octet of the file is the last of the last service's account.
        octets[octets.length - 1] ^= 1;
        TraceStep step = TraceStep.read(TINY, original);
        int root = indexOf(octets, step.postRoot().octets());
        octets[root] ^= 1;
        Files.write(folder.resolve("00000001.bin"), octets);
        Replay.Result result = REPLAY.run(Recording.find(folder).getFirst(), ENGINE);
        String failure = result.failures().getFirst();
        assertTrue(failure.contains("expected"), failure);
        assertTrue(failure.contains("delta"), failure);
    }

    @Test
    void namesFileAndOffsetOfAMalformedStep(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("00000001.bin");
        Files.write(file, new byte[] {1, 2, 3});
        Recording recording = Recording.find(folder).getFirst();
        IOException thrown = assertThrows(IOException.class, () -> REPLAY.run(recording, ENGINE));
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.contains("00000001.bin") && message.contains("offset 0"), message);
    }

    @Test
    void saysThatThereIsNothingToReplay(@TempDir Path folder) {
        assertThrows(Recording.UnreadableException.class, () -> Recording.find(folder));
        assertThrows(
                Recording.UnreadableException.class,
                () -> Recording.find(folder.resolve("missing")));
    }

    private static int indexOf(byte[] octets, byte[] part) {
        for (int i = octets.length - part.length; i >= 0; i--) {
            if (Arrays.equals(octets, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
