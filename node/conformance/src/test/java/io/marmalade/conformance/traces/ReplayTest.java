package io.marmalade.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.Nodes;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.CheckedEngine;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.EngineDivergence;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.MachineRecording;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.reflect.Proxy;
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
        Path original = VectorFolder.require("traces/fallback").resolve("00000001.bin");
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

    /** An engine whose machines say that they have a gas more than they have. */
    private record Generous(Engine engine) implements Engine {
        @Override
        public String name() {
            return "generous";
        }

        @Override
        public Machine newMachine(Program program) {
            Machine machine = engine.newMachine(program);
            return (Machine)
                    Proxy.newProxyInstance(
                            Machine.class.getClassLoader(),
                            new Class<?>[] {Machine.class},
                            (proxy, method, arguments) -> {
                                Object result = method.invoke(machine, arguments);
                                return method.getName().equals("gas") ? (long) result + 1 : result;
                            });
        }
    }

    @Test
    void playsWhatTheCheckedEngineWroteOnEveryEngine(@TempDir Path folder) throws IOException {
        byte[] blob =
                new Assembler(Dialect.V0_7_2)
                        .add(Opcode.STORE_IMM_U64, 0x2_0000, 42)
                        .add(Opcode.ECALLI, 3)
                        .add(Opcode.ADD_64, 7, 8, 9)
                        .add(Opcode.TRAP)
                        .blob();
        Program program = Program.decode(blob, Dialect.V0_7_2).orElseThrow();
        Engine checked = new CheckedEngine(ENGINE, new Generous(ENGINE), folder);
        try (Machine machine = checked.newMachine(program)) {
            machine.memory().reset(32, 1, PageAccess.WRITE);
            machine.setGas(1000);
            assertThrows(EngineDivergence.class, machine::run);
        }
        // Nothing is wrong with the real ones.
        Path file = folder.resolve("divergence-1.txt");
        Replay.Result result = REPLAY.run(Recording.find(file).getFirst(), ENGINE);
        assertEquals(List.of(), result.failures());
        assertEquals(1, result.steps());
        assertEquals(1, result.imported());
        assertEquals(1, Recording.find(folder).getFirst().size());
        Files.writeString(
                folder.resolve("divergence-2.txt"), MachineRecording.HEADER + "\njump 3\n");
        assertThrows(
                Recording.UnreadableException.class,
                () -> REPLAY.run(Recording.find(folder).getFirst(), ENGINE));
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
