package io.marmalade.conformance.trie;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.merkle.StateTrie;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds tries, at once and key by key, and compares their roots. */
public final class TrieVectors {
    private TrieVectors() {}

    /**
     * Runs the cases of {@code trie.json} in a folder.
     *
     * @throws IOException if it cannot be read
     */
    public static FamilyResult run(Path folder) throws IOException {
        int passed = 0;
        List<String> failures = new ArrayList<>();
        int index = 0;
        for (JsonNode test : new ObjectMapper().readTree(folder.resolve("trie.json").toFile())) {
            TreeMap<StateKey, Bytes> entries = new TreeMap<>();
            test.get("input")
                    .properties()
                    .forEach(entry ->
                            entries.put(
                                    key(entry.getKey()), Bytes.parse(entry.getValue().asText())));
            Hash expected = Hash.parse(test.get("output").asText());
            Hash built = StateTrie.of(entries).root();
            Hash edited = oneByOne(entries).root();
            if (built.equals(expected) && edited.equals(expected)) {
                passed++;
            } else {
                failures.add(
                        "case "
                                + index
                                + ": root "
                                + expected
                                + ", but built "
                                + built
                                + ", key by key "
                                + edited);
            }
            index++;
        }
        return new FamilyResult("trie", passed, failures);
    }

    private static StateTrie oneByOne(SortedMap<StateKey, Bytes> entries) {
        StateTrie trie = StateTrie.EMPTY;
        for (StateKey key : entries.reversed().keySet()) {
            trie = trie.updated(new TreeMap<>(entries.subMap(key, StateKey.of(next(key)))));
        }
        return trie;
    }

    private static byte[] next(StateKey key) {
        byte[] octets = key.toArray();
        for (int i = octets.length - 1; i >= 0 && ++octets[i] == 0; i--) {
            // The carry goes on to the octet before.
        }
        return octets;
    }

    /** Vectors' keys have an octet more than state keys: one that counts for nothing. */
    private static StateKey key(String hex) {
        return StateKey.of(Arrays.copyOf(Bytes.parse(hex).octets(), StateKey.SIZE));
    }
}
