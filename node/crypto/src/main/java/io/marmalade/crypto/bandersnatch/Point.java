package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import java.util.HexFormat;

/**
 * Points of Bandersnatch, −5x² + y² = 1 + dx²y², in extended coordinates: x = X/Z, y = Y/Z, T =
 * XY/Z, as sixteen limbs X, Y, Z, T.
 *
 * <p>The addition law has no exception in the subgroup of prime order, which is where all points
 * lie that come out of {@link PointBatch}. Results may overlap operands.
 */
final class Point {
    /** The number of limbs of a point. */
    static final int LENGTH = 4 * LIMBS;

    static final int X = 0;
    static final int Y = LIMBS;
    static final int Z = 2 * LIMBS;
    static final int T = 3 * LIMBS;

    /** The curve's d. */
    static final long[] D =
            Fr.of("45022363124591815672509500913686876175488063829319466900776701791074614335719");

    /** The generator of the subgroup. */
    static final long[] GENERATOR =
            constant(
                    "18886178867200960497001835917649091219057080094937609519140440539760939937304",
                    "19188667384257783945677642223292697773471335439753913231509108946878080696678");

    /** The base of blinding factors. */
    static final long[] BLINDING_BASE =
            constant(
                    "6150229251051246713677296363717454238956877613358614224171740096471278798312",
                    "28442734166467795856797249030329035618871580593056783094884474814923353898473");

    /** Where the ring proof's accumulator of points starts. */
    static final long[] ACCUMULATOR_SEED =
            constant(
                    "37805570861274048643170021838972902516980894313648523898085159469000338764576",
                    "14738305321141000190236674389841754997202271418876976886494444739226156422510");

    /** What stands in a ring for a key that is no point, and for keys that are not there. */
    static final long[] PADDING =
            constant(
                    "26287722405578650394504321825321286533153045350760430979437739593351290020913",
                    "19058981610000167534379068105702216971787064146691007947119244515951752366738");

    private Point() {}

    private static long[] constant(String x, String y) {
        long[] point = new long[LENGTH];
        ofAffine(point, Fr.of(x), 0, Fr.of(y), 0);
        return point;
    }

    static void identity(long[] r) {
        Fr.copy(r, X, Fr.ZERO, 0);
        Fr.copy(r, Y, Fr.ONE, 0);
        Fr.copy(r, Z, Fr.ONE, 0);
        Fr.copy(r, T, Fr.ZERO, 0);
    }

    static void ofAffine(long[] r, long[] x, int xo, long[] y, int yo) {
        Fr.mul(r, T, x, xo, y, yo);
        Fr.copy(r, X, x, xo);
        Fr.copy(r, Y, y, yo);
        Fr.copy(r, Z, Fr.ONE, 0);
    }

    static void negate(long[] r, long[] p) {
        Fr.negate(r, X, p, X);
        Fr.copy(r, Y, p, Y);
        Fr.copy(r, Z, p, Z);
        Fr.negate(r, T, p, T);
    }

    /**
     * Adds two points.
     *
     * @param w eight elements to work in
     */
    static void add(long[] r, int ro, long[] p, int po, long[] q, int qo, long[] w) {
        Fr.mul(w, 0, p, po + X, q, qo + X); // A
        Fr.mul(w, 4, p, po + Y, q, qo + Y); // B
        Fr.mul(w, 8, p, po + T, D, 0);
        Fr.mul(w, 8, w, 8, q, qo + T); // C
        Fr.mul(w, 12, p, po + Z, q, qo + Z); // D
        Fr.add(w, 16, p, po + X, p, po + Y);
        Fr.add(w, 20, q, qo + X, q, qo + Y);
        Fr.mul(w, 16, w, 16, w, 20);
        Fr.sub(w, 16, w, 16, w, 0);
        Fr.sub(w, 16, w, 16, w, 4); // E
        Fr.sub(w, 20, w, 12, w, 8); // F
        Fr.add(w, 24, w, 12, w, 8); // G
        timesFive(w, 28, w, 0);
        Fr.add(w, 28, w, 28, w, 4); // H = B − aA
        finish(r, ro, w);
    }

    /**
     * Doubles a point.
     *
     * @param w eight elements to work in
     */
    static void twice(long[] r, int ro, long[] p, int po, long[] w) {
        Fr.square(w, 0, p, po + X); // A
        Fr.square(w, 4, p, po + Y); // B
        Fr.square(w, 8, p, po + Z);
        Fr.add(w, 8, w, 8, w, 8); // C
        Fr.add(w, 16, p, po + X, p, po + Y);
        Fr.square(w, 16, w, 16);
        Fr.sub(w, 16, w, 16, w, 0);
        Fr.sub(w, 16, w, 16, w, 4); // E
        timesFive(w, 12, w, 0); // −D
        Fr.sub(w, 24, w, 4, w, 12); // G = D + B
        Fr.sub(w, 20, w, 24, w, 8); // F = G − C
        Fr.add(w, 28, w, 12, w, 4);
        Fr.negate(w, 28, w, 28); // H = D − B
        finish(r, ro, w);
    }

    private static void finish(long[] r, int ro, long[] w) {
        Fr.mul(r, ro + X, w, 16, w, 20);
        Fr.mul(r, ro + Y, w, 24, w, 28);
        Fr.mul(r, ro + T, w, 16, w, 28);
        Fr.mul(r, ro + Z, w, 20, w, 24);
    }

    private static void timesFive(long[] r, int ro, long[] a, int ao) {
        Fr.add(r, ro, a, ao, a, ao);
        Fr.add(r, ro, r, ro, r, ro);
        Fr.add(r, ro, r, ro, a, ao);
    }

    /** Returns room for {@link #add} and {@link #twice} to work in. */
    static long[] workspace() {
        return new long[8 * LIMBS];
    }

    /** Returns whether two points are the same. */
    static boolean equal(long[] p, long[] q) {
        long[] w = new long[2 * LIMBS];
        Fr.mul(w, 0, p, X, q, Z);
        Fr.mul(w, 4, q, X, p, Z);
        if (!Fr.equal(w, 0, w, 4)) {
            return false;
        }
        Fr.mul(w, 0, p, Y, q, Z);
        Fr.mul(w, 4, q, Y, p, Z);
        return Fr.equal(w, 0, w, 4);
    }

    /** Brings points to Z = 1 with one inversion. */
    static void normalize(CurveBackend backend, long[]... points) {
        long[] inverses = new long[LIMBS * points.length];
        for (int i = 0; i < points.length; i++) {
            Fr.copy(inverses, LIMBS * i, points[i], Z);
        }
        Fr.invertAll(inverses, 0, points.length, backend);
        for (int i = 0; i < points.length; i++) {
            long[] p = points[i];
            Fr.mul(p, X, p, X, inverses, LIMBS * i);
            Fr.mul(p, Y, p, Y, inverses, LIMBS * i);
            Fr.mul(p, T, p, X, p, Y);
            Fr.copy(p, Z, Fr.ONE, 0);
        }
    }

    /** Writes the 32 octets of a point whose Z is 1. */
    static void encode(byte[] octets, int offset, long[] p) {
        Fr.encode(octets, offset, p, Y);
        if (Fr.isLarger(p, X)) {
            octets[offset + 31] |= (byte) 0x80;
        }
    }

    /** Returns a point whose Z is 1 in hexadecimal. */
    static String toString(long[] p) {
        byte[] octets = new byte[32];
        encode(octets, 0, p);
        return HexFormat.of().formatHex(octets);
    }
}
