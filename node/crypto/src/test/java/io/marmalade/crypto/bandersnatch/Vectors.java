package io.marmalade.crypto.bandersnatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Where the public test vectors are, and how they are read. */
final class Vectors {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Vectors() {}

    /** Returns a file or folder among the vectors; the test is skipped if there is none. */
    static Path path(String name) {
        String folder = System.getProperty("marmalade.vectors", System.getenv("MARMALADE_VECTORS"));
        Assumptions.assumeTrue(
                folder != null,
                "no vectors: set MARMALADE_VECTORS or -Dmarmalade.vectors; they come from"
                        + " github.com/davxy/bandersnatch-vrf-spec, davxy/jam-test-vectors and"
                        + " w3f/jamtestvectors");
        Path path = Path.of(folder, name);
        Assumptions.assumeTrue(Files.exists(path), "no vectors at " + path);
        return path;
    }

    static List<JsonNode> all(String name) {
        JsonNode root = json(path(name));
        List<JsonNode> nodes = new ArrayList<>();
        root.forEach(nodes::add);
        return nodes;
    }

    static JsonNode json(Path path) {
        try {
            return MAPPER.readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] octets(JsonNode node, String field) {
        return octets(node.get(field).asText());
    }

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex);
    }

    static byte[] join(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        byte[] joined = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
