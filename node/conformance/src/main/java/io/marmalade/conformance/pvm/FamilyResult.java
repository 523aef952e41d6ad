package io.marmalade.conformance.pvm;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a family of vectors.
 *
 * @param family the family's name
 * @param passed how many passed
 * @param failures those that did not, in the order they were played
 */
public record FamilyResult(String family, int passed, List<Failure> failures) {
    /**
     * A vector that failed.
     *
     * @param name the vector's name
     * @param reason what was expected and what came
     */
    public record Failure(String name, String reason) {}

    /** Keeps a copy of the failures. */
    public FamilyResult {
        failures = List.copyOf(failures);
    }

    /** Returns how many vectors were played. */
    public int total() {
        return passed + failures.size();
    }

    /** Adds up a family's results. */
    static final class Tally {
        private final String family;
        private final List<Failure> failures = new ArrayList<>();
        private int passed;

        Tally(String family) {
            this.family = family;
        }

        /** Plays one vector; an empty list of complaints is a pass. */
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
                failures.add(new Failure(name, String.join("; ", complaints)));
            }
        }

        FamilyResult result() {
            return new FamilyResult(family, passed, failures);
        }
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
