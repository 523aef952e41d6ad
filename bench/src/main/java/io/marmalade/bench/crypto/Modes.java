package io.marmalade.bench.crypto;

/** Options by which a benchmark's process chooses an implementation. */
final class Modes {
    static final String MODULE = "--add-modules=jdk.incubator.vector";
    static final String VECTORS = "-Dmarmalade.vector=on";
    static final String PLAIN = "-Dmarmalade.vector=off";
    static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
    static final String BANDERSNATCH_VECTORS = "-Dmarmalade.bandersnatch=vector";
    static final String BANDERSNATCH_BLST = "-Dmarmalade.bandersnatch=blst";
    static final String BANDERSNATCH_PLAIN = "-Dmarmalade.bandersnatch=plain";

    private Modes() {}
}
