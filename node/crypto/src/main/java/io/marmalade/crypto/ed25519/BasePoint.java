package io.marmalade.crypto.ed25519;

import java.util.Arrays;

/** The base point of Ed25519, with ordinate 4/5, and tables of its multiples. */
final class BasePoint {
    /** Its encoding. */
    private static final byte[] ENCODING = new byte[32];

    static {
        Arrays.fill(ENCODING, (byte) 0x66);
        ENCODING[0] = 0x58;
    }

    private BasePoint() {}

    static Point25519 point() {
        Point25519 point = new Point25519();
        if (!point.decode(ENCODING, 0, new Point25519.Scratch())) {
            throw new IllegalStateException("The base point is not on the curve");
        }
        return point;
    }

    /**
     * Returns the odd multiples 1, 3, 5, ... in affine coordinates: y + x, y − x, 2dxy of each,
     * with carries done.
     */
    static long[][][] oddMultiples(int count) {
        Point25519.Scratch scratch = new Point25519.Scratch();
        Point25519 point = point();
        Point25519 doubled = point();
        doubled.doubleSelf(scratch);
        Point25519.Cached twice = new Point25519.Cached();
        doubled.cache(twice);
        long[][][] multiples = new long[count][][];
        for (int i = 0; i < count; i++) {
            multiples[i] = affine(point);
            point.addCached(twice, false, false, scratch);
        }
        return multiples;
    }

    /** Returns the multiples 1, 2, 3, ... in the same form. */
    static long[][][] multiples(int count) {
        Point25519.Scratch scratch = new Point25519.Scratch();
        Point25519 point = point();
        Point25519.Cached once = new Point25519.Cached();
        point.cache(once);
        long[][][] multiples = new long[count][][];
        for (int i = 0; i < count; i++) {
            multiples[i] = affine(point);
            point.addCached(once, false, false, scratch);
        }
        return multiples;
    }

    /** Returns y + x, y − x and 2dxy of a point. */
    static long[][] affine(Point25519 point) {
        long[] inverse = inverse(point.z);
        long[] x = new long[Field25519.LIMBS];
        long[] y = new long[Field25519.LIMBS];
        Field25519.mul(x, point.x, inverse);
        Field25519.mul(y, point.y, inverse);
        long[][] values = new long[3][Field25519.LIMBS];
        Field25519.add(values[0], y, x);
        Field25519.sub(values[1], y, x);
        Field25519.mul(values[2], x, y);
        Field25519.mul(values[2], values[2], Point25519.D2);
        for (long[] value : values) {
            Field25519.canonical(value);
        }
        return values;
    }

    /** Returns a^(p−2): p − 2 = 8·(2^252 − 3) + 3. */
    private static long[] inverse(long[] a) {
        long[] r = new long[Field25519.LIMBS];
        long[] t = new long[Field25519.LIMBS];
        long[] u = new long[Field25519.LIMBS];
        Field25519.powerP58(r, a, t, u);
        Field25519.squareTimes(r, r, 3);
        Field25519.square(t, a);
        Field25519.mul(t, t, a);
        Field25519.mul(r, r, t);
        return r;
    }
}
