package io.marmalade.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the public test vectors are. */
public final class VectorFolder {
    private VectorFolder() {}

    /**
     * Returns the folder of the vectors; the test that asks is skipped if there is none.
     *
     * @return the folder that holds {@code codec}, {@code stf}, {@code traces} and so on
     */
    public static Path require() {
        String property = System.getProperty("marmalade.vectors", "");
        String environment = System.getenv().getOrDefault("MARMALADE_VECTORS", "");
        String named = property.isEmpty() ? environment : property;
        assumeTrue(
                !named.isEmpty(),
                "needs the public test vectors: unpack github.com/w3f/jamtestvectors,"
                    + " davxy/jam-test-vectors and davxy/jam-conformance into a folder and name it"
                    + " in MARMALADE_VECTORS");
        Path folder = Path.of(named);
        assumeTrue(Files.isDirectory(folder), folder + " is not a folder of test vectors");
        return folder;
    }
}
