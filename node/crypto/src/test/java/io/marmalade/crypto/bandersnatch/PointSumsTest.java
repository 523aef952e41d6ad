package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.marmalade.crypto.bls.Blst;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The ways to sum up multiples of points of the pairing curve, against multiplying one by one. */
class PointSumsTest {
    private final long seed = Long.getLong("marmalade.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private FieldElement scalar() {
        return switch (random.nextInt(8)) {
            case 0 -> FieldElement.ZERO;
            case 1 -> FieldElement.ONE.negated();
            case 2 -> FieldElement.of(random.nextInt(1000));
            case 3 ->
                    FieldElement.of(
                            new BigInteger("d201000000010000", 16)
                                    .pow(2 + random.nextInt(2))
                                    .subtract(BigInteger.valueOf(random.nextInt(3))));
            default -> FieldElement.of(new BigInteger(255, random));
        };
    }

    private static byte[] compressed(Arena arena, MemorySegment point) {
        MemorySegment octets = arena.allocate(48);
        Blst.p1Compress(octets.address(), point.address());
        return octets.toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void sumsUpAlikeByAllMeans() {
        System.out.println("point sums: -Dmarmalade.seed=" + seed);
        Blst.require();
        for (int round = 0; round < 60; round++) {
            boolean identity = round % 3 == 0;
            int count = 1 + random.nextInt(40);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment points = arena.allocate(2L * count * Blst.P1_AFFINE_SIZE, 64);
                MemorySegment.copy(
                        MemorySegment.ofAddress(
                                        RingSetup.Powers.first(200) + 96L * random.nextInt(160))
                                .reinterpret((long) count * Blst.P1_AFFINE_SIZE),
                        0,
                        points,
                        0,
                        (long) count * Blst.P1_AFFINE_SIZE);
                if (identity) {
                    points.asSlice(
                                    (long) random.nextInt(count) * Blst.P1_AFFINE_SIZE,
                                    Blst.P1_AFFINE_SIZE)
                            .fill((byte) 0);
                }
                MemorySegment scalars = arena.allocate((long) count * Blst.SCALAR_SIZE, 8);
                MemorySegment halves = arena.allocate(2L * count * Endomorphism.HALF_SIZE, 8);
                MemorySegment expected = arena.allocate(Blst.P1_SIZE, 64);
                MemorySegment product = arena.allocate(Blst.P1_SIZE, 64);
                for (int i = 0; i < count; i++) {
                    FieldElement scalar = scalar();
                    long at = (long) Blst.SCALAR_SIZE * i;
                    PointSums.putScalar(scalars, at, scalar);
                    Endomorphism.split(
                            halves,
                            (long) Endomorphism.HALF_SIZE * i,
                            (long) Endomorphism.HALF_SIZE * (count + i),
                            scalar);
                    Blst.p1FromAffine(
                            product.address(), points.address() + (long) i * Blst.P1_AFFINE_SIZE);
                    Blst.p1Multiply(
                            product.address(), product.address(), scalars.address() + at, 255);
                    Blst.p1AddOrDouble(expected.address(), expected.address(), product.address());
                }
                byte[] octets = compressed(arena, expected);
                MemorySegment sum = arena.allocate(Blst.P1_SIZE, 64);
                PointSums.sum(sum.address(), points.address(), count, scalars.address(), 255);
                assertArrayEquals(octets, compressed(arena, sum), "seed " + seed);
                Endomorphism.apply(
                        points.address() + (long) count * Blst.P1_AFFINE_SIZE,
                        points.address(),
                        count);
                PointSums.sum(
                        sum.address(),
                        points.address(),
                        2 * count,
                        halves.address(),
                        Endomorphism.HALF_BITS);
                assertArrayEquals(octets, compressed(arena, sum), "seed " + seed);
                if (!identity) {
                    int width = 4 + random.nextInt(3);
                    long row = PointSums.rowSize(width);
                    MemorySegment tables = arena.allocate(2L * count * row, 64);
                    PointSums.tables(tables.address(), width, points.address(), count);
                    Endomorphism.apply(
                            tables.address() + count * row, tables.address(), count << (width - 1));
                    PointSums.sumByTables(
                            sum.address(),
                            tables.address(),
                            width,
                            2 * count,
                            halves.address(),
                            Endomorphism.HALF_BITS);
                    assertArrayEquals(octets, compressed(arena, sum), "seed " + seed);
                }
            }
        }
    }

    /** A term of a point whose odd multiples lie in a table, with the halves of its factor. */
    private static void addTerms(
            List<PointSums.Term> terms, long tables, long row, int i, int count, FieldElement f) {
        int width = 5;
        long[] halves = Endomorphism.halves(f);
        terms.add(PointSums.Term.of(tables + row * i, width, halves, 0));
        terms.add(PointSums.Term.of(tables + row * (count + i), width, halves, 2));
    }

    @Test
    void sumsUpOddMultiplesInGroupsAsOneByOne() {
        System.out.println("point sums: -Dmarmalade.seed=" + seed);
        Blst.require();
        for (int round = 0; round < 40; round++) {
            int count = 1 + random.nextInt(30);
            // With a point twice, or its negation, points with the same x meet.
            int special = round % 4;
            try (Arena arena = Arena.ofConfined()) {
                long size = Blst.P1_AFFINE_SIZE;
                MemorySegment points = arena.allocate((count + 1) * size, 64);
                long first = RingSetup.Powers.first(200) + size * random.nextInt(160);
                MemorySegment known = MemorySegment.ofAddress(first).reinterpret(count * size);
                MemorySegment.copy(known, 0, points, 0, count * size);
                MemorySegment.copy(known, 0, points, count * size, size);
                if (special == 2) {
                    long y = points.address() + count * size + size / 2;
                    Blst.fpNegate(y, y, true);
                }
                int total = special == 0 ? count : count + 1;
                long row = PointSums.oddRowSize(5);
                long tables = arena.allocate(2 * row * total, 64).address();
                PointSums.oddMultiples(tables, 5, points.address(), total);
                Endomorphism.apply(tables + row * total, tables, total << 3);

                List<PointSums.Term> terms = new ArrayList<>();
                MemorySegment expected = arena.allocate(Blst.P1_SIZE, 64);
                MemorySegment product = arena.allocate(Blst.P1_SIZE, 64);
                MemorySegment scalars = arena.allocate(Blst.SCALAR_SIZE, 8);
                FieldElement last = scalar();
                for (int i = 0; i < total; i++) {
                    FieldElement factor = i == 0 || i == count ? last : scalar();
                    addTerms(terms, tables, row, i, total, factor);
                    PointSums.putScalar(scalars, 0, factor);
                    Blst.p1FromAffine(product.address(), points.address() + i * size);
                    Blst.p1Multiply(product.address(), product.address(), scalars.address(), 255);
                    Blst.p1AddOrDouble(expected.address(), expected.address(), product.address());
                }
                byte[] octets = compressed(arena, expected);
                MemorySegment sum = arena.allocate(Blst.P1_SIZE, 64);
                PointSums.sum(sum.address(), terms);
                assertArrayEquals(octets, compressed(arena, sum), "seed " + seed);
                PointSums.sumOneByOne(sum.address(), terms);
                assertArrayEquals(octets, compressed(arena, sum), "seed " + seed);
            }
        }
    }
}
