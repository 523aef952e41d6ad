package io.marmalade.pvm.jit;

/** Where guest memories lie, which decides how compiled code reaches them. */
enum MemoryKind {
    /** Outside of the Java heap; needs a JVM that lets us. */
    MAPPED,

    /** In an array, in every JVM. */
    ARRAY;

    private static final MemoryKind CHOSEN = choose();

    /**
     * Returns what this JVM can have, or what the system property {@code marmalade.jit.memory}
     * ({@code mapped} or {@code array}) says.
     */
    static MemoryKind chosen() {
        return CHOSEN;
    }

    private static MemoryKind choose() {
        String asked = System.getProperty("marmalade.jit.memory", "");
        return switch (asked) {
            case "" -> Mapping.available() ? MAPPED : ARRAY;
            case "array" -> ARRAY;
            case "mapped" -> {
                if (!Mapping.available()) {
                    throw new IllegalStateException(
                            "marmalade.jit.memory=mapped needs Linux and the options"
                                    + " --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"
                                    + " --enable-native-access=ALL-UNNAMED");
                }
                yield MAPPED;
            }
            default ->
                    throw new IllegalArgumentException(
                            "marmalade.jit.memory is mapped or array, not " + asked);
        };
    }
}
