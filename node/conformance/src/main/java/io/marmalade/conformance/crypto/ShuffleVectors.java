package io.marmalade.conformance.crypto;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.base.Hash;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.crypto.shuffle.Shuffle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Shuffles 0..n−1 by a hash and compares the order. */
public final class ShuffleVectors {
    private ShuffleVectors() {}

    /**
     * Runs the vectors of a folder.
     *
     * @throws IOException if the file cannot be read
     */
    public static FamilyResult run(Path folder) throws IOException {
        return JsonCases.run(
                "shuffle",
                folder.resolve("shuffle_tests.json"),
                vector -> {
                    JsonNode output = vector.path("output");
                    int[] expected =
                            StreamSupport.stream(output.spliterator(), false)
                                    .mapToInt(JsonNode::intValue)
                                    .toArray();
                    int size = vector.path("input").asInt(-1);
                    if (!output.isArray() || size != expected.length) {
                        throw new IllegalArgumentException("input and output do not agree");
                    }
                    Hash entropy = Hash.parse(JsonCases.text(vector, "entropy"));
                    int[] shuffled = Shuffle.shuffle(size, entropy);
                    int differing =
                            IntStream.range(0, size)
                                    .filter(i -> shuffled[i] != expected[i])
                                    .findFirst()
                                    .orElse(-1);
                    return differing < 0 ? null : "size " + size + " differs at " + differing;
                });
    }
}
