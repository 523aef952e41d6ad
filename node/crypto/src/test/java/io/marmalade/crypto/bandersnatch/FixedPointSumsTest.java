package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.crypto.bls.Blst;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Random;

/** Sums of multiples of prepared points against blst's own. */
class FixedPointSumsTest {
    private final long seed = Long.getLong("marmalade.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private FieldElement scalar() {
        return switch (random.nextInt(8)) {
            case 0 -> FieldElement.ZERO;
            case 1 -> FieldElement.of(random.nextInt(2000));
            case 2 -> FieldElement.of(-1 - random.nextInt(2000));
            case 3 -> FieldElement.of(BigInteger.ONE.shiftLeft(random.nextInt(255)));
            default -> FieldElement.of(new BigInteger(255, random));
        };
    }

    private static byte[] compressed(Arena arena, MemorySegment point) {
        MemorySegment octets = arena.allocate(48);
        Blst.p1Compress(octets.address(), point.address());
        return octets.toArray(ValueLayout.JAVA_BYTE);
    }

    /** With all digits one: all multiples are in one bucket, more than a batch has room for. */
    private static final FieldElement ONES =
            FieldElement.of(new BigInteger("4008010020040080100200400801", 16));

    @ParameterizedTest
    @CsvSource({
        "1, 40, false",
        "2, 40, false",
        "20, 20, false",
        "20, 20, true",
        "600, 3, false",
        "600, 2, true"
    })
    void sumsUpAsBlstDoes(int most, int rounds, boolean sameScalar) {
        System.out.println("fixed point sums: -Dmarmalade.seed=" + seed);
        Blst.require();
        for (int round = 0; round < rounds; round++) {
            int count = most > 100 ? most : 1 + random.nextInt(most);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment points = arena.allocate((long) count * Blst.P1_AFFINE_SIZE, 64);
                MemorySegment known =
                        MemorySegment.ofAddress(RingSetup.Powers.first(count + 5))
                                .reinterpret((count + 5L) * Blst.P1_AFFINE_SIZE);
                for (int i = 0; i < count; i++) {
                    // Some points are there twice, some with their negations.
                    int index = round % 2 == 0 ? i : random.nextInt(count + 5);
                    MemorySegment.copy(
                            known,
                            (long) index * Blst.P1_AFFINE_SIZE,
                            points,
                            (long) i * Blst.P1_AFFINE_SIZE,
                            Blst.P1_AFFINE_SIZE);
                    long y = points.address() + (long) i * Blst.P1_AFFINE_SIZE + 48;
                    Blst.fpNegate(y, y, random.nextInt(4) == 0);
                }
                MemorySegment plain = arena.allocate((long) count * Blst.SCALAR_SIZE, 8);
                MemorySegment halves = arena.allocate((long) count * FixedPointSums.SCALAR_SIZE, 8);
                FieldElement scalar = most > 100 ? ONES : scalar();
                for (int i = 0; i < count; i++) {
                    scalar = sameScalar ? scalar : scalar();
                    PointSums.putScalar(plain, (long) Blst.SCALAR_SIZE * i, scalar);
                    FixedPointSums.putScalar(halves, i, scalar.limbs(), 0);
                }
                MemorySegment rows = arena.allocate(count * FixedPointSums.ROW_SIZE, 64);
                FixedPointSums.prepare(rows.address(), points.address(), count);
                int first = random.nextInt(count);
                MemorySegment expected = arena.allocate(Blst.P1_SIZE, 64);
                MemorySegment sum = arena.allocate(Blst.P1_SIZE, 64);
                PointSums.sum(
                        expected.address(),
                        points.address() + (long) first * Blst.P1_AFFINE_SIZE,
                        count - first,
                        plain.address() + (long) first * Blst.SCALAR_SIZE,
                        PointSums.SCALAR_BITS);
                FixedPointSums.sum(sum.address(), rows.address(), halves, first, count);
                assertArrayEquals(
                        compressed(arena, expected), compressed(arena, sum), "seed " + seed);
                if (VectorBackend.isSupported()) {
                    sum.fill((byte) 0);
                    double[] table = FixedPointLanes.table(rows.address(), count);
                    boolean found = FixedPointLanes.sum(sum.address(), table, halves, first, count);
                    // Without points of the same x there is always a result.
                    assertTrue(found || round % 2 != 0 || most > 100, "seed " + seed);
                    if (found) {
                        assertArrayEquals(
                                compressed(arena, expected),
                                compressed(arena, sum),
                                "lanes, seed " + seed);
                    }
                }
            }
        }
    }
}
