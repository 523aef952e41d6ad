package io.marmalade.crypto.bandersnatch;

/** Runs a backend until it is faster than the one that is in use. */
final class WarmUp {
    private static final int ROUND = 10;
    private static final int MAX_ROUNDS = 400;

    private WarmUp() {}

    /**
     * Runs what verifying a signature needs, over and over.
     *
     * @return whether the candidate became the faster one
     */
    static boolean run(CurveBackend candidate, CurveBackend reference) {
        long[] elements = new long[8 * Fr.LIMBS];
        for (int i = 0; i < 8; i++) {
            Fr.copy(elements, Fr.LIMBS * i, Point.GENERATOR, Fr.LIMBS * (i & 1));
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            long mine = time(candidate, elements);
            if (round >= 20 && mine * 3 < time(reference, elements) * 2) {
                return true;
            }
        }
        return false;
    }

    private static long time(CurveBackend backend, long[] elements) {
        long[] powers = new long[8 * Fr.LIMBS * SquareRoots.POWERS];
        long[] s = {0x123456789abcdefL, 0x3141592653589793L, 0x2718281828459045L, 0x1bcdef0123456789L};
        long[] c = {0x1123581321345589L, 0x1414213562373095L, 0x1732050807568877L, 0x0123456789L};
        long[] r1 = new long[Point.LENGTH];
        long[] r2 = new long[Point.LENGTH];
        long start = System.nanoTime();
        for (int i = 0; i < ROUND; i++) {
            backend.rootPowers(elements, 8, powers);
            backend.twoSums(
                    s,
                    c,
                    Point.GENERATOR,
                    Point.BLINDING_BASE,
                    Point.PADDING,
                    Point.ACCUMULATOR_SEED,
                    r1,
                    r2);
        }
        return System.nanoTime() - start;
    }
}
