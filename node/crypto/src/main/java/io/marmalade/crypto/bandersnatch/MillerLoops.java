package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The product of two Miller loops with prepared points of G2, which share their squarings.
 *
 * <p>Of each line that blst prepares, the second and third coefficient are still to be multiplied
 * by −2x and 2y of the point of G1.
 */
final class MillerLoops {
    /** The absolute value of z: a line for each doubling, and one for each further bit. */
    private static final long Z = 0xd201000000010000L;

    private static final int COORDINATE = Blst.P1_AFFINE_SIZE / 2;
    private static final int LINE = 6 * COORDINATE;
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private MillerLoops() {}

    /**
     * Writes the product, not conjugated although z is negative.
     *
     * @param lines1 what {@link Blst#precomputeLines} wrote
     * @param point1 affine
     */
    static void product(long result, long lines1, long point1, long lines2, long point2) {
        try (Arena arena = Arena.ofConfined()) {
            long line = arena.allocate(LINE, 64).address();
            long doubled1 = doubled(arena, point1);
            long doubled2 = doubled(arena, point2);
            MemorySegment.copy(ALL, Blst.fp12One(), ALL, result, Blst.FP12_SIZE);
            int offset = 0;
            for (int i = Long.SIZE - 2; i >= 0; i--) {
                if (offset > 0) {
                    Blst.fp12Square(result, result);
                }
                for (int lines = (Z >>> i & 1) != 0 ? 2 : 1; lines > 0; lines--) {
                    evaluate(line, lines1 + offset, doubled1);
                    Blst.fp12MultiplyByLine(result, result, line);
                    evaluate(line, lines2 + offset, doubled2);
                    Blst.fp12MultiplyByLine(result, result, line);
                    offset += LINE;
                }
            }
        }
    }

    /** Returns where −2x and 2y of a point lie. */
    private static long doubled(Arena arena, long point) {
        long doubled = arena.allocate(Blst.P1_AFFINE_SIZE, 64).address();
        long y = doubled + COORDINATE;
        Blst.fpAdd(doubled, point, point);
        Blst.fpNegate(doubled, doubled, true);
        Blst.fpAdd(y, point + COORDINATE, point + COORDINATE);
        return doubled;
    }

    private static void evaluate(long line, long prepared, long doubled) {
        MemorySegment.copy(ALL, prepared, ALL, line, 2L * COORDINATE);
        for (int i = 2; i < 6; i++) {
            long offset = (long) i * COORDINATE;
            Blst.fpMultiply(line + offset, prepared + offset, doubled + (i < 4 ? 0 : COORDINATE));
        }
    }
}
