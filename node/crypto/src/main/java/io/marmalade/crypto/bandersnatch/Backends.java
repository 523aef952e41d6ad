package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.backend.Tiered;
import io.marmalade.crypto.bls.Blst;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Which backend is in use. At start it is blst's, or the plain one where blst is missing. Where the
 * machine has vectors of 512 bits, and there is enough to do, the vector backend is tried in the
 * background until it has been compiled and is the faster one; nobody waits for that.
 *
 * <p>The system property {@code marmalade.bandersnatch} chooses one for good: {@code plain}, {@code
 * blst} or {@code vector}.
 */
final class Backends {
    private static final String PROPERTY = "marmalade.bandersnatch";

    /** How often a backend is asked for before vectors are tried: some dozens of blocks. */
    private static final long THRESHOLD = 100;

    private static final @Nullable CurveBackend CHOSEN = chosen(System.getProperty(PROPERTY));
    private static final CurveBackend FIRST =
            Blst.isAvailable() ? new BlstBackend() : PlainBackend.INSTANCE;
    private static final Tiered<CurveBackend> TIERED =
            new Tiered<>(
                    "bandersnatch",
                    FIRST,
                    () -> {
                        if (!VectorBackend.isSupported()) {
                            throw new UnsupportedOperationException("vectors are too short");
                        }
                        return new VectorBackend(FIRST);
                    },
                    Backends::sample,
                    vectorsAreSupported() ? THRESHOLD : Long.MAX_VALUE);

    private Backends() {}

    /** Returns the backend to use now. */
    static CurveBackend current() {
        return CHOSEN != null ? CHOSEN : TIERED.forWork(1);
    }

    /** Returns the backends that this machine can run, the slowest first. */
    static List<CurveBackend> all() {
        List<CurveBackend> all = new ArrayList<>();
        all.add(PlainBackend.INSTANCE);
        if (Blst.isAvailable()) {
            all.add(new BlstBackend());
        }
        if (vectorsAreSupported()) {
            all.add(new VectorBackend(all.getLast()));
        }
        return all;
    }

    private static @Nullable CurveBackend chosen(@Nullable String name) {
        if (name == null) {
            return null;
        }
        for (CurveBackend backend : all()) {
            if (backend.name().equals(name)) {
                return backend;
            }
        }
        throw new IllegalArgumentException(
                "-D"
                        + PROPERTY
                        + "="
                        + name
                        + ": this machine has the backends "
                        + all().stream().map(CurveBackend::name).toList());
    }

    /** Returns whether the vector backend can be fast here. */
    private static boolean vectorsAreSupported() {
        return Tiered.vectorsAvailable() && VectorBackend.isSupported();
    }

    /** What verifying one signature needs. */
    private static void sample(CurveBackend backend) {
        long[] elements = new long[8 * Fr.LIMBS];
        for (int i = 0; i < 8; i++) {
            Fr.copy(elements, Fr.LIMBS * i, Point.GENERATOR, Fr.LIMBS * (i & 1));
        }
        backend.rootPowers(elements, 8, new long[8 * Fr.LIMBS * SquareRoots.POWERS]);
        long[] s = {
            0x123456789abcdefL, 0x3141592653589793L, 0x2718281828459045L, 0x1bcdef0123456789L
        };
        long[] c = {0x1123581321345589L, 0x1414213562373095L, 0x1732050807568877L, 0x0123456789L};
        backend.twoSums(
                s,
                c,
                Point.GENERATOR,
                Point.BLINDING_BASE,
                Point.PADDING,
                Point.ACCUMULATOR_SEED,
                new long[Point.LENGTH],
                new long[Point.LENGTH]);
        if (Blst.isAvailable()) {
            GroupDecoding.sample(backend);
            FixedSample.run(backend);
        }
    }

    /** Sums of fixed points, which ring roots and ring proofs are made of. */
    private static final class FixedSample {
        private static final int COUNT = 64;
        private static final FixedPoints POINTS = new FixedPoints(COUNT);
        private static final MemorySegment SCALARS =
                Arena.global().allocate((long) COUNT * FixedPointSums.SCALAR_SIZE, 8);

        static {
            POINTS.add(RingSetup.Powers.first(COUNT), COUNT);
            FieldElement scalar = FieldElement.of(3);
            for (int i = 0; i < COUNT; i++) {
                scalar = scalar.times(scalar);
                FixedPointSums.putScalar(SCALARS, i, scalar.limbs(), 0);
            }
        }

        static void run(CurveBackend backend) {
            try (Arena arena = Arena.ofConfined()) {
                long sum = arena.allocate(Blst.P1_SIZE, 64).address();
                backend.fixedSum(sum, POINTS, SCALARS, 0, COUNT);
            }
        }
    }
}
