package io.marmalade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every label that a docstring cites stands in the paper, as pinned. */
class PaperLabelsTest {
    private static final Pattern CITATION =
            Pattern.compile("^\\s*(?:/\\*)?\\*\\s*@gp\\s+(.*?)\\s*(?:\\*/)?$");

    @Test
    void everyCitedLabelStandsInThePaper() throws IOException {
        Set<String> labels = labels();
        List<String> unknown = new ArrayList<>();
        int citations = 0;
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                Matcher citation = CITATION.matcher(lines.get(i));
                if (citation.find()) {
                    for (String label : citation.group(1).split("[,\\s]+")) {
                        citations++;
                        if (!labels.contains(label)) {
                            unknown.add(file.getFileName() + ":" + (i + 1) + " " + label);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), unknown, "labels that the paper does not have");
        assertTrue(citations > 50, "only " + citations + " citations found: is the pattern right?");
    }

    private static Set<String> labels() throws IOException {
        try (InputStream in = PaperLabelsTest.class.getResourceAsStream("paper-labels.txt")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return new HashSet<>(text.lines().toList());
        }
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of(System.getProperty("marmalade.root", "../.."));
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("src/main/java"))
                    .sorted()
                    .toList();
        }
    }
}
