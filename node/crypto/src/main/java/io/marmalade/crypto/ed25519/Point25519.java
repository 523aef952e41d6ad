package io.marmalade.crypto.ed25519;

import static io.marmalade.crypto.ed25519.Field25519.LIMBS;
import static io.marmalade.crypto.ed25519.Field25519.add;
import static io.marmalade.crypto.ed25519.Field25519.copy;
import static io.marmalade.crypto.ed25519.Field25519.mul;
import static io.marmalade.crypto.ed25519.Field25519.negate;
import static io.marmalade.crypto.ed25519.Field25519.set;
import static io.marmalade.crypto.ed25519.Field25519.square;
import static io.marmalade.crypto.ed25519.Field25519.sub;

/**
 * A point of −x² + y² = 1 + d·x²·y² in extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. The
 * formulas are those of Hisil, Wong, Carter and Dawson of 2008, complete on the whole curve.
 * Mutable; every instance owns its limbs.
 */
final class Point25519 {
    /** d. */
    static final long[] D = {
        0x34dca135978a3L, 0x1a8283b156ebdL, 0x5e7a26001c029L, 0x739c663a03cbbL, 0x52036cee2b6ffL
    };

    static final long[] D2 = {
        0x69b9426b2f159L, 0x35050762add7aL, 0x3cf44c0038052L, 0x6738cc7407977L, 0x2406d9dc56dffL
    };

    /** The even square root of −1. */
    static final long[] ROOT_OF_MINUS_ONE = {
        0x61b274a0ea0b0L, 0x0d5a5fc8f189dL, 0x7ef5e9cbd0c60L, 0x78595a6804c9eL, 0x2b8324804fc1dL
    };

    final long[] x = new long[LIMBS];
    final long[] y = new long[LIMBS];
    final long[] z = new long[LIMBS];
    final long[] t = new long[LIMBS];

    /** A point prepared for being added: Y + X, Y − X, 2Z, 2dT. */
    static final class Cached {
        final long[] plus = new long[LIMBS];
        final long[] minus = new long[LIMBS];
        final long[] z2 = new long[LIMBS];
        final long[] t2d = new long[LIMBS];
    }

    /** What the formulas need for intermediate values; one for each thread. */
    static final class Scratch {
        final long[] a = new long[LIMBS];
        final long[] b = new long[LIMBS];
        final long[] c = new long[LIMBS];
        final long[] d = new long[LIMBS];
        final long[] e = new long[LIMBS];
        final long[] f = new long[LIMBS];
    }

    void setIdentity() {
        set(x, 0);
        set(y, 1);
        set(z, 1);
        set(t, 0);
    }

    void assign(Point25519 other) {
        copy(x, other.x);
        copy(y, other.y);
        copy(z, other.z);
        copy(t, other.t);
    }

    /** Sets this to its negative. */
    void negateSelf() {
        negate(x, x);
        negate(t, t);
    }

    /**
     * Sets this to the point of an encoding by the rules of ZIP-215: the ordinate may be p or more,
     * and a zero abscissa may be called negative.
     *
     * @return whether there is such a point
     */
    boolean decode(byte[] in, int offset, Scratch s) {
        Field25519.load(y, in, offset);
        square(s.a, y);
        mul(s.b, s.a, D);
        set(z, 1);
        sub(s.a, s.a, z); // u = y^2 - 1
        add(s.b, s.b, z); // v = d y^2 + 1
        square(s.c, s.b);
        mul(s.c, s.c, s.b); // v^3
        square(s.d, s.c);
        mul(s.d, s.d, s.b); // v^7
        mul(s.d, s.d, s.a); // u v^7
        Field25519.powerP58(x, s.d, s.e, s.f);
        mul(s.c, s.c, s.a); // u v^3
        mul(x, x, s.c);
        square(s.d, x);
        mul(s.d, s.d, s.b); // v x^2
        sub(s.e, s.d, s.a);
        if (!Field25519.isZero(s.e)) {
            add(s.e, s.d, s.a);
            if (!Field25519.isZero(s.e)) {
                return false;
            }
            mul(x, x, ROOT_OF_MINUS_ONE);
        }
        Field25519.canonical(x);
        if ((x[0] & 1) != (in[offset + 31] >>> 7 & 1)) {
            negate(x, x);
        }
        mul(t, x, y);
        return true;
    }

    /** Sets this to twice itself. */
    void doubleSelf(Scratch s) {
        doubleProjective(s);
        mul(t, s.e, s.c);
    }

    /** Sets X, Y and Z to those of twice this point, T to nonsense. */
    void doubleProjective(Scratch s) {
        square(s.a, x);
        square(s.b, y);
        square(s.d, z);
        add(s.e, x, y);
        square(s.e, s.e);
        add(s.c, s.a, s.b); // h = a + b
        sub(s.e, s.c, s.e); // e
        sub(s.a, s.a, s.b); // g = a - b
        for (int i = 0; i < LIMBS; i++) {
            s.f[i] = 2 * s.d[i] + s.a[i]; // f
        }
        mul(x, s.f, s.e);
        mul(y, s.a, s.c);
        mul(z, s.f, s.a);
    }

    /** Adds a point, or takes it away; with {@code projective}, T becomes nonsense. */
    void addCached(Cached other, boolean minus, boolean projective, Scratch s) {
        mul(s.d, z, other.z2);
        finishAdding(
                minus ? other.minus : other.plus,
                minus ? other.plus : other.minus,
                other.t2d,
                minus,
                projective,
                s);
    }

    /** Adds an affine point given as y + x, y − x and 2dxy, or takes it away. */
    void addPrecomputed(
            long[] plus,
            long[] minus,
            long[] t2d,
            boolean negative,
            boolean projective,
            Scratch s) {
        add(s.d, z, z);
        finishAdding(
                negative ? minus : plus, negative ? plus : minus, t2d, negative, projective, s);
    }

    private void finishAdding(
            long[] plus,
            long[] minus,
            long[] t2d,
            boolean negative,
            boolean projective,
            Scratch s) {
        sub(s.a, y, x);
        mul(s.a, s.a, minus);
        add(s.b, y, x);
        mul(s.b, s.b, plus);
        mul(s.c, t, t2d);
        sub(s.e, s.b, s.a);
        add(s.a, s.b, s.a); // h
        if (negative) {
            add(s.f, s.d, s.c);
            sub(s.b, s.d, s.c);
        } else {
            sub(s.f, s.d, s.c);
            add(s.b, s.d, s.c);
        }
        mul(x, s.f, s.e);
        mul(y, s.b, s.a);
        mul(z, s.f, s.b);
        if (!projective) {
            mul(t, s.a, s.e);
        }
    }

    /** Prepares this point for being added. */
    void cache(Cached out) {
        add(out.plus, y, x);
        sub(out.minus, y, x);
        add(out.z2, z, z);
        mul(out.t2d, t, D2);
    }

    /** Returns whether this is the neutral point. */
    boolean isIdentity(Scratch s) {
        copy(s.a, x);
        sub(s.b, y, z);
        return Field25519.isZero(s.a) && Field25519.isZero(s.b);
    }
}
