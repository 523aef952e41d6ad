package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.RingRoot;
import io.marmalade.crypto.bls.Blst;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ring roots: commitments to sequences of keys (the paper's O).
 *
 * @gp sec:bandersnatch
 */
public final class RingRoots {
    private static final int CACHED = 16;

    private static final Map<List<BandersnatchKey>, RingRoot> CACHE =
            new LinkedHashMap<>(2 * CACHED, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<List<BandersnatchKey>, RingRoot> eldest) {
                    return size() > CACHED;
                }
            };

    private RingRoots() {}

    /**
     * Returns the root of a ring. The roots of the latest sequences are remembered, so that a root that
     * was asked for ahead of time costs nothing when it is needed.
     *
     * @param keys 1..1791 of them; the ring's size is their number. A key that is no point of the curve
     *     counts as the padding point; one outside the prime subgroup is a point like any other, for
     *     rings are committed to unchecked.
     * @throws IllegalArgumentException if there are none or too many
     * @throws io.marmalade.crypto.bls.BlstUnavailableException without blst
     */
    public static RingRoot of(List<BandersnatchKey> keys) {
        List<BandersnatchKey> ring = List.copyOf(keys);
        synchronized (CACHE) {
            RingRoot known = CACHE.get(ring);
            if (known != null) {
                return known;
            }
        }
        RingRoot root = compute(Backends.current(), ring);
        synchronized (CACHE) {
            CACHE.put(ring, root);
        }
        return root;
    }

    static RingRoot compute(CurveBackend backend, List<BandersnatchKey> keys) {
        RingSetup setup = RingSetup.of(RingDomain.of(keys.size()));
        List<long[]> points = points(backend, keys);
        int count = points.size();
        byte[] root = new byte[RingRoot.SIZE];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment scalars = arena.allocate((long) Blst.SCALAR_SIZE * count, 8);
            MemorySegment sum = arena.allocate(Blst.P1_SIZE, 64);
            MemorySegment octets = arena.allocate(48);
            long lagrange = setup.lagrange(count);
            long[] difference = new long[Fr.LIMBS];
            for (int column = 0; column < 2; column++) {
                int coordinate = column == 0 ? Point.X : Point.Y;
                for (int i = 0; i < count; i++) {
                    Fr.sub(difference, 0, points.get(i), coordinate, Point.PADDING, coordinate);
                    PointSums.putScalar(scalars, (long) Blst.SCALAR_SIZE * i, difference, 0);
                }
                PointSums.sum(
                        sum.address(), lagrange, count, scalars.address(), PointSums.SCALAR_BITS);
                Blst.p1AddOrDoubleAffine(sum.address(), sum.address(), setup.column(column));
                Blst.p1Compress(octets.address(), sum.address());
                MemorySegment.copy(octets, ValueLayout.JAVA_BYTE, 0, root, 48 * column, 48);
            }
            setup.copySelector(root, 96);
        }
        return RingRoot.of(root);
    }

    /** Returns the keys' points with Z = 1, the padding point for a key that is none of the curve. */
    static List<long[]> points(CurveBackend backend, List<BandersnatchKey> keys) {
        PointBatch batch = new PointBatch(keys.size());
        for (BandersnatchKey key : keys) {
            batch.addCurvePoint(key.octets(), 0);
        }
        batch.solve(backend);
        List<long[]> points = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            points.add(batch.isOnCurve(i) ? batch.point(i) : Point.PADDING);
        }
        return points;
    }
}
