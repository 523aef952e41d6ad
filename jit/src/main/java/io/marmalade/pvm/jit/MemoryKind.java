package io.marmalade.pvm.jit;

import java.util.function.Supplier;

/** Where guest memories lie, which decides how compiled code reaches them. */
enum MemoryKind {
    /** Outside of the Java heap; needs a JVM that lets us. */
    MAPPED,

    /** In an array, in every JVM. */
    ARRAY;

    /** Finding out takes tens of milliseconds in a process that does not call native code yet. */
    private static final class Choice {
        static final MemoryKind CHOSEN = choose();
    }

    /**
     * Returns what this JVM can have, or what the system property {@code marmalade.jit.memory}
     * ({@code mapped} or {@code array}) says.
     */
    static MemoryKind chosen() {
        return Choice.CHOSEN;
    }

    /** Says the same, and finds it out only when asked, unless there is a choice to be checked. */
    static Supplier<MemoryKind> later() {
        if (!asked().isEmpty()) {
            chosen();
        }
        return MemoryKind::chosen;
    }

    private static String asked() {
        return System.getProperty("marmalade.jit.memory", "");
    }

    private static MemoryKind choose() {
        return switch (asked()) {
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
                            "marmalade.jit.memory is mapped or array, not " + asked());
        };
    }
}
