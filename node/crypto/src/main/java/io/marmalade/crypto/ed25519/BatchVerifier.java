package io.marmalade.crypto.ed25519;

import java.util.List;

/** Checks many signatures. An implementation may be used by several threads at once. */
interface BatchVerifier {
    /** Returns for each check its verdict. */
    boolean[] verify(List<Ed25519.Check> checks);
}
