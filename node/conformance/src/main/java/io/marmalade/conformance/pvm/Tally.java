package io.marmalade.conformance.pvm;

import io.marmalade.conformance.vectors.FamilyResult;

import java.util.ArrayList;
import java.util.List;

/** Adds up the results of a family. */
final class Tally {
    private final String family;
    private final List<String> failures = new ArrayList<>();
    private int passed;

    Tally(String family) {
        this.family = family;
    }

    /** Plays one vector; no complaints are a pass. */
    void play(String name, Vector vector) {
        List<String> complaints = new ArrayList<>();
        try {
            vector.play(complaints);
        } catch (Exception e) {
            complaints.add("threw " + e);
        }
        if (complaints.isEmpty()) {
            passed++;
        } else {
            failures.add(name + ": " + String.join("; ", complaints));
        }
    }

    FamilyResult result() {
        return new FamilyResult(family, passed, failures);
    }

    /** One vector. */
    @FunctionalInterface
    interface Vector {
        /**
         * Plays it.
         *
         * @param complaints where to say what is wrong
         */
        void play(List<String> complaints) throws Exception;
    }
}
