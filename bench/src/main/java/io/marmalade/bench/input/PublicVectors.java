package io.marmalade.bench.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of public vectors, which real services and blocks come from. */
public final class PublicVectors {
    /** What a user is told who has none. */
    public static final String ORIGIN =
            "public vectors (github.com/davxy/jam-test-vectors, davxy/jam-conformance,"
                    + " w3f/jamtestvectors)";

    private PublicVectors() {}

    /**
     * Returns the folder that the property {@code marmalade.vectors} or the environment's {@code
     * MARMALADE_VECTORS} names.
     *
     * @return nothing if neither does, or no folder is there
     */
    public static Optional<Path> folder() {
        String named = System.getProperty("marmalade.vectors");
        if (named == null || named.isEmpty()) {
            named = System.getenv("MARMALADE_VECTORS");
        }
        return Optional.ofNullable(named)
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isDirectory);
    }

    /**
     * Returns a path in the folder.
     *
     * @param path relative to it
     * @return the path, which may not exist
     * @throws IllegalStateException if there is no folder
     */
    public static Path path(String path) {
        return folder().orElseThrow(() -> new IllegalStateException("needs the " + ORIGIN))
                .resolve(path);
    }
}
