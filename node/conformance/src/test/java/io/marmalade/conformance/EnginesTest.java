package io.marmalade.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Optional;

class EnginesTest {
    @Test
    void namesEnginesAsTheyNameThemselves() {
        for (String name : Engines.NAMES) {
            assertEquals(name, Engines.named(name, Path.of("none")).orElseThrow().name());
        }
        assertEquals(Optional.empty(), Engines.named("nonsense", Path.of("none")));
    }
}
