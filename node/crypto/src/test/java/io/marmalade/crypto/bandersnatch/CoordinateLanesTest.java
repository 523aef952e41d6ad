package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.crypto.backend.Tiered;
import io.marmalade.crypto.bls.Blst;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.Random;

class CoordinateLanesTest {
    private static final BigInteger P = Endomorphism.P;

    private final long seed = Long.getLong("marmalade.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @BeforeEach
    void vectors() {
        assumeTrue(Tiered.vectorsAvailable(), "this machine has no vectors");
        assumeTrue(VectorBackend.isSupported(), "this machine's vectors are too short");
        Blst.require();
        System.out.println("coordinate lanes: -Dmarmalade.seed=" + seed);
    }

    /** Limbs up to a bound, some of them as large as it is. */
    private void fill(double[] a, int ao, double bound, double highestBound) {
        for (int i = 0; i < CoordinateLanes.LENGTH; i++) {
            double most = i < 7 * CoordinateLanes.COUNT ? bound : highestBound;
            a[ao + i] =
                    switch (random.nextInt(6)) {
                        case 0 -> most;
                        case 1 -> -most;
                        case 2 -> 0;
                        default -> Math.rint((2 * random.nextDouble() - 1) * most);
                    };
        }
    }

    private static void assertReduced(BigInteger expected, double[] a, int ao, int lane) {
        BigInteger value = CoordinateLanes.get(a, ao, lane);
        assertEquals(expected.mod(P), value.mod(P));
        assertTrue(value.abs().compareTo(P) < 0, value::toString);
        for (int i = 0; i < CoordinateLanes.LIMBS; i++) {
            double limb = a[ao + CoordinateLanes.COUNT * i + lane];
            assertTrue(Math.abs(limb) <= 0x1p47 + 64, () -> "a limb is " + limb);
        }
        long[] limbs = new long[CoordinateLanes.LIMBS];
        CoordinateLanes.reduce(limbs, a, ao, lane);
        BigInteger reduced = BigInteger.ZERO;
        for (int i = CoordinateLanes.LIMBS - 1; i >= 0; i--) {
            reduced = reduced.shiftLeft(48).add(BigInteger.valueOf(limbs[i]));
        }
        assertEquals(expected.mod(P), reduced);
        assertEquals(expected.mod(P).signum() == 0, CoordinateLanes.isZero(a, ao, lane));
        assertEquals(reduced.compareTo(P.shiftRight(1)) > 0, CoordinateLanes.isLarger(limbs));
        assertTrue(CoordinateLanes.isBelowP(limbs));
    }

    @Test
    void multipliesAsIntegersModuloP() {
        double[] a = new double[4 * CoordinateLanes.LENGTH];
        int b = CoordinateLanes.LENGTH;
        int r = 2 * CoordinateLanes.LENGTH;
        double[] w = CoordinateLanes.workspace();
        for (int round = 0; round < 2000; round++) {
            // The largest operands that formulas have: sums of two, and a sum's highest limb.
            boolean long2 = random.nextBoolean();
            fill(a, 0, long2 ? 0x1p48 + 128 : 0x1p47 + 64, 0x1.8p49);
            fill(a, b, long2 ? 0x1p48 + 128 : 0x1p47 + 64, long2 ? 0x1p47 : 0x1.8p49);
            if (round % 10 == 0) {
                CoordinateLanes.put(a, 0, round / 10 % 8, P);
                CoordinateLanes.put(a, b, round / 20 % 8, P.negate());
            }
            CoordinateLanes.mul(a, r, a, 0, a, b, w);
            for (int lane = 0; lane < CoordinateLanes.COUNT; lane++) {
                BigInteger x = CoordinateLanes.get(a, 0, lane);
                BigInteger y = CoordinateLanes.get(a, b, lane);
                assertReduced(x.multiply(y), a, r, lane);
            }
            CoordinateLanes.square(a, r, a, 0, w);
            for (int lane = 0; lane < CoordinateLanes.COUNT; lane++) {
                BigInteger x = CoordinateLanes.get(a, 0, lane);
                assertReduced(x.multiply(x), a, r, lane);
            }
        }
    }

    @Test
    void combinesAsIntegers() {
        double[] a = new double[3 * CoordinateLanes.LENGTH];
        int b = CoordinateLanes.LENGTH;
        int r = 2 * CoordinateLanes.LENGTH;
        for (int round = 0; round < 2000; round++) {
            fill(a, 0, 3 * (0x1p47 + 64), 0x1p49);
            fill(a, b, 0x1p47 + 64, 0x1p47);
            CoordinateLanes.combine(a, r, a, 0, 6, a, b, -9);
            for (int lane = 0; lane < CoordinateLanes.COUNT; lane++) {
                BigInteger x = CoordinateLanes.get(a, 0, lane).multiply(BigInteger.valueOf(6));
                BigInteger y = CoordinateLanes.get(a, b, lane).multiply(BigInteger.valueOf(9));
                assertEquals(x.subtract(y), CoordinateLanes.get(a, r, lane));
                for (int i = 0; i < 7; i++) {
                    double limb = a[r + CoordinateLanes.COUNT * i + lane];
                    assertTrue(Math.abs(limb) <= 0x1p47 + 64, () -> "a limb is " + limb);
                }
            }
        }
    }

    @Test
    void tellsWhatIsNotBelowP() {
        for (BigInteger value : new BigInteger[] {P, P.add(BigInteger.ONE), P.shiftLeft(1)}) {
            long[] limbs = new long[CoordinateLanes.LIMBS];
            for (int i = 0; i < CoordinateLanes.LIMBS; i++) {
                limbs[i] = value.shiftRight(48 * i).longValue() & 0xffffffffffffL;
            }
            assertEquals(false, CoordinateLanes.isBelowP(limbs));
        }
    }
}
