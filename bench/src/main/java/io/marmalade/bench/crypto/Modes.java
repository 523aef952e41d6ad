package io.marmalade.bench.crypto;

/** Options by which a benchmark's process chooses an implementation. */
final class Modes {
    static final String MODULE = "--add-modules=jdk.incubator.vector";
    static final String VECTORS = "-Dmarmalade.vector=on";
    static final String PLAIN = "-Dmarmalade.vector=off";

    private Modes() {}
}
