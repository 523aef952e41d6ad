package io.marmalade.crypto.bandersnatch;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Points of G1 that are known beforehand, with their multiples for {@link FixedPointSums}. */
final class FixedPoints {
    private final MemorySegment rows;
    private int count;
    private double @Nullable [] lanes;

    /**
     * @param capacity how many points there may be
     */
    FixedPoints(int capacity) {
        rows = Arena.global().allocate(capacity * FixedPointSums.ROW_SIZE, 64);
    }

    int count() {
        return count;
    }

    /** Adds affine points, none of them the identity, that lie without gaps. */
    synchronized void add(long points, int more) {
        FixedPointSums.prepare(rows(count), points, more);
        count += more;
        lanes = null;
    }

    /** Returns where the rows lie from some point on. */
    long rows(int first) {
        return rows.address() + first * FixedPointSums.ROW_SIZE;
    }

    /** Returns the multiples as {@link FixedPointLanes} wants them. */
    synchronized double[] lanes() {
        double[] known = lanes;
        if (known == null) {
            known = FixedPointLanes.table(rows(0), count);
            lanes = known;
        }
        return known;
    }
}
