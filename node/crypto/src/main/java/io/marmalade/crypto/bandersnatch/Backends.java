package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which backend is in use. At start it is blst's, or the plain one where blst is missing. Where the
 * machine has vectors of 512 bits, a thread in the background runs the vector backend until it has been
 * compiled, and then switches it in; nobody waits for that.
 *
 * <p>The system property {@code marmalade.bandersnatch} chooses one for good: {@code plain}, {@code blst}
 * or {@code vector}.
 */
final class Backends {
    private static final String PROPERTY = "marmalade.bandersnatch";

    private static volatile CurveBackend current = first(System.getProperty(PROPERTY));

    static {
        if (System.getProperty(PROPERTY) == null && vectorsAreSupported()) {
            Thread thread = new Thread(Backends::warmUp, "bandersnatch-warm-up");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        }
    }

    private Backends() {}

    /** Returns the backend to use now. */
    static CurveBackend current() {
        return current;
    }

    /** Returns the backends that this machine can run, the slowest first. */
    static List<CurveBackend> all() {
        List<CurveBackend> all = new ArrayList<>();
        all.add(PlainBackend.INSTANCE);
        if (Blst.isAvailable()) {
            all.add(new BlstBackend());
        }
        if (vectorsAreSupported()) {
            all.add(new VectorBackend(all.getLast()));
        }
        return all;
    }

    private static CurveBackend first(@Nullable String chosen) {
        if (chosen == null) {
            return Blst.isAvailable() ? new BlstBackend() : PlainBackend.INSTANCE;
        }
        for (CurveBackend backend : all()) {
            if (backend.name().equals(chosen)) {
                return backend;
            }
        }
        throw new IllegalArgumentException(
                "-D" + PROPERTY + "=" + chosen + ": this machine has the backends "
                        + all().stream().map(CurveBackend::name).toList());
    }

    /** Returns whether the vector backend would be fast here. */
    static boolean vectorsAreSupported() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                && VectorBackend.isSupported();
    }

    private static void warmUp() {
        CurveBackend vector = new VectorBackend(current);
        if (WarmUp.run(vector, current)) {
            current = vector;
        }
    }
}
