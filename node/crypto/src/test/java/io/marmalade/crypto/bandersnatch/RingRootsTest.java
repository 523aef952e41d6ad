package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.RingRoot;
import io.marmalade.crypto.bls.Blst;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class RingRootsTest {
    /**
     * The third is on the curve, but not in the prime subgroup. From davxy/jam-conformance,
     * 1766243493_1163.
     */
    private static final List<BandersnatchKey> RING =
            List.of(
                    key("151e5c8fe2b9d8a606966a79edd2f9e5db47e83947ce368ccba53bf6ba20a40b"),
                    key("ff71c6c03ff88adb5ed52c9681de1629a54e702fc14729f6b50d2f0a76f185b3"),
                    key("ce2d6066cfd9e47c796e577d9353be567e4917e34052ef7c4d6a1984c2856622"),
                    key("dee6d555b82024f1ccf8a1e37e60fa60fd40b1958c4bb3006af78647950e1b91"),
                    key("9326edb21e5541717fde24ec085000b28709847b8aab1ac51f84e94b37ca1b66"),
                    key("0746846d17469fb2f95ef365efcab9f4e22fa1feb53111c995376be8019981cc"));

    private static final RingRoot ROOT =
            RingRoot.parse(
                    "888128a1221215e7dae1046f2a2794217ce769d3af136eef00f6fb943969fd9b46b1eb86"
                        + "bcda27f5a64755e758a93260a2b337710b96f28e66d23cda986df9a4bb657a499062b93e"
                        + "06afa6b43704cebecc87379549b539734bf495aeb1e02aa892e630ae2b14e758ab0960e3"
                        + "72172203f4c9a41777dadd529971d7ab9d23ab29fe0e9c85ec450505dde7f5ac038274cf");

    @Test
    void commitsToKeysOutsideThePrimeSubgroupAsTheyAre() {
        assertEquals(ROOT, RingRoots.of(RING));
    }

    @Test
    void findsTheSameRootWithHelp() {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (int size : new int[] {1, 6, 57, 300, 1023}) {
                List<BandersnatchKey> keys = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    keys.add(RING.get(i % RING.size()));
                }
                RingRoot alone = RingRoots.compute(PlainBackend.INSTANCE, new Workers(null), keys);
                assertEquals(alone, RingRoots.compute(Backends.current(), new Workers(two), keys));
            }
        }
    }

    /** What a root commits to, from the whole columns and without the endomorphism. */
    @Test
    void commitsToTheColumns() {
        for (int size : new int[] {6, 80}) {
            List<BandersnatchKey> keys = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                keys.add(RING.get(i % RING.size()));
            }
            RingDomain domain = RingDomain.of(size);
            RingSetup setup = RingSetup.of(domain);
            List<long[]> points = RingRoots.points(PlainBackend.INSTANCE, keys);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment scalars = arena.allocate(32L * domain.size(), 8);
                MemorySegment sum = arena.allocate(Blst.P1_SIZE, 64);
                MemorySegment octets = arena.allocate(96);
                for (int column = 0; column < 2; column++) {
                    int coordinate = column == 0 ? Point.X : Point.Y;
                    long[] power = Point.BLINDING_BASE.clone();
                    for (int row = 0; row < domain.lastRow(); row++) {
                        long[] point = row < size ? points.get(row) : Point.PADDING;
                        if (row >= domain.keyRows()) {
                            point = power.clone();
                            Point.twice(power, 0, power, 0, Point.workspace());
                            Point.normalize(PlainBackend.INSTANCE, power);
                        }
                        PointSums.putScalar(scalars, 32L * row, point, coordinate);
                    }
                    PointSums.sum(
                            sum.address(),
                            setup.lagrange(domain.size()),
                            domain.size(),
                            scalars.address(),
                            PointSums.SCALAR_BITS);
                    Blst.p1Compress(octets.address() + 48L * column, sum.address());
                }
                assertArrayEquals(
                        Arrays.copyOf(RingRoots.of(keys).octets(), 96),
                        octets.toArray(ValueLayout.JAVA_BYTE));
            }
        }
    }

    @Test
    void countsKeysThatAreNoPointsAsPadding() {
        List<BandersnatchKey> padded = new ArrayList<>(RING);
        padded.set(2, key("92ca79e61dd90c1573a8693f199bf6e1e86835cc715cdcf93f5ef222560023aa"));
        List<BandersnatchKey> nulled = new ArrayList<>(RING);
        nulled.set(2, BandersnatchKey.ZERO);
        assertEquals(RingRoots.of(padded), RingRoots.of(nulled));
        assertNotEquals(ROOT, RingRoots.of(nulled));
    }

    private static BandersnatchKey key(String hex) {
        return BandersnatchKey.of(HexFormat.of().parseHex(hex));
    }
}
