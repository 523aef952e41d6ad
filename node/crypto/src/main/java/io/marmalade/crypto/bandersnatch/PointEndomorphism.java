package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import java.math.BigInteger;

/**
 * The endomorphism φ of Bandersnatch, by which sums of multiples need half of the doublings. In the
 * subgroup φ² = −2, and φ is the multiple by a λ with λ² = −2, so that k = k₁ + k₂λ gives kP = k₁P
 * + k₂φ(P) with halves of 127 bits. Not for secret scalars.
 *
 * <p>The halves come from A + Bλ = 0 modulo the order N, where A² + 2B² = N: k less the multiple of
 * A + Bλ that is next to it.
 */
final class PointEndomorphism {
    /** The bits that the absolute value of a half may have. */
    static final int HALF_BITS = 127;

    /** The curve's b and c, of φ(x, y) = (c(1 − y²)/xy, b(y² + b)/(y² − b)). */
    private static final long[] B =
            Fr.of("37446463827641770816307242315180085052603635617490163568005256780843403514036");

    private static final long[] C =
            Fr.of("49199877423542878313146170939139662862850515542392585932876811575731455068989");

    private static final BigInteger LATTICE_A =
            new BigInteger("113482231691339203864511368254957623327");
    private static final BigInteger LATTICE_B =
            new BigInteger("10741319382058138887739339959866629956");

    private static final long A0 = LATTICE_A.longValue();
    private static final long A1 = LATTICE_A.shiftRight(64).longValue();
    private static final long B0 = LATTICE_B.longValue();
    private static final long B1 = LATTICE_B.shiftRight(64).longValue();

    /** A/N and B/N, times 2<sup>256</sup>. */
    private static final long[] A_OVER_N = overOrder(LATTICE_A);

    private static final long[] B_OVER_N = overOrder(LATTICE_B);

    private PointEndomorphism() {}

    private static long[] overOrder(BigInteger value) {
        return Scalar.limbs(value.shiftLeft(256).divide(Scalar.ORDER));
    }

    /**
     * Applies φ to a point of the subgroup.
     *
     * @param r receives the image; not p itself
     */
    static void apply(long[] r, long[] p) {
        if (Fr.isZero(p, Point.X)) {
            Point.identity(r); // nothing else of the subgroup has x = 0
            return;
        }
        long[] w = new long[4 * LIMBS];
        int f = 0;
        int g = LIMBS;
        int h = 2 * LIMBS;
        int xy = 3 * LIMBS;
        Fr.square(w, f, p, Point.Z);
        Fr.square(w, g, p, Point.Y);
        Fr.mul(w, xy, p, Point.X, p, Point.Y);
        Fr.mul(w, h, w, f, B, 0); // bZ²
        Fr.sub(w, f, w, f, w, g);
        Fr.mul(w, f, w, f, C, 0); // F = c(Z² − Y²)
        Fr.add(r, Point.X, w, g, w, h);
        Fr.sub(w, h, w, g, w, h); // H = Y² − bZ²
        Fr.mul(w, g, r, Point.X, B, 0); // G = b(Y² + bZ²)
        Fr.mul(r, Point.X, w, f, w, h);
        Fr.mul(r, Point.Y, w, g, w, xy);
        Fr.mul(r, Point.Z, w, h, w, xy);
        Fr.mul(r, Point.T, w, f, w, g);
    }

    /**
     * Writes a scalar below the order as two halves, with digits as {@link Scalar#signedDigits} has
     * them.
     *
     * @param width of the digits, 2..7
     * @return the digits of k₁, and those of k₂
     */
    static byte[][] halfDigits(long[] scalar, int width) {
        long[] c1 = quotient(scalar, A_OVER_N);
        long[] c2 = quotient(scalar, B_OVER_N);
        // k₁ = k − c₁A − 2c₂B and k₂ = c₂A − c₁B, of which 128 bits suffice.
        long[] t = {scalar[0], scalar[1]};
        subtractProduct(t, c1, A0, A1);
        subtractProduct(t, c2, B0 << 1, B1 << 1 | B0 >>> 63);
        byte[] first = signedDigits(t, width);
        t[0] = 0;
        t[1] = 0;
        subtractProduct(t, c2, A0, A1);
        negate(t);
        subtractProduct(t, c1, B0, B1);
        return new byte[][] {first, signedDigits(t, width)};
    }

    /** Returns k · factor / 2<sup>256</sup>, rounded down: two limbs. */
    private static long[] quotient(long[] k, long[] factor) {
        long[] product = new long[2 * Scalar.LIMBS];
        for (int i = 0; i < Scalar.LIMBS; i++) {
            long carry = 0;
            for (int j = 0; j < Scalar.LIMBS; j++) {
                long low = k[i] * factor[j];
                long high = Math.unsignedMultiplyHigh(k[i], factor[j]);
                long sum = low + carry;
                high += Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
                product[i + j] += sum;
                carry = high + (Long.compareUnsigned(product[i + j], sum) < 0 ? 1 : 0);
            }
            product[i + Scalar.LIMBS] = carry;
        }
        return new long[] {product[Scalar.LIMBS], product[Scalar.LIMBS + 1]};
    }

    /** t −= c · (y₀ + 2<sup>64</sup>y₁), modulo 2<sup>128</sup>. */
    private static void subtractProduct(long[] t, long[] c, long y0, long y1) {
        long low = c[0] * y0;
        long high = Math.unsignedMultiplyHigh(c[0], y0) + c[0] * y1 + c[1] * y0;
        t[1] -= high + (Long.compareUnsigned(t[0], low) < 0 ? 1 : 0);
        t[0] -= low;
    }

    private static void negate(long[] t) {
        t[0] = -t[0];
        t[1] = ~t[1] + (t[0] == 0 ? 1 : 0);
    }

    /** Returns the digits of a number of 128 bits with a sign; the number is lost. */
    private static byte[] signedDigits(long[] t, int width) {
        boolean negative = t[1] < 0;
        if (negative) {
            negate(t);
        }
        byte[] digits = Scalar.signedDigits(t, width, HALF_BITS + 2);
        if (negative) {
            for (int i = 0; i < digits.length; i++) {
                digits[i] = (byte) -digits[i];
            }
        }
        return digits;
    }
}
