package io.marmalade.conformance.pvm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the files of vectors. */
final class VectorFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private VectorFiles() {}

    /** Returns a folder's files with an ending, by name. */
    static List<Path> list(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Returns the octets of an array of numbers. */
    static byte[] octets(JsonNode array) {
        byte[] octets = new byte[array.size()];
        for (int index = 0; index < octets.length; index++) {
            octets[index] = (byte) array.get(index).intValue();
        }
        return octets;
    }

    /** Returns a number of 64 bits, unsigned. */
    static long natural(JsonNode number) {
        return number.bigIntegerValue().longValue();
    }
}
