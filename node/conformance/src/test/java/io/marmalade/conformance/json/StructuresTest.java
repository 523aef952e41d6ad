package io.marmalade.conformance.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.DecodeException;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class StructuresTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ProtocolConfig TINY = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private static final ProtocolConfig FULL = ProtocolConfig.full(ProtocolVersion.V0_7_2);

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void readsAndWritesTheCodecVectors(String chain) throws IOException {
        int count = 0;
        for (Path file : files(VectorFolder.require("codec").resolve(chain))) {
            String name = file.getFileName().toString().replaceAll("(_\\d)?\\.bin$", "");
            check(chain, name, file);
            count++;
        }
        assertEquals(15, count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "full"})
    void readsAndWritesTheTestCasesOfTheTransition(String chain) throws IOException {
        int count = 0;
        for (Path part : list(VectorFolder.require("stf"))) {
            for (Path file : files(part.resolve(chain))) {
                check(chain, "stf_" + part.getFileName(), file);
                count++;
            }
        }
        assertEquals(149, count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forks", "no_forks"})
    void readsAndWritesRecordedMessages(String session) throws IOException {
        int count = 0;
        Path folder = VectorFolder.require("fuzz-proto/sessions").resolve(session);
        for (Path file : files(folder)) {
            check("tiny", "fuzz-message", file);
            count++;
        }
        assertTrue(count > 100, count + " messages");
    }

    @Test
    void saysWhereJsonIsWrong() throws IOException {
        Shape shape = Structures.named("preimages-extrinsic").orElseThrow();
        JsonNode json =
                MAPPER.readTree(
                        "[{\"requester\": 1, \"blob\": \"0x00\"}, {\"requester\": 4294967296,"
                                + " \"blob\": \"0x\"}]");
        JsonShapeException thrown =
                assertThrows(JsonShapeException.class, () -> shape.encode(TINY, json));
        assertEquals(
                "[1].requester: a number 0..4294967295 expected, not 4294967296",
                thrown.getMessage());
    }

    @Test
    void refusesOctetsThatAreLeftOver() {
        Shape shape = Structures.named("entropy").orElseThrow();
        assertThrows(DecodeException.class, () -> shape.decode(TINY, new byte[129]));
    }

    private static void check(String chain, String name, Path file) throws IOException {
        ProtocolConfig config = chain.equals("tiny") ? TINY : FULL;
        Shape shape = Structures.named(name).orElseThrow();
        byte[] octets = Files.readAllBytes(file);
        JsonNode json = shape.decode(config, octets);
        assertArrayEquals(octets, shape.encode(config, json), file.toString());
        Path expected = Path.of(file.toString().replaceAll("\\.bin$", ".json"));
        if (Files.exists(expected)) {
            assertEquals(
                    MAPPER.writeValueAsString(MAPPER.readTree(expected.toFile())),
                    MAPPER.writeValueAsString(json),
                    file.toString());
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        return list(folder).stream().filter(file -> file.toString().endsWith(".bin")).toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".asn")).sorted().toList();
        }
    }
}
