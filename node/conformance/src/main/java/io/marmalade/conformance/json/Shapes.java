package io.marmalade.conformance.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encoder;
import io.marmalade.pvm.ProtocolVersion;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** The words that {@link Structures} is written in. */
final class Shapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigInteger MAX_U64 = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    static final Shape U8 = number(1, Decoder::u8, (out, value) -> out.u8(value.intValue()));
    static final Shape U16 = number(2, Decoder::u16, (out, value) -> out.u16(value.intValue()));
    static final Shape U32 = number(4, Decoder::u32, Encoder::u32);
    static final Shape U64 = number(8, Decoder::u64, Encoder::u64);

    /** A general natural number, in as many octets as it needs. */
    static final Shape NATURAL = number(8, Decoder::natural, Encoder::natural);

    static final Shape HASH = octets(32);

    static final Shape BOOL =
            of(
                    in -> JSON.booleanNode(in.bool()),
                    (out, json) -> {
                        if (!json.isBoolean()) {
                            throw expected("true or false", json);
                        }
                        out.bool(json.booleanValue());
                    });

    static final Shape BLOB =
            of(
                    in -> JSON.textNode(in.blob().toString()),
                    (out, json) -> out.blob(parseOctets(json)));

    static final Shape TEXT =
            of(
                    in -> JSON.textNode(new String(in.blob().octets(), StandardCharsets.UTF_8)),
                    (out, json) -> {
                        if (!json.isTextual()) {
                            throw expected("text", json);
                        }
                        out.blob(json.textValue().getBytes(StandardCharsets.UTF_8));
                    });

    /** Nothing at all. */
    static final Shape NULL =
            of(
                    in -> JSON.nullNode(),
                    (out, json) -> {
                        if (!json.isNull()) {
                            throw expected("null", json);
                        }
                    });

    private Shapes() {}

    /** A field, and the first version that has it. */
    record Field(String name, Shape shape, ProtocolVersion since) {
        boolean isIn(ProtocolConfig config) {
            return config.version().compareTo(since) >= 0;
        }
    }

    static Field field(String name, Shape shape) {
        return new Field(name, shape, ProtocolVersion.V0_7_2);
    }

    /** A field that 0.8.0 added. */
    static Field since080(String name, Shape shape) {
        return new Field(name, shape, ProtocolVersion.V0_8_0);
    }

    /** Another shape since 0.8.0. */
    static Shape changed(Shape before080, Shape since080) {
        return of(
                in -> in080(in.config()) ? since080.read(in) : before080.read(in),
                (out, json) -> (in080(out.config()) ? since080 : before080).write(out, json));
    }

    /**
     * As many items as the chain's parameters say; since 0.8.0 any number of them, written in
     * front.
     */
    static Shape sized(ToIntFunction<ProtocolConfig> countBefore080, Shape item) {
        return changed(fixed(countBefore080, item), sequence(item));
    }

    private static boolean in080(ProtocolConfig config) {
        return switch (config.version()) {
            case V0_7_2 -> false;
            case V0_8_0 -> true;
        };
    }

    static Shape octets(int count) {
        return octets(config -> count);
    }

    static Shape octets(ToIntFunction<ProtocolConfig> count) {
        return of(
                in -> JSON.textNode(Bytes.of(in.raw(count.applyAsInt(in.config()))).toString()),
                (out, json) -> {
                    byte[] octets = parseOctets(json);
                    int wanted = count.applyAsInt(out.config());
                    if (octets.length != wanted) {
                        throw new JsonShapeException(
                                wanted + " octets expected, not " + octets.length);
                    }
                    out.raw(octets);
                });
    }

    /** Fields one after the other, an object in JSON. */
    static Shape struct(Field... fields) {
        return of(
                in -> {
                    ObjectNode object = JSON.objectNode();
                    for (Field field : fields) {
                        if (field.isIn(in.config())) {
                            object.set(field.name, field.shape.read(in));
                        }
                    }
                    return object;
                },
                (out, json) -> {
                    if (!json.isObject()) {
                        throw expected("an object", json);
                    }
                    for (Field field : fields) {
                        if (!field.isIn(out.config())) {
                            continue;
                        }
                        JsonNode value = json.get(field.name);
                        if (value == null) {
                            throw new JsonShapeException("field " + field.name + " is missing");
                        }
                        try {
                            field.shape.write(out, value);
                        } catch (JsonShapeException e) {
                            throw e.in(field.name);
                        }
                    }
                    for (String name : (Iterable<String>) json::fieldNames) {
                        if (List.of(fields).stream()
                                .noneMatch(f -> f.name.equals(name) && f.isIn(out.config()))) {
                            throw new JsonShapeException("field " + name + " is not known");
                        }
                    }
                });
    }

    /** Items with their number in front. */
    static Shape sequence(Shape item) {
        return of(
                in -> readItems(in, in.count(1), item),
                (out, json) -> {
                    out.natural(items(json));
                    writeItems(out, json, item);
                });
    }

    /** As many items as the chain's parameters say. */
    static Shape fixed(ToIntFunction<ProtocolConfig> count, Shape item) {
        return of(
                in -> readItems(in, count.applyAsInt(in.config()), item),
                (out, json) -> {
                    int wanted = count.applyAsInt(out.config());
                    if (items(json) != wanted) {
                        throw new JsonShapeException(
                                wanted + " items expected, not " + json.size());
                    }
                    writeItems(out, json, item);
                });
    }

    /** 0, or 1 and the value; null or the value in JSON. */
    static Shape optional(Shape shape) {
        return of(
                in -> in.bool() ? shape.read(in) : JSON.nullNode(),
                (out, json) -> {
                    out.bool(!json.isNull());
                    if (!json.isNull()) {
                        shape.write(out, json);
                    }
                });
    }

    /** The number of an alternative and its value; an object of one field in JSON. */
    static Shape choice(Field... alternatives) {
        return of(
                in -> {
                    int tag = in.u8();
                    if (tag >= alternatives.length) {
                        throw in.fail(tag + " is not the number of an alternative");
                    }
                    Field chosen = alternatives[tag];
                    ObjectNode object = JSON.objectNode();
                    object.set(chosen.name, chosen.shape.read(in));
                    return object;
                },
                (out, json) -> {
                    for (int tag = 0; tag < alternatives.length; tag++) {
                        Field alternative = alternatives[tag];
                        JsonNode value = json.get(alternative.name);
                        if (json.size() == 1 && value != null) {
                            out.u8(tag);
                            try {
                                alternative.shape.write(out, value);
                            } catch (JsonShapeException e) {
                                throw e.in(alternative.name);
                            }
                            return;
                        }
                    }
                    throw expected("an object of one known field", json);
                });
    }

    /** The number of a name. */
    static Shape enumeration(String... names) {
        return of(
                in -> {
                    int value = in.u8();
                    if (value >= names.length) {
                        throw in.fail(value + " is not the number of a name");
                    }
                    return JSON.textNode(names[value]);
                },
                (out, json) -> {
                    int value = List.of(names).indexOf(json.asText());
                    if (value < 0) {
                        throw expected("one of " + String.join(", ", names), json);
                    }
                    out.u8(value);
                });
    }

    private static Shape number(
            int octets, ToLongFunction<Decoder> reader, BiConsumer<Encoder, Long> writer) {
        BigInteger limit = BigInteger.ONE.shiftLeft(8 * octets);
        return of(
                in -> {
                    long value = reader.applyAsLong(in);
                    return value >= 0
                            ? JSON.numberNode(value)
                            : JSON.numberNode(new BigInteger(Long.toUnsignedString(value)));
                },
                (out, json) -> {
                    if (!json.isIntegralNumber()
                            || json.bigIntegerValue().signum() < 0
                            || json.bigIntegerValue().compareTo(limit) >= 0) {
                        throw expected(
                                "a number 0.." + limit.subtract(BigInteger.ONE).min(MAX_U64), json);
                    }
                    writer.accept(out, json.bigIntegerValue().longValue());
                });
    }

    private static JsonNode readItems(Decoder in, int count, Shape item) {
        ArrayNode items = JSON.arrayNode();
        for (int i = 0; i < count; i++) {
            items.add(item.read(in));
        }
        return items;
    }

    private static int items(JsonNode json) {
        if (!json.isArray()) {
            throw expected("a list", json);
        }
        return json.size();
    }

    private static void writeItems(Encoder out, JsonNode json, Shape item) {
        for (int i = 0; i < json.size(); i++) {
            try {
                item.write(out, json.get(i));
            } catch (JsonShapeException e) {
                throw e.at(i);
            }
        }
    }

    private static byte[] parseOctets(JsonNode json) {
        if (!json.isTextual()) {
            throw expected("octets in hexadecimal", json);
        }
        try {
            return Bytes.parse(json.textValue()).octets();
        } catch (IllegalArgumentException e) {
            throw expected("octets in hexadecimal", json);
        }
    }

    private static JsonShapeException expected(String what, JsonNode json) {
        String text = json.toString();
        return new JsonShapeException(
                what
                        + " expected, not "
                        + (text.length() <= 80 ? text : text.substring(0, 80) + "..."));
    }

    private static Shape of(
            Function<Decoder, JsonNode> reader, BiConsumer<Encoder, JsonNode> writer) {
        return new Shape() {
            @Override
            public JsonNode read(Decoder in) {
                return reader.apply(in);
            }

            @Override
            public void write(Encoder out, JsonNode json) {
                writer.accept(out, json);
            }
        };
    }
}
