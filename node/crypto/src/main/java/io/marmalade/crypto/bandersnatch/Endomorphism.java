package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/**
 * The endomorphism of G1, by which sums of multiples need half of the doublings: φ(x, y) = (βx, −y)
 * is the multiple by z², where z is the curve's parameter, so that k = k₁ + k₂z² gives kP = k₁P +
 * k₂φ(P) with halves below 2<sup>128</sup>.
 */
final class Endomorphism {
    /** The octets of half a scalar. */
    static final int HALF_SIZE = 16;

    /** The bits of half a scalar. */
    static final int HALF_BITS = 128;

    /** The absolute value of z, and its reciprocal ⌊(2¹²⁸ − 1)/z⌋ − 2⁶⁴. */
    private static final long Z = 0xd201000000010000L;

    private static final long RECIPROCAL =
            BigInteger.ONE
                    .shiftLeft(128)
                    .subtract(BigInteger.ONE)
                    .divide(new BigInteger(Long.toUnsignedString(Z)))
                    .longValue();

    private static final FieldElement Z_SQUARED =
            FieldElement.of(new BigInteger(Long.toUnsignedString(Z)).pow(2));

    static final BigInteger P =
            new BigInteger(
                    "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f624"
                            + "1eabfffeb153ffffb9feffffffffaaab",
                    16);

    private static final MemorySegment BETA = Arena.global().allocate(48, 64);

    private static final BigInteger BETA_VALUE;

    static {
        // There are two cube roots of one; with one of them φ is the multiple by z².
        BigInteger exponent = P.subtract(BigInteger.ONE).divide(BigInteger.valueOf(3));
        BigInteger root = BigInteger.TWO.modPow(exponent, P);
        if (!isMultipleByZSquared(root)) {
            root = root.multiply(root).mod(P);
            if (!isMultipleByZSquared(root)) {
                throw new IllegalStateException("no cube root of one fits");
            }
        }
        BETA_VALUE = root;
    }

    private Endomorphism() {}

    private static boolean isMultipleByZSquared(BigInteger beta) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment octets = arena.allocate(48);
            for (int i = 0; i < 48; i++) {
                octets.set(ValueLayout.JAVA_BYTE, 47 - i, beta.shiftRight(8 * i).byteValue());
            }
            Blst.fpFromBigEndian(BETA.address(), octets.address());
            MemorySegment image = arena.allocate(Blst.P1_AFFINE_SIZE, 64);
            apply(image.address(), Blst.p1AffineGenerator(), 1);
            MemorySegment point = arena.allocate(Blst.P1_SIZE, 64);
            MemorySegment scalar = arena.allocate(Blst.SCALAR_SIZE, 8);
            BigInteger z = new BigInteger(Long.toUnsignedString(Z));
            PointSums.putScalar(scalar, 0, FieldElement.of(z.multiply(z)));
            Blst.p1FromAffine(point.address(), Blst.p1AffineGenerator());
            Blst.p1Multiply(point.address(), point.address(), scalar.address(), HALF_BITS);
            MemorySegment product = arena.allocate(Blst.P1_AFFINE_SIZE, 64);
            Blst.p1ToAffine(product.address(), point.address());
            return image.mismatch(product) < 0;
        }
    }

    /** Returns β. */
    static BigInteger beta() {
        return BETA_VALUE;
    }

    /** Applies φ to affine points that lie without gaps. */
    static void apply(long images, long points, int count) {
        long beta = BETA.address();
        for (int i = 0; i < count; i++) {
            long offset = (long) i * Blst.P1_AFFINE_SIZE;
            Blst.fpMultiply(images + offset, points + offset, beta);
            Blst.fpNegate(images + offset + 48, points + offset + 48, true);
        }
    }

    /**
     * Writes the halves of a scalar.
     *
     * @param low where k₁ goes, 16 little-endian octets
     * @param high where k₂ goes
     */
    static void split(MemorySegment target, long low, long high, FieldElement scalar) {
        long[] halves = halves(scalar);
        target.set(ValueLayout.JAVA_LONG_UNALIGNED, low, halves[0]);
        target.set(ValueLayout.JAVA_LONG_UNALIGNED, low + 8, halves[1]);
        target.set(ValueLayout.JAVA_LONG_UNALIGNED, high, halves[2]);
        target.set(ValueLayout.JAVA_LONG_UNALIGNED, high + 8, halves[3]);
    }

    /** Returns the halves of a scalar: k₁ and k₂ of two little-endian limbs each. */
    static long[] halves(FieldElement scalar) {
        long[] k = new long[Fr.LIMBS];
        Fr.toPlain(k, 0, scalar.limbs(), 0);
        long first = divide(k);
        long second = divide(k);
        // k = (k₂z + second)z + first
        long product = second * Z;
        long sum = product + first;
        long carry = Long.compareUnsigned(sum, product) < 0 ? 1 : 0;
        return new long[] {sum, Math.unsignedMultiplyHigh(second, Z) + carry, k[0], k[1]};
    }

    /**
     * Returns the scalar of two short halves, whose multiples need a quarter of the doublings.
     *
     * @param low k₁, without a sign
     * @param high k₂
     */
    static FieldElement join(long low, long high) {
        long[] k = {high, 0, 0, 0};
        Fr.fromPlain(k, 0, k, 0);
        long[] l = {low, 0, 0, 0};
        Fr.fromPlain(l, 0, l, 0);
        return FieldElement.at(k, 0).times(Z_SQUARED).plus(FieldElement.at(l, 0));
    }

    /** Divides by z in place and returns the remainder; after Möller and Granlund. */
    private static long divide(long[] k) {
        long remainder = 0;
        for (int i = Fr.LIMBS - 1; i >= 0; i--) {
            long low = RECIPROCAL * remainder;
            long high = Math.unsignedMultiplyHigh(RECIPROCAL, remainder);
            long fraction = low + k[i];
            high += remainder + (Long.compareUnsigned(fraction, low) < 0 ? 1 : 0);
            long quotient = high + 1;
            long rest = k[i] - quotient * Z;
            if (Long.compareUnsigned(rest, fraction) > 0) {
                quotient--;
                rest += Z;
            }
            if (Long.compareUnsigned(rest, Z) >= 0) {
                quotient++;
                rest -= Z;
            }
            k[i] = quotient;
            remainder = rest;
        }
        return remainder;
    }
}
