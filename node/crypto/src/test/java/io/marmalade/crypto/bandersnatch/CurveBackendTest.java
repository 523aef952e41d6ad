package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigInteger;
import java.util.Random;

/** Every backend against {@link BigInteger} and the plain one. */
class CurveBackendTest {
    static Iterable<CurveBackend> backends() {
        return Backends.all();
    }

    private static Random random(Object who) {
        long seed = Long.getLong("marmalade.seed", System.nanoTime());
        System.out.println(who + ": -Dmarmalade.seed=" + seed);
        return new Random(seed);
    }

    private static BigInteger element(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.valueOf(random.nextInt(3));
            case 2 -> Fr.MODULUS.subtract(BigInteger.valueOf(1 + random.nextInt(3)));
            default -> new BigInteger(270, random).mod(Fr.MODULUS);
        };
    }

    @Test
    void computesInTheFieldAsBigIntegersDo() {
        Random random = random("field");
        long[] r = new long[4];
        for (int i = 0; i < 20_000; i++) {
            BigInteger a = element(random);
            BigInteger b = element(random);
            long[] x = Fr.of(a);
            long[] y = Fr.of(b);
            Fr.mul(r, 0, x, 0, y, 0);
            assertEquals(a.multiply(b).mod(Fr.MODULUS), Fr.toBigInteger(r, 0));
            Fr.add(r, 0, x, 0, y, 0);
            assertEquals(a.add(b).mod(Fr.MODULUS), Fr.toBigInteger(r, 0));
            Fr.sub(r, 0, x, 0, y, 0);
            assertEquals(a.subtract(b).mod(Fr.MODULUS), Fr.toBigInteger(r, 0));
            assertEquals(a.testBit(0), Fr.isOdd(x, 0));
            assertEquals(a.compareTo(Fr.MODULUS.shiftRight(1)) > 0, Fr.isLarger(x, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void inverts(CurveBackend backend) {
        Random random = random(backend.name());
        for (int i = 0; i < 300; i++) {
            BigInteger a = element(random);
            long[] x = Fr.of(a);
            backend.invert(x);
            BigInteger expected = a.signum() == 0 ? a : a.modInverse(Fr.MODULUS);
            assertEquals(expected, Fr.toBigInteger(x, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void raisesToThePowersThatRootsNeed(CurveBackend backend) {
        Random random = random(backend.name());
        for (int count = 1; count < 20; count++) {
            long[] elements = new long[4 * count];
            for (int i = 0; i < count; i++) {
                System.arraycopy(Fr.of(element(random)), 0, elements, 4 * i, 4);
            }
            long[] powers = new long[4 * SquareRoots.POWERS * count];
            backend.rootPowers(elements, count, powers);
            BigInteger odd = Fr.MODULUS.shiftRight(32);
            for (int i = 0; i < count; i++) {
                BigInteger a = Fr.toBigInteger(elements, 4 * i);
                int at = 4 * SquareRoots.POWERS * i;
                assertEquals(a.modPow(odd.shiftRight(1), Fr.MODULUS), Fr.toBigInteger(powers, at));
                for (int j = 0; j < 4; j++) {
                    assertEquals(
                            a.modPow(odd.shiftLeft(8 * j), Fr.MODULUS),
                            Fr.toBigInteger(powers, at + 4 + 4 * j));
                }
                if (a.signum() != 0) {
                    BigInteger half = Fr.MODULUS.shiftRight(1);
                    boolean square = a.modPow(half, Fr.MODULUS).equals(BigInteger.ONE);
                    assertEquals(square, SquareRoots.isSquare(powers, at));
                    long[] root = new long[4];
                    assertEquals(square, SquareRoots.root(root, 0, elements, 4 * i, powers, at));
                    if (square) {
                        assertEquals(a, Fr.toBigInteger(root, 0).pow(2).mod(Fr.MODULUS));
                    }
                }
            }
        }
    }

    private static long[] scalar(Random random) {
        BigInteger value =
                switch (random.nextInt(6)) {
                    case 0 -> BigInteger.valueOf(random.nextInt(3));
                    case 1 -> Scalar.ORDER.subtract(BigInteger.valueOf(1 + random.nextInt(3)));
                    default -> new BigInteger(260, random).mod(Scalar.ORDER);
                };
        return Scalar.limbs(value);
    }

    /** Multiplies bit by bit. */
    private static long[] multiple(long[] scalar, long[] p) {
        long[] w = Point.workspace();
        long[] r = new long[Point.LENGTH];
        Point.identity(r);
        for (int i = 255; i >= 0; i--) {
            Point.twice(r, 0, r, 0, w);
            if ((scalar[i >> 6] >>> (i & 63) & 1) != 0) {
                Point.add(r, 0, r, 0, p, 0, w);
            }
        }
        return r;
    }

    private static long[] point(Random random) {
        if (random.nextInt(10) == 0) {
            long[] identity = new long[Point.LENGTH];
            Point.identity(identity);
            return identity;
        }
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        PointBatch batch = new PointBatch(2);
        int index = batch.addMessage(octets);
        batch.solve(PlainBackend.INSTANCE);
        return batch.point(index);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void sumsMultiplesOfPoints(CurveBackend backend) {
        Random random = random(backend.name());
        long[] w = Point.workspace();
        for (int i = 0; i < 60; i++) {
            long[] s = scalar(random);
            long[] c = scalar(random);
            long[] p1 = point(random);
            long[] q1 = random.nextInt(5) == 0 ? p1 : point(random);
            long[] p2 = point(random);
            long[] q2 = point(random);
            long[] r1 = new long[Point.LENGTH];
            long[] r2 = new long[Point.LENGTH];
            backend.twoSums(s, c, p1, q1, p2, q2, r1, r2);
            long[] expected = multiple(s, p1);
            Point.add(expected, 0, expected, 0, multiple(c, q1), 0, w);
            assertTrue(Point.equal(expected, r1));
            expected = multiple(s, p2);
            Point.add(expected, 0, expected, 0, multiple(c, q2), 0, w);
            assertTrue(Point.equal(expected, r2));
            long[] b = scalar(random);
            long[] blinded = new long[Point.LENGTH];
            backend.twoSumsBlinded(s, c, b, p1, q1, p2, q2, r1, blinded);
            Point.add(expected, 0, expected, 0, multiple(b, Point.BLINDING_BASE), 0, w);
            assertTrue(Point.equal(expected, blinded));
            // T must be right as well.
            long[] t = new long[8];
            Fr.mul(t, 0, r1, Point.X, r1, Point.Y);
            Fr.mul(t, 4, r1, Point.Z, r1, Point.T);
            assertTrue(Fr.equal(t, 0, t, 4));
        }
    }

    @Test
    void multipliesTheBlindingBase() {
        Random random = random("blinding");
        for (int i = 0; i < 100; i++) {
            long[] s = scalar(random);
            long[] start = point(random);
            long[] expected = multiple(s, Point.BLINDING_BASE);
            Point.add(expected, 0, expected, 0, start, 0, Point.workspace());
            FixedBase.blinding().addMultiple(start, s);
            assertTrue(Point.equal(expected, start));
        }
    }

    @Test
    void multipliesSecretsAsPublicNumbers() {
        Random random = random("secret");
        for (int i = 0; i < 40; i++) {
            long[] s = scalar(random);
            long[] p = point(random);
            assertTrue(Point.equal(multiple(s, p), ConstantTime.multiply(s, p)));
            long[] a = scalar(random);
            long[] b = scalar(random);
            BigInteger expected =
                    Scalar.toBigInteger(a)
                            .add(Scalar.toBigInteger(b).multiply(Scalar.toBigInteger(s)))
                            .mod(Scalar.ORDER);
            assertEquals(expected, Scalar.toBigInteger(ConstantTime.multiplyAdd(a, b, s)));
            byte[] wide = new byte[64];
            random.nextBytes(wide);
            byte[] reversed = new byte[64];
            for (int j = 0; j < 64; j++) {
                reversed[j] = wide[63 - j];
            }
            assertArrayEquals(
                    Scalar.limbs(new BigInteger(1, reversed).mod(Scalar.ORDER)),
                    ConstantTime.reduceScalar(wide));
        }
    }
}
