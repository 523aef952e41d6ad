package io.marmalade.pvm.diff;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what the oracle answers: objects, lists, text, whole numbers, truth values and null. */
final class Json {
    /** Deeper than any answer. */
    private static final int MAX_DEPTH = 32;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Returns maps, lists, strings, longs, booleans, or null. */
    static @Nullable Object parse(String text) throws IOException {
        Json json = new Json(text);
        Object value = json.value(0);
        json.space();
        if (json.at != text.length()) {
            throw json.wrong();
        }
        return value;
    }

    /** Returns text as it stands between quotes, quotes included. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '"' || character == '\\') {
                out.append('\\').append(character);
            } else if (character < ' ') {
                out.append(String.format("\\u%04x", (int) character));
            } else {
                out.append(character);
            }
        }
        return out.append('"').toString();
    }

    private @Nullable Object value(int depth) throws IOException {
        space();
        if (at >= text.length() || depth > MAX_DEPTH) {
            throw wrong();
        }
        char first = text.charAt(at);
        if (first == '{') {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            at++;
            space();
            while (!take('}')) {
                space();
                String name = string();
                space();
                if (!take(':')) {
                    throw wrong();
                }
                object.put(name, value(depth + 1));
                space();
                if (!take(',') && text.charAt(at) != '}') {
                    throw wrong();
                }
            }
            return object;
        }
        if (first == '[') {
            List<@Nullable Object> list = new ArrayList<>();
            at++;
            space();
            while (!take(']')) {
                list.add(value(depth + 1));
                space();
                if (!take(',') && (at >= text.length() || text.charAt(at) != ']')) {
                    throw wrong();
                }
            }
            return list;
        }
        if (first == '"') {
            return string();
        }
        if (text.startsWith("null", at)) {
            at += 4;
            return null;
        }
        if (text.startsWith("true", at)) {
            at += 4;
            return true;
        }
        if (text.startsWith("false", at)) {
            at += 5;
            return false;
        }
        int from = at;
        while (at < text.length()
                && (text.charAt(at) == '-' || Character.isDigit(text.charAt(at)))) {
            at++;
        }
        try {
            return Long.parseLong(text, from, at, 10);
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private String string() throws IOException {
        if (!take('"')) {
            throw wrong();
        }
        int from = at;
        int end = text.indexOf('"', at);
        if (end < 0) {
            throw wrong();
        }
        if (text.lastIndexOf('\\', end) < from) {
            at = end + 1;
            return text.substring(from, end);
        }
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char character = text.charAt(at++);
            if (character == '"') {
                return out.toString();
            }
            if (character != '\\') {
                out.append(character);
                continue;
            }
            if (at >= text.length()) {
                break;
            }
            char escaped = text.charAt(at++);
            switch (escaped) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    try {
                        out.append((char) Integer.parseInt(text, at, at + 4, 16));
                    } catch (NumberFormatException | IndexOutOfBoundsException e) {
                        throw wrong();
                    }
                    at += 4;
                }
                default -> out.append(escaped);
            }
        }
        throw wrong();
    }

    private boolean take(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private IOException wrong() {
        return new IOException("not JSON at character " + at);
    }
}
