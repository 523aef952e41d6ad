package io.marmalade.crypto.bandersnatch;

import java.util.List;

/** Which backend is in use. */
final class Backends {
    private Backends() {}

    /** Returns the backend to use now. */
    static CurveBackend current() {
        return PlainBackend.INSTANCE;
    }

    /** Returns the backends that this machine can run, the slowest first. */
    static List<CurveBackend> all() {
        return List.of(PlainBackend.INSTANCE, new VectorBackend(PlainBackend.INSTANCE));
    }
}
