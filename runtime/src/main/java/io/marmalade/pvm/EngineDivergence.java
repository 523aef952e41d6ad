package io.marmalade.pvm;

import java.nio.file.Path;

/**
 * Two engines did not do the same: one of them is wrong, and nothing that was computed can be
 * trusted.
 */
public final class EngineDivergence extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what where they differ, and what each of them says
     * @param file what was done up to there, to be replayed
     */
    EngineDivergence(String what, Path file) {
        super(what + "; recorded in " + file);
    }
}
