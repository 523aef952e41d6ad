package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.Random;

/** The endomorphism against multiplication bit by bit. */
class PointEndomorphismTest {
    private static final BigInteger LAMBDA =
            new BigInteger(
                    "8913659658109529928382530854484400854125314752504019737736543920008458395397");

    private static Random random(String what) {
        long seed = Long.getLong("marmalade.seed", System.nanoTime());
        System.out.println(what + ": -Dmarmalade.seed=" + seed);
        return new Random(seed);
    }

    private static BigInteger value(byte[] digits, int width) {
        BigInteger value = BigInteger.ZERO;
        for (int i = digits.length - 1; i >= 0; i--) {
            assertTrue(digits[i] == 0 || (digits[i] & 1) != 0);
            assertTrue(Math.abs(digits[i]) < 1 << (width - 1));
            value = value.shiftLeft(1).add(BigInteger.valueOf(digits[i]));
        }
        return value;
    }

    private static void splits(BigInteger scalar, int width) {
        byte[][] digits = PointEndomorphism.halfDigits(Scalar.limbs(scalar), width);
        BigInteger first = value(digits[0], width);
        BigInteger second = value(digits[1], width);
        assertTrue(first.abs().bitLength() <= PointEndomorphism.HALF_BITS, scalar::toString);
        assertTrue(second.abs().bitLength() <= PointEndomorphism.HALF_BITS, scalar::toString);
        assertEquals(scalar, first.add(second.multiply(LAMBDA)).mod(Scalar.ORDER));
    }

    @Test
    void splitsScalarsIntoHalvesThatMakeThem() {
        Random random = random("halves");
        for (int i = 0; i < 20_000; i++) {
            splits(new BigInteger(260, random).mod(Scalar.ORDER), 2 + i % 6);
        }
        for (int i = 0; i < 253; i++) {
            BigInteger power = BigInteger.ONE.shiftLeft(i);
            splits(power, 4);
            splits(power.subtract(BigInteger.ONE), 4);
            splits(Scalar.ORDER.subtract(power), 5);
        }
        splits(LAMBDA, 4);
        splits(Scalar.ORDER.subtract(LAMBDA), 4);
    }

    @Test
    void isTheMultipleByARootOfMinusTwo() {
        assertEquals(
                Scalar.ORDER.subtract(BigInteger.TWO), LAMBDA.multiply(LAMBDA).mod(Scalar.ORDER));
        Random random = random("image");
        long[] image = new long[Point.LENGTH];
        for (int i = 0; i < 50; i++) {
            long[] p = new long[Point.LENGTH];
            BigInteger scalar = new BigInteger(250, random);
            Point.identity(p);
            if (i > 0) { // first the identity
                p = multiple(scalar, Point.GENERATOR);
            }
            PointEndomorphism.apply(image, p);
            assertTrue(Point.equal(multiple(LAMBDA, p), image));
            long[] t = new long[2 * Fr.LIMBS];
            Fr.mul(t, 0, image, Point.X, image, Point.Y);
            Fr.mul(t, Fr.LIMBS, image, Point.Z, image, Point.T);
            assertTrue(Fr.equal(t, 0, t, Fr.LIMBS));
        }
    }

    private static long[] multiple(BigInteger scalar, long[] p) {
        long[] w = Point.workspace();
        long[] r = new long[Point.LENGTH];
        Point.identity(r);
        for (int i = scalar.bitLength() - 1; i >= 0; i--) {
            Point.twice(r, 0, r, 0, w);
            if (scalar.testBit(i)) {
                Point.add(r, 0, r, 0, p, 0, w);
            }
        }
        return r;
    }
}
