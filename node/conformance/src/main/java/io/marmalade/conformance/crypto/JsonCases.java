package io.marmalade.conformance.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.marmalade.conformance.vectors.FamilyResult;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the cases of a file that is one JSON array. */
final class JsonCases {
    private JsonCases() {}

    /** Judges one case: returns what is wrong, or null. */
    interface Judge {
        @Nullable String judge(JsonNode vector);
    }

    static FamilyResult run(String family, Path file, Judge judge) throws IOException {
        JsonNode cases = new ObjectMapper().readTree(Files.readAllBytes(file));
        if (cases == null || !cases.isArray()) {
            return new FamilyResult(family, 0, List.of(file.getFileName() + ": not an array"));
        }
        int passed = 0;
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            String wrong;
            try {
                wrong = judge.judge(cases.get(i));
            } catch (IllegalArgumentException e) {
                wrong = "malformed: " + e.getMessage();
            }
            if (wrong == null) {
                passed++;
            } else {
                failures.add(file.getFileName() + " case " + i + ": " + wrong);
            }
        }
        return new FamilyResult(family, passed, failures);
    }

    /** Returns a field's text; an absent one is malformed. */
    static String text(JsonNode vector, String field) {
        JsonNode value = vector.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("no text \"" + field + "\"");
        }
        return value.textValue();
    }
}
