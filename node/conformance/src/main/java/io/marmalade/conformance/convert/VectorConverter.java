package io.marmalade.conformance.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.json.Shape;
import io.marmalade.conformance.json.Structures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns vectors of the transition's parts from 0.7.2 into 0.8.0, by written rules. The posterior
 * states and outputs stay those of the public vectors but for what a rule says.
 */
public final class VectorConverter {
    /** The parts that can be converted. */
    public static final Set<String> PARTS =
            Set.of(
                    "safrole",
                    "disputes",
                    "assurances",
                    "reports",
                    "history",
                    "authorizations",
                    "preimages",
                    "statistics");

    private final ProtocolConfig before;
    private final ProtocolConfig after;
    private final DevelopmentKeys keys = new DevelopmentKeys();

    /**
     * @param before what the vectors are of
     * @param after the same chain under the other version
     */
    public VectorConverter(ProtocolConfig before, ProtocolConfig after) {
        this.before = before;
        this.after = after;
    }

    /** Returns the rules in words, in the order they are applied in. */
    public static List<String> rules() {
        return Arrays.stream(Rule.values()).map(Rule::toString).toList();
    }

    /**
     * Converts a vector.
     *
     * @param part one of {@link #PARTS}
     * @param vector its encoding
     * @return the new encoding
     */
    public byte[] convert(String part, byte[] vector) {
        Shape shape = Structures.named("stf-" + part).orElseThrow();
        ObjectNode json = (ObjectNode) shape.decode(before, vector);
        Conversion conversion = new Conversion(part, before, after, json, keys);
        for (Rule rule : Rule.values()) {
            rule.apply(conversion);
        }
        return shape.encode(after, json);
    }

    /**
     * Converts a folder of vectors.
     *
     * @param part one of {@link #PARTS}
     * @param from holds the vectors
     * @param to where the new ones go, under the same names; it is made if it is missing
     * @return how many there are
     * @throws IOException if a file cannot be read or written
     */
    public int convert(String part, Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(from)) {
            files = entries.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
        }
        Files.createDirectories(to);
        for (Path file : files) {
            Files.write(
                    to.resolve(String.valueOf(file.getFileName())),
                    convert(part, Files.readAllBytes(file)));
        }
        return files.size();
    }
}
