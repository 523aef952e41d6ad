package io.marmalade.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the public test vectors are: system property {@code marmalade.vectors}, or else environment
 * variable {@code MARMALADE_VECTORS}. A test that asks for what is not there is skipped.
 */
public final class VectorFolder {
    private static final String WHERE_FROM =
            "unpack github.com/w3f/jamtestvectors, davxy/jam-test-vectors and"
                    + " davxy/jam-conformance into a folder and name it in MARMALADE_VECTORS";

    private VectorFolder() {}

    /** Returns the folder that holds {@code codec}, {@code stf}, {@code traces} and so on. */
    public static Path require() {
        String property = System.getProperty("marmalade.vectors", "");
        String environment = System.getenv().getOrDefault("MARMALADE_VECTORS", "");
        String named = property.isEmpty() ? environment : property;
        assumeTrue(!named.isEmpty(), "needs the public test vectors: " + WHERE_FROM);
        Path folder = Path.of(named);
        assumeTrue(
                Files.isDirectory(folder),
                folder + " is not a folder of test vectors: " + WHERE_FROM);
        return folder;
    }

    /**
     * Returns the folder of a family of vectors.
     *
     * @param family a path below the folder of all vectors, such as {@code codec/tiny}
     */
    public static Path require(String family) {
        Path folder = require().resolve(family);
        assumeTrue(Files.isDirectory(folder), "no vectors at " + folder + ": " + WHERE_FROM);
        return folder;
    }
}
