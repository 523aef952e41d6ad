package io.marmalade.conformance.traces;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.codec.DecodeException;
import io.marmalade.conformance.json.Shape;
import io.marmalade.conformance.json.Structures;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Where two states differ, in lines for a reader: each key, what it stands for, and both values.
 */
final class StateDifference {
    private static final int MAX_LINES = 60;
    private static final int MAX_VALUE = 160;

    private final List<String> lines = new ArrayList<>();

    private StateDifference() {}

    /**
     * Compares two states.
     *
     * @param expected what the recording says
     * @param actual what the importer has
     * @return lines, at most some sixty; none if the states are equal
     */
    static List<String> lines(
            ProtocolConfig config,
            SortedMap<StateKey, Bytes> expected,
            SortedMap<StateKey, Bytes> actual) {
        StateDifference difference = new StateDifference();
        TreeSet<StateKey> keys = new TreeSet<>(expected.keySet());
        keys.addAll(actual.keySet());
        for (StateKey key : keys) {
            Bytes want = expected.get(key);
            Bytes have = actual.get(key);
            if (!Objects.equals(want, have)) {
                difference.add(key + "  " + Structures.describe(key));
                difference.compare(config, key, want, have);
            }
        }
        return difference.lines;
    }

    private void compare(
            ProtocolConfig config, StateKey key, @Nullable Bytes want, @Nullable Bytes have) {
        Optional<Shape> shape = Structures.at(key);
        if (shape.isPresent() && want != null && have != null) {
            try {
                compare(
                        "",
                        shape.get().decode(config, want.octets()),
                        shape.get().decode(config, have.octets()));
                return;
            } catch (DecodeException e) {
                add("    does not decode: " + e.getMessage());
            }
        }
        pair("", String.valueOf(want), String.valueOf(have));
    }

    private void compare(String path, @Nullable JsonNode want, @Nullable JsonNode have) {
        if (want == null || have == null) {
            pair(path, String.valueOf(want), String.valueOf(have));
        } else if (want.isObject() && have.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = want.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                compare(path + "." + field.getKey(), field.getValue(), have.get(field.getKey()));
            }
        } else if (want.isArray() && have.isArray()) {
            for (int i = 0; i < Math.max(want.size(), have.size()); i++) {
                compare(path + "[" + i + "]", want.get(i), have.get(i));
            }
        } else if (!want.equals(have)) {
            pair(path, want.toString(), have.toString());
        }
    }

    private void pair(String path, String want, String have) {
        add("    " + path + " expected " + cut(want) + ", is " + cut(have));
    }

    private void add(String line) {
        if (lines.size() < MAX_LINES) {
            lines.add(line);
        } else if (lines.size() == MAX_LINES) {
            lines.add("    ... and more");
        }
    }

    private static String cut(String value) {
        return value.equals("null")
                ? "nothing"
                : value.length() <= MAX_VALUE
                        ? value
                        : value.substring(0, MAX_VALUE) + "... (" + value.length() + " characters)";
    }
}
