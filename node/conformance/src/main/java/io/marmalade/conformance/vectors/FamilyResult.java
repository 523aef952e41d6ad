package io.marmalade.conformance.vectors;

import java.util.List;

/**
 * How one family of vectors fared.
 *
 * @param family the name of the family, as its folder is called
 * @param passed how many vectors passed
 * @param failures what failed: a line each, with the file and, where there is one, the offset
 */
public record FamilyResult(String family, int passed, List<String> failures) {
    /** Keeps a copy of the list. */
    public FamilyResult {
        failures = List.copyOf(failures);
    }

    /** Returns the number of vectors that were run. */
    public int total() {
        return passed + failures.size();
    }

    /** Returns whether there were vectors and all of them passed. */
    public boolean allPassed() {
        return passed > 0 && failures.isEmpty();
    }
}
