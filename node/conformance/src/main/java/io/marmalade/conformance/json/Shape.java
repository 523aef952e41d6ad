package io.marmalade.conformance.json;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encoder;

/**
 * How one structure is encoded, and how it is written in JSON.
 *
 * <p>A shape is as strict as the codec: octets that are read and written again are the same octets.
 * It does not judge values, so that an index which is out of range can still be shown.
 */
public interface Shape {
    /**
     * Reads a value.
     *
     * @param in where to read; it stands behind the value afterwards
     * @return the value in JSON
     * @throws DecodeException if the octets are no such value
     */
    JsonNode read(Decoder in);

    /**
     * Writes a value.
     *
     * @param out where to write
     * @param json the value
     * @throws JsonShapeException if the JSON is no such value
     */
    void write(Encoder out, JsonNode json);

    /**
     * Decodes a whole input.
     *
     * @param config what the encoding depends on
     * @param octets all of the value and nothing else
     * @return the value in JSON
     * @throws DecodeException if the octets are no such value
     */
    default JsonNode decode(ProtocolConfig config, byte[] octets) {
        Decoder in = new Decoder(config, octets);
        JsonNode json = read(in);
        in.finish();
        return json;
    }

    /**
     * Encodes a value.
     *
     * @param config what the encoding depends on
     * @param json the value
     * @return its encoding
     * @throws JsonShapeException if the JSON is no such value
     */
    default byte[] encode(ProtocolConfig config, JsonNode json) {
        Encoder out = new Encoder(config);
        write(out, json);
        return out.toArray();
    }
}
