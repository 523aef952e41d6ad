package io.marmalade.conformance.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.json.Shape;
import io.marmalade.conformance.json.Structures;
import io.marmalade.crypto.hash.Blake2b;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** One vector on its way from 0.7.2 to 0.8.0, as JSON. */
final class Conversion {
    private static final Shape WORK_REPORT = Structures.named("work_report").orElseThrow();

    final String part;
    final ProtocolConfig before;
    final ProtocolConfig after;
    final ObjectNode json;
    final DevelopmentKeys keys;

    /** The recent blocks by their header hashes, numbered from 1 in the order they came in. */
    final Map<String, Long> slots = new HashMap<>();

    /** The hashes that the reports of the prior state had, by core; null where there is none. */
    final List<Hash> pendingHashes = new ArrayList<>();

    /** The hashes that the guaranteed reports had. */
    final List<Hash> guaranteedHashes = new ArrayList<>();

    Conversion(
            String part,
            ProtocolConfig before,
            ProtocolConfig after,
            ObjectNode json,
            DevelopmentKeys keys) {
        this.part = part;
        this.before = before;
        this.after = after;
        this.json = json;
        this.keys = keys;
        eachObject(
                json,
                object -> {
                    if (isRecentBlock(object)) {
                        slots.putIfAbsent(object.path("header_hash").asText(), slots.size() + 1L);
                    }
                });
        for (JsonNode pending : prior("rho")) {
            pendingHashes.add(
                    pending.isNull() ? Hash.ZERO : reportHash(before, pending.path("report")));
        }
        for (JsonNode guarantee : input("guarantees")) {
            guaranteedHashes.add(reportHash(before, guarantee.path("report")));
        }
    }

    JsonNode input(String name) {
        return json.path("input").path(name);
    }

    JsonNode prior(String name) {
        return json.path("pre_state").path(name);
    }

    JsonNode posterior(String name) {
        return json.path("post_state").path(name);
    }

    /** Returns the name of the error that is expected, or nothing. */
    String error() {
        return json.path("output").path("err").asText("");
    }

    /** Returns how many validators are active. */
    int activeValidators() {
        String name = prior("kappa").isArray() ? "kappa" : "curr_validators";
        return prior(name).isArray() ? prior(name).size() : after.validatorCount();
    }

    static boolean isRecentBlock(JsonNode object) {
        return object.has("header_hash") && object.has("reported");
    }

    static Hash reportHash(ProtocolConfig config, JsonNode report) {
        return Blake2b.hash(WORK_REPORT.encode(config, report));
    }

    static Hash hash(JsonNode text) {
        return Hash.of(Bytes.parse(text.asText()).toArray());
    }

    /** Visits all objects, the outer before the inner. */
    static void eachObject(JsonNode node, Consumer<ObjectNode> visitor) {
        if (node instanceof ObjectNode object) {
            visitor.accept(object);
        }
        for (JsonNode child : node) {
            eachObject(child, visitor);
        }
    }

    void eachObject(Consumer<ObjectNode> visitor) {
        eachObject(json, visitor);
    }

    /** Brings a list of texts into ascending order. */
    static void sort(JsonNode texts) {
        List<String> sorted =
                StreamSupport.stream(texts.spliterator(), false)
                        .map(JsonNode::asText)
                        .sorted()
                        .toList();
        ArrayNode array = (ArrayNode) texts;
        array.removeAll();
        sorted.forEach(array::add);
    }
}
