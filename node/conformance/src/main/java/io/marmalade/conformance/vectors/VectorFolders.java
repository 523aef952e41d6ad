package io.marmalade.conformance.vectors;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the public test vectors lie: system property {@code marmalade.vectors}, or else environment
 * variable {@code MARMALADE_VECTORS}.
 */
public final class VectorFolders {
    /** What to say where vectors are absent: where they come from, and how to name their folder. */
    public static final String WHERE_FROM =
            "no test vectors: get them from github.com/w3f/jamtestvectors, davxy/jam-test-vectors"
                    + " and davxy/jam-conformance, and name the folder by -Dmarmalade.vectors or"
                    + " MARMALADE_VECTORS";

    private VectorFolders() {}

    /**
     * Returns the folder of a family of vectors, if it is there.
     *
     * @param family a path below the folder of all vectors, such as {@code codec/tiny}
     */
    public static Optional<Path> find(String family) {
        String root = System.getProperty("marmalade.vectors", System.getenv("MARMALADE_VECTORS"));
        if (root == null || root.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Path.of(root).resolve(family);
        return Files.exists(folder) ? Optional.of(folder) : Optional.empty();
    }
}
