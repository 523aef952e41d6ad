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
import java.util.concurrent.Executor;

/**
 * Ring roots: commitments to sequences of keys (the paper's O).
 *
 * @gp sec:bandersnatch
 */
public final class RingRoots {
    private static final int CACHED = 16;
    private static final int WINDOW = 5;

    /** Up to so many keys, tables of the Lagrange points' multiples are worth while. */
    private static final int MAX_WITH_TABLES = 56;

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
     * Returns the root of a ring. The roots of the latest sequences are remembered, so that a root
     * that was asked for ahead of time costs nothing when it is needed.
     *
     * @param keys 1..1791 of them; the ring's size is their number. A key that is no point of the
     *     curve counts as the padding point; one outside the prime subgroup is a point like any
     *     other, for rings are committed to unchecked.
     * @throws IllegalArgumentException if there are none or too many
     * @throws io.marmalade.crypto.bls.BlstUnavailableException without blst
     */
    public static RingRoot of(List<BandersnatchKey> keys) {
        return of(keys, new Workers(null));
    }

    /**
     * Returns the root of a ring, as {@link #of(List)} does, on this thread and those of an
     * executor.
     *
     * @param executor lends threads; it is never waited for, so that this may be one of its threads
     */
    public static RingRoot of(List<BandersnatchKey> keys, Executor executor) {
        return of(keys, new Workers(executor));
    }

    private static RingRoot of(List<BandersnatchKey> keys, Workers workers) {
        List<BandersnatchKey> ring = List.copyOf(keys);
        synchronized (CACHE) {
            RingRoot known = CACHE.get(ring);
            if (known != null) {
                return known;
            }
        }
        RingRoot root = compute(Backends.current(), workers, ring);
        synchronized (CACHE) {
            CACHE.put(ring, root);
        }
        return root;
    }

    static RingRoot compute(CurveBackend backend, Workers workers, List<BandersnatchKey> keys) {
        RingSetup setup = RingSetup.of(RingDomain.of(keys.size()));
        int count = keys.size();
        byte[] root = new byte[RingRoot.SIZE];
        try (Arena arena = workers.mayHelp() ? Arena.ofShared() : Arena.ofConfined()) {
            // The Lagrange points, and behind them their images under the endomorphism.
            MemorySegment bases = arena.allocate(2L * count * Blst.P1_AFFINE_SIZE, 64);
            MemorySegment scalars = arena.allocate(4L * count * Endomorphism.HALF_SIZE, 8);
            long image = bases.address() + (long) count * Blst.P1_AFFINE_SIZE;
            List<Runnable> tasks = new ArrayList<>();
            tasks.add(() -> {
                setup.copyLagrange(bases, count);
                Endomorphism.apply(image, bases.address(), count);
            });
            int parts = count < 64 ? 1 : 4;
            for (int i = 0; i < parts; i++) {
                int first = count * i / parts;
                int end = count * (i + 1) / parts;
                tasks.add(() -> putScalars(scalars, backend, keys, first, end));
            }
            workers.run(tasks);

            MemorySegment sums = arena.allocate(2L * Blst.P1_SIZE, 64);
            MemorySegment tables;
            if (count <= MAX_WITH_TABLES) {
                long row = PointSums.rowSize(WINDOW);
                tables = arena.allocate(2L * count * row, 64);
                PointSums.tables(tables.address(), WINDOW, bases.address(), count);
                Endomorphism.apply(
                        tables.address() + count * row, tables.address(), count << (WINDOW - 1));
            } else {
                tables = MemorySegment.NULL;
            }
            tasks.clear();
            for (int column = 0; column < 2; column++) {
                long sum = sums.address() + (long) column * Blst.P1_SIZE;
                long own = scalars.address() + 2L * column * count * Endomorphism.HALF_SIZE;
                long empty = setup.column(column);
                tasks.add(() -> {
                    if (count <= MAX_WITH_TABLES) {
                        PointSums.sumByTables(
                                sum,
                                tables.address(),
                                WINDOW,
                                2 * count,
                                own,
                                Endomorphism.HALF_BITS);
                    } else {
                        PointSums.sum(sum, bases.address(), 2 * count, own, Endomorphism.HALF_BITS);
                    }
                    Blst.p1AddOrDoubleAffine(sum, sum, empty);
                });
            }
            workers.run(tasks);
            MemorySegment octets = arena.allocate(48);
            for (int column = 0; column < 2; column++) {
                Blst.p1Compress(octets.address(), sums.address() + (long) column * Blst.P1_SIZE);
                MemorySegment.copy(octets, ValueLayout.JAVA_BYTE, 0, root, 48 * column, 48);
            }
            setup.copySelector(root, 96);
        }
        return RingRoot.of(root);
    }

    /** Writes the halves of what some keys add to the columns of a ring without keys. */
    private static void putScalars(
            MemorySegment scalars,
            CurveBackend backend,
            List<BandersnatchKey> keys,
            int first,
            int end) {
        int count = keys.size();
        List<long[]> points = points(backend, keys.subList(first, end));
        long[] difference = new long[Fr.LIMBS];
        for (int column = 0; column < 2; column++) {
            int coordinate = column == 0 ? Point.X : Point.Y;
            for (int i = first; i < end; i++) {
                Fr.sub(difference, 0, points.get(i - first), coordinate, Point.PADDING, coordinate);
                Endomorphism.split(
                        scalars,
                        (2L * column * count + i) * Endomorphism.HALF_SIZE,
                        ((2L * column + 1) * count + i) * Endomorphism.HALF_SIZE,
                        FieldElement.at(difference, 0));
            }
        }
    }

    /**
     * Returns the keys' points with Z = 1, the padding point for a key that is none of the curve.
     */
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
