package io.marmalade.crypto.backend;

import jdk.incubator.vector.LongVector;

/** Asks the Vector API about itself; only to be loaded where its module is there. */
final class VectorWidth {
    private VectorWidth() {}

    static int bits() {
        return LongVector.SPECIES_PREFERRED.vectorBitSize();
    }
}
