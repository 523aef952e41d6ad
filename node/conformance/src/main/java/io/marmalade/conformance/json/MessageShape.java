package io.marmalade.conformance.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encoder;

import java.util.Map;

/** A message of the conformance protocol: a choice whose last alternative has the number 255. */
final class MessageShape implements Shape {
    private static final Map<Integer, String> NAMES =
            Map.of(
                    0, "peer_info",
                    1, "initialize",
                    2, "state_root",
                    3, "import_block",
                    4, "get_state",
                    5, "state",
                    255, "error");

    private final Map<String, Shape> bodies;

    MessageShape(Shape peerInfo, Shape initialize, Shape block, Shape keyValues) {
        bodies =
                Map.of(
                        "peer_info", peerInfo,
                        "initialize", initialize,
                        "state_root", Shapes.HASH,
                        "import_block", block,
                        "get_state", Shapes.HASH,
                        "state", keyValues,
                        "error", Shapes.TEXT);
    }

    @Override
    public JsonNode read(Decoder in) {
        int tag = in.u8();
        String name = NAMES.get(tag);
        if (name == null) {
            throw in.fail(tag + " is not the number of a message");
        }
        return JsonNodeFactory.instance.objectNode().set(name, body(name).read(in));
    }

    @Override
    public void write(Encoder out, JsonNode json) {
        for (Map.Entry<Integer, String> entry : NAMES.entrySet()) {
            JsonNode value = json.get(entry.getValue());
            if (json.size() == 1 && value != null) {
                body(entry.getValue()).write(out.u8(entry.getKey()), value);
                return;
            }
        }
        throw new JsonShapeException("an object of one known field expected");
    }

    private Shape body(String name) {
        Shape body = bodies.get(name);
        if (body == null) {
            throw new IllegalStateException("no body for " + name);
        }
        return body;
    }
}
