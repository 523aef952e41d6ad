package io.marmalade.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.ProtocolParameters;
import io.marmalade.conformance.traces.Recording.UnreadableException;
import io.marmalade.pvm.ProtocolVersion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A chain as a file describes it (JIP-4).
 *
 * @param id names the network
 * @param config its parameters
 * @param genesisHeader the encoding of the first header
 * @param genesisState the keys and values of the first state
 */
record ChainSpecification(
        String id,
        ProtocolConfig config,
        Bytes genesisHeader,
        SortedMap<StateKey, Bytes> genesisState) {
    /**
     * Returns the version of the protocol that a chain specification is of: its parameters are as
     * long as that version's.
     *
     * @throws UnreadableException if it is none, or of no version that is known
     */
    static ProtocolVersion versionOf(Path file) throws IOException {
        int size;
        try {
            size = octets(file, parse(file), "protocol_parameters").size();
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(file, String.valueOf(e.getMessage()));
        }
        List<String> known = new ArrayList<>();
        for (ProtocolVersion version : ProtocolVersion.values()) {
            int expected = ProtocolParameters.encode(ProtocolConfig.tiny(version)).size();
            if (size == expected) {
                return version;
            }
            known.add(expected + " (" + version + ")");
        }
        throw new UnreadableException(
                file,
                "protocol_parameters of "
                        + size
                        + " octets are of no known protocol version; known are "
                        + String.join(", ", known));
    }

    private static JsonNode parse(Path file) throws IOException {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new UnreadableException(
                    file, e.getOriginalMessage() + " at offset " + e.getLocation().getCharOffset());
        }
    }

    /**
     * Reads a chain specification.
     *
     * @throws UnreadableException if it is none
     */
    static ChainSpecification read(Path file, ProtocolVersion version) throws IOException {
        ProtocolVersion written = versionOf(file);
        if (written != version) {
            throw new UnreadableException(
                    file, "is of protocol version " + written + ", not " + version);
        }
        try {
            JsonNode json = parse(file);
            SortedMap<StateKey, Bytes> state = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : json.path("genesis_state").properties()) {
                state.put(StateKey.parse(entry.getKey()), Bytes.parse(entry.getValue().asText()));
            }
            return new ChainSpecification(
                    json.path("id").asText(),
                    ProtocolParameters.decode(
                            ProtocolConfig.tiny(version),
                            octets(file, json, "protocol_parameters")),
                    octets(file, json, "genesis_header"),
                    state);
        } catch (DecodeException e) {
            throw new UnreadableException(file, "protocol_parameters: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(file, String.valueOf(e.getMessage()));
        }
    }

    private static Bytes octets(Path file, JsonNode json, String name) throws IOException {
        JsonNode value = json.get(name);
        if (value == null || !value.isTextual()) {
            throw new UnreadableException(file, "field " + name + " is missing");
        }
        return Bytes.parse(value.asText());
    }
}
