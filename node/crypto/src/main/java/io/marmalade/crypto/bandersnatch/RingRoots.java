package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.RingRoot;
import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** In how many parts a ring's keys are decoded. */
    private static final int PARTS = 4;

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
            MemorySegment sums = arena.allocate(2L * Blst.P1_SIZE, 64);
            if (count <= MAX_WITH_TABLES) {
                sumFew(arena, backend, workers, setup, keys, sums);
            } else {
                sumMany(arena, backend, workers, setup, keys, sums);
            }
            for (int column = 0; column < 2; column++) {
                long sum = sums.address() + (long) column * Blst.P1_SIZE;
                Blst.p1AddOrDoubleAffine(sum, sum, setup.column(column));
            }
            MemorySegment octets = arena.allocate(48);
            for (int column = 0; column < 2; column++) {
                Blst.p1Compress(octets.address(), sums.address() + (long) column * Blst.P1_SIZE);
                MemorySegment.copy(octets, ValueLayout.JAVA_BYTE, 0, root, 48 * column, 48);
            }
            setup.copySelector(root, 96);
        }
        return RingRoot.of(root);
    }

    private static void sumFew(
            Arena arena,
            CurveBackend backend,
            Workers workers,
            RingSetup setup,
            List<BandersnatchKey> keys,
            MemorySegment sums) {
        int count = keys.size();
        // For each column the lower halves of all scalars, then the higher ones.
        MemorySegment scalars = arena.allocate(4L * count * Endomorphism.HALF_SIZE, 8);
        long row = PointSums.rowSize(WINDOW);
        MemorySegment tables = arena.allocate(2L * count * row, 64);
        workers.run(
                List.of(
                        () -> {
                            PointSums.tables(
                                    tables.address(), WINDOW, setup.lagrange(count), count);
                            Endomorphism.apply(
                                    tables.address() + count * row,
                                    tables.address(),
                                    count << (WINDOW - 1));
                        },
                        () -> {
                            List<long[]> points = points(backend, keys);
                            for (int i = 0; i < 2 * count; i++) {
                                long at = i % count + 2L * (i / count) * count;
                                Endomorphism.split(
                                        scalars,
                                        at * Endomorphism.HALF_SIZE,
                                        (at + count) * Endomorphism.HALF_SIZE,
                                        FieldElement.at(
                                                difference(points.get(i % count), i / count), 0));
                            }
                        }));
        List<Runnable> tasks = new ArrayList<>();
        for (int column = 0; column < 2; column++) {
            long sum = sums.address() + (long) column * Blst.P1_SIZE;
            long own = scalars.address() + 2L * column * count * Endomorphism.HALF_SIZE;
            tasks.add(() ->
                    PointSums.sumByTables(
                            sum, tables.address(), WINDOW, 2 * count, own, Endomorphism.HALF_BITS));
        }
        workers.run(tasks);
    }

    private static void sumMany(
            Arena arena,
            CurveBackend backend,
            Workers workers,
            RingSetup setup,
            List<BandersnatchKey> keys,
            MemorySegment sums) {
        int count = keys.size();
        FixedPoints multiples = setup.lagrangeMultiples(count);
        MemorySegment[] scalars = new MemorySegment[2];
        Arrays.setAll(scalars, i -> arena.allocate((long) count * FixedPointSums.SCALAR_SIZE, 8));
        List<Runnable> tasks = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            int first = count * part / PARTS;
            int end = count * (part + 1) / PARTS;
            tasks.add(() -> {
                List<long[]> points = points(backend, keys.subList(first, end));
                for (int column = 0; column < 2; column++) {
                    for (int i = first; i < end; i++) {
                        long[] difference = difference(points.get(i - first), column);
                        FixedPointSums.putScalar(scalars[column], i, difference, 0);
                    }
                }
            });
        }
        workers.run(tasks);
        tasks.clear();
        for (int column = 0; column < 2; column++) {
            long sum = sums.address() + (long) column * Blst.P1_SIZE;
            MemorySegment own = scalars[column];
            tasks.add(() -> backend.fixedSum(sum, multiples, own, 0, count));
        }
        workers.run(tasks);
    }

    /** Returns what a key's coordinate adds to a column of a ring without keys. */
    private static long[] difference(long[] point, int column) {
        long[] difference = new long[Fr.LIMBS];
        int coordinate = column == 0 ? Point.X : Point.Y;
        Fr.sub(difference, 0, point, coordinate, Point.PADDING, coordinate);
        return difference;
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
