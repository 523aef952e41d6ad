package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.MemorySegment;

/**
 * What is worth doing differently on different machines: the long computations with elements of
 * {@link Fr} and with points. Implementations are interchangeable to the bit, hold no state that
 * callers see, and may be used by any number of threads.
 */
interface CurveBackend {
    /** Returns the name by which a user selects the backend. */
    String name();

    /**
     * Raises each of {@code count} elements a to the power (t − 1)/2, where t is the odd part of q
     * − 1: the long part of a square root or of a test for squares.
     *
     * @param powers receives for each element {@link SquareRoots#POWERS} others: that power, then b
     *     = a<sup>t</sup>, b<sup>2^8</sup>, b<sup>2^16</sup> and b<sup>2^24</sup>
     */
    void rootPowers(long[] elements, int count, long[] powers);

    /** Inverts one element in place; the inverse of zero is zero. */
    void invert(long[] element);

    /**
     * Computes s·P₁ + c·Q₁ and s·P₂ + c·Q₂, which is most of the work of verifying a signature.
     *
     * @param s a public scalar, four little-endian limbs, below the order of the subgroup
     * @param c likewise
     * @param p1 a point of the subgroup, as are the others
     * @param r1 receives the first sum
     * @param r2 receives the second sum
     */
    void twoSums(
            long[] s, long[] c, long[] p1, long[] q1, long[] p2, long[] q2, long[] r1, long[] r2);

    /**
     * Computes what {@link #twoSums} does, and adds a multiple of the blinding base to the second
     * sum: s·P₂ + c·Q₂ + b·B.
     *
     * @param b a public scalar below the order of the subgroup
     */
    default void twoSumsBlinded(
            long[] s,
            long[] c,
            long[] b,
            long[] p1,
            long[] q1,
            long[] p2,
            long[] q2,
            long[] r1,
            long[] r2) {
        twoSums(s, c, p1, q1, p2, q2, r1, r2);
        FixedBase.blinding().addMultiple(r2, b);
    }

    /** How many points are decoded at the cost of one. */
    default int pointsAtOnce() {
        return 1;
    }

    /**
     * Decodes points of G1; needs blst.
     *
     * @param octets has their encodings of {@link GroupDecoding#SIZE} octets without gaps
     * @param first which of them is the first to be decoded
     * @param end which is the one after the last
     * @param points where the affine points go: the first of all, not the first of these
     * @param valid receives for each whether it is a point of the group, properly encoded; the
     *     identity is one
     */
    default void decodePoints(byte[] octets, int first, int end, long points, boolean[] valid) {
        for (int i = first; i < end; i++) {
            valid[i] =
                    GroupDecoding.decode(
                            points + (long) i * Blst.P1_AFFINE_SIZE,
                            octets,
                            GroupDecoding.SIZE * i);
        }
    }

    /**
     * Writes the sum of scalarᵢ · pointᵢ; needs blst.
     *
     * @param sum where the Jacobian result goes
     * @param scalars what {@link FixedPointSums#putScalar} wrote
     * @param first the index of the first scalar and point of the sum
     * @param end the index after the last
     */
    default void fixedSum(long sum, FixedPoints points, MemorySegment scalars, int first, int end) {
        FixedPointSums.sum(sum, points.rows(0), scalars, first, end);
    }
}
