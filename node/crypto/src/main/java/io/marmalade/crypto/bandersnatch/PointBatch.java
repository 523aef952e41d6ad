package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Points that are decoded, and messages that are mapped to the curve, all together: their square
 * roots and tests for squares share one call of the backend, and their divisions one inversion.
 *
 * <p>Add encodings and messages, {@link #solve}, then ask for the points by the indices that adding
 * gave.
 */
final class PointBatch {
    private static final BigInteger ALPHA =
            new BigInteger(
                    "29978822694968839326280996386011761570173833766074948509196803838190355340952");
    private static final BigInteger BETA =
            new BigInteger(
                    "25465760566081946422412445027709227188579564747101592991722834452325077642517");

    /** Montgomery's J and K, of Kt² = s³ + Js² + s, and what the map needs of them. */
    private static final long[] J = Fr.of(ALPHA);

    private static final long[] K = Fr.of(BETA);
    private static final long[] C = Fr.of(ALPHA.multiply(BETA.modInverse(Fr.MODULUS)));
    private static final long[] C_SQUARED = Fr.of(Fr.toBigInteger(C, 0).pow(2));
    private static final long[] MINUS_C = Fr.of(Fr.toBigInteger(C, 0).negate());
    private static final long[] INVERSE_K_SQUARED = Fr.of(BETA.modInverse(Fr.MODULUS).pow(2));

    /** One of the two roots of s² + Js + 1: the s of a point of order two. */
    private static final long[] E2 =
            Fr.of("37446463827641770816307242315180085052603635617490163568005256780843403514038");

    private static final long[] MINUS_FIVE = Fr.of(BigInteger.valueOf(-5));

    private static final byte[] DOMAIN =
            ("ECVRF_Bandersnatch_XMD:SHA-512_ELL2_RO_Bandersnatch_SHA-512_ELL2" + (char) 64)
                    .getBytes(StandardCharsets.US_ASCII);

    /** What an encoding or half a message occupies among the elements. */
    private static final int UNKNOWNS = 3;

    private final int capacity;
    private int count;

    /** For each entry y, or u of one half of a message. */
    private final long[] inputs;

    /** For each entry its denominator. */
    private final long[] denominators;

    /** What is raised to a power: uv and two tests for an encoding, z for half a message. */
    private final long[] bases;

    private final boolean[] message;
    private final boolean[] larger;
    private final boolean[] invalid;
    private final boolean[] outside;
    private final boolean[] unchecked;
    private final long[][] points;

    /**
     * @param capacity how many entries: one for an encoding, two for a message
     */
    PointBatch(int capacity) {
        this.capacity = capacity;
        inputs = new long[LIMBS * capacity];
        denominators = new long[LIMBS * capacity];
        bases = new long[UNKNOWNS * LIMBS * capacity];
        message = new boolean[capacity];
        larger = new boolean[capacity];
        invalid = new boolean[capacity];
        outside = new boolean[capacity];
        unchecked = new boolean[capacity];
        points = new long[capacity][];
    }

    /**
     * Adds the encoding of a point that is to be of the subgroup.
     *
     * @return the index of the point
     */
    int addEncoding(byte[] octets, int offset) {
        int i = addCurvePoint(octets, offset);
        unchecked[i] = false;
        return i;
    }

    /**
     * Adds the encoding of a point of the curve, in the subgroup or not, which is all that may be
     * asked of it then.
     *
     * @return the index of the point
     */
    int addCurvePoint(byte[] octets, int offset) {
        int i = count++;
        unchecked[i] = true;
        larger[i] = octets[offset + 31] < 0;
        invalid[i] = !Fr.decode(inputs, LIMBS * i, octets, offset, true);
        return i;
    }

    /**
     * Adds a message to be hashed to the curve.
     *
     * @return the index of the point
     */
    int addMessage(byte[] octets) {
        int i = count;
        count += 2;
        message[i] = true;
        message[i + 1] = true;
        byte[] uniform = expand(octets);
        Fr.reduce48(inputs, LIMBS * i, uniform, 0);
        Fr.reduce48(inputs, LIMBS * (i + 1), uniform, 48);
        return i;
    }

    /** Returns whether an entry is a point of the subgroup. Messages always are. */
    boolean isValid(int index) {
        return !invalid[index] && !outside[index];
    }

    /** Returns whether an entry is a point of the curve, of the subgroup or not. */
    boolean isOnCurve(int index) {
        return !invalid[index];
    }

    /**
     * Returns the point of an entry on the curve, in extended coordinates. The Z of a decoded one
     * is 1. The array is the caller's.
     */
    long[] point(int index) {
        return points[index];
    }

    /** Expands a message to 96 octets, by RFC 9380 but for the padding, which has 48 octets. */
    private static byte[] expand(byte[] octets) {
        MessageDigest sha512 = Suite.sha512();
        sha512.update(new byte[48]);
        sha512.update(octets);
        sha512.update(new byte[] {0, 96, 0});
        sha512.update(DOMAIN);
        byte[] b0 = sha512.digest();
        sha512.update(b0);
        sha512.update((byte) 1);
        sha512.update(DOMAIN);
        byte[] b1 = sha512.digest();
        for (int i = 0; i < b0.length; i++) {
            b0[i] ^= b1[i];
        }
        sha512.update(b0);
        sha512.update((byte) 2);
        sha512.update(DOMAIN);
        byte[] uniform = Arrays.copyOf(b1, 96);
        System.arraycopy(sha512.digest(), 0, uniform, 64, 32);
        return uniform;
    }

    /** Decodes and maps everything that was added. */
    void solve(CurveBackend backend) {
        long[] t = new long[3 * LIMBS];
        int powers = 0;
        int[] firstPower = new int[capacity];
        for (int i = 0; i < count; i++) {
            firstPower[i] = powers;
            if (message[i]) {
                prepareHalf(i, LIMBS * powers, t);
                powers++;
            } else if (!invalid[i]) {
                prepareEncoding(i, LIMBS * powers, t);
                powers += unchecked[i] ? 1 : UNKNOWNS;
            }
        }
        Fr.invertAll(denominators, 0, count, backend);
        long[] raised = new long[SquareRoots.POWERS * LIMBS * powers];
        backend.rootPowers(bases, powers, raised);
        long[] w = Point.workspace();
        for (int i = 0; i < count; i++) {
            int at = LIMBS * firstPower[i];
            if (!message[i]) {
                finishEncoding(i, raised, at);
            } else {
                long[] p = finishHalf(i, raised, at);
                long[] q = finishHalf(i + 1, raised, at + LIMBS);
                Point.add(p, 0, p, 0, q, 0, w);
                Point.twice(p, 0, p, 0, w);
                Point.twice(p, 0, p, 0, w);
                points[i] = p;
                i++;
            }
        }
    }

    /** x² = u/v with u = 1 − y² and v = −5 − dy². */
    private void prepareEncoding(int i, int at, long[] t) {
        int y = LIMBS * i;
        int v = LIMBS * i;
        Fr.square(t, 0, inputs, y);
        Fr.sub(t, 4, Fr.ONE, 0, t, 0); // u
        Fr.mul(t, 0, t, 0, Point.D, 0);
        Fr.sub(denominators, v, MINUS_FIVE, 0, t, 0); // v
        Fr.mul(bases, at, t, 4, denominators, v);
        if (unchecked[i]) {
            return;
        }
        // The subgroup's tests, on the Montgomery curve: K(1 − y)(1 + y) and K(1 − y)(1 + y − e₂(1
        // − y)).
        Fr.mul(bases, at + 4, t, 4, K, 0);
        Fr.sub(t, 0, Fr.ONE, 0, inputs, y);
        Fr.add(t, 4, Fr.ONE, 0, inputs, y);
        Fr.mul(t, 8, t, 0, E2, 0);
        Fr.sub(t, 4, t, 4, t, 8);
        Fr.mul(t, 0, t, 0, K, 0);
        Fr.mul(bases, at + 8, t, 0, t, 4);
    }

    private void finishEncoding(int i, long[] raised, int at) {
        if (invalid[i]) {
            return;
        }
        long[] p = new long[Point.LENGTH];
        int y = LIMBS * i;
        if (Fr.equal(inputs, y, Fr.ONE, 0)) {
            Point.identity(p);
            points[i] = p;
            return;
        }
        if (Fr.isZero(bases, at)) {
            // v = 0 leaves no x; u = 0 leaves y = −1 and x = 0, which is of order two.
            outside[i] = true;
            invalid[i] = Fr.isZero(denominators, LIMBS * i);
            Point.ofAffine(p, p, 0, inputs, y);
            points[i] = p;
            return;
        }
        if (!SquareRoots.root(p, 0, bases, at, raised, SquareRoots.POWERS * at)) {
            invalid[i] = true;
            return;
        }
        outside[i] =
                unchecked[i]
                        || !SquareRoots.isSquare(raised, SquareRoots.POWERS * (at + LIMBS))
                        || !SquareRoots.isSquare(raised, SquareRoots.POWERS * (at + 2 * LIMBS));
        Fr.mul(p, 0, p, 0, denominators, LIMBS * i); // √(uv) / v
        if (Fr.isLarger(p, 0) != larger[i]) {
            Fr.negate(p, 0, p, 0);
        }
        Point.ofAffine(p, p, 0, inputs, y);
        points[i] = p;
    }

    /**
     * Elligator 2: x₁ = −C/D with C = J/K and D = 1 + 5u²; the curve's right side at x₁, times D⁴,
     * is z = −CD(C²(1 − D) + D²/K²).
     */
    private void prepareHalf(int i, int at, long[] t) {
        int u = LIMBS * i;
        int d = LIMBS * i;
        Fr.square(t, 0, inputs, u);
        Fr.mul(t, 0, t, 0, MINUS_FIVE, 0); // 1 − D
        Fr.sub(denominators, d, Fr.ONE, 0, t, 0);
        if (Fr.isZero(denominators, d)) {
            Fr.copy(denominators, d, Fr.ONE, 0);
            Fr.copy(t, 0, Fr.ZERO, 0);
        }
        Fr.mul(t, 0, t, 0, C_SQUARED, 0);
        Fr.square(t, 4, denominators, d);
        Fr.mul(t, 4, t, 4, INVERSE_K_SQUARED, 0);
        Fr.add(t, 0, t, 0, t, 4);
        Fr.mul(t, 0, t, 0, MINUS_C, 0);
        Fr.mul(bases, at, t, 0, denominators, d);
    }

    private long[] finishHalf(int i, long[] raised, int at) {
        long[] p = new long[Point.LENGTH];
        long[] s = new long[LIMBS];
        long[] t = new long[LIMBS];
        int inverse = LIMBS * i; // 1/D
        if (Fr.isZero(bases, at)) {
            Point.identity(p); // y = 0 on the Montgomery curve
            return p;
        }
        boolean first =
                SquareRoots.rootOfOneOrFiveTimes(t, 0, bases, at, raised, SquareRoots.POWERS * at);
        Fr.mul(t, 0, t, 0, denominators, inverse);
        Fr.mul(t, 0, t, 0, denominators, inverse);
        Fr.mul(s, 0, MINUS_C, 0, denominators, inverse); // x₁
        if (!first) {
            Fr.mul(t, 0, t, 0, inputs, LIMBS * i);
            Fr.sub(s, 0, MINUS_C, 0, s, 0); // x₂ = −x₁ − C
        }
        if (Fr.isOdd(t, 0) != first) {
            Fr.negate(t, 0, t, 0);
        }
        Fr.mul(s, 0, s, 0, K, 0);
        Fr.mul(t, 0, t, 0, K, 0);
        // (s/t, (s − 1)/(s + 1))
        long[] above = new long[LIMBS];
        long[] below = new long[LIMBS];
        Fr.sub(above, 0, s, 0, Fr.ONE, 0);
        Fr.add(below, 0, s, 0, Fr.ONE, 0);
        if (Fr.isZero(below, 0) || Fr.isZero(t, 0)) {
            Point.identity(p);
            return p;
        }
        Fr.mul(p, Point.X, s, 0, below, 0);
        Fr.mul(p, Point.Y, t, 0, above, 0);
        Fr.mul(p, Point.Z, t, 0, below, 0);
        Fr.mul(p, Point.T, s, 0, above, 0);
        return p;
    }
}
