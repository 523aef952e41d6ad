package io.marmalade.crypto.bandersnatch;

/**
 * Multiples of one point, of which all that is needed is known beforehand: no doublings. Not for
 * secret scalars.
 */
final class FixedBase {
    private static final int WINDOW = 6;
    private static final int HALF = 1 << (WINDOW - 1);

    /** Windows for 253 bits and a carry. */
    private static final int WINDOWS = 254 / WINDOW + 1;

    /** The blinding base's. */
    static FixedBase blinding() {
        return Blinding.TABLE;
    }

    private static final class Blinding {
        static final FixedBase TABLE = new FixedBase(Point.BLINDING_BASE);

        private Blinding() {}
    }

    /** j · 2<sup>6i</sup> · P for j in 1..32, then the same negated, window by window. */
    private final long[] table = new long[WINDOWS * 2 * HALF * Point.LENGTH];

    private FixedBase(long[] base) {
        long[] w = Point.workspace();
        long[] power = base.clone();
        for (int i = 0; i < WINDOWS; i++) {
            int first = 2 * HALF * i;
            System.arraycopy(power, 0, table, Point.LENGTH * first, Point.LENGTH);
            for (int j = 1; j < HALF; j++) {
                int at = Point.LENGTH * (first + j);
                Point.add(table, at, table, at - Point.LENGTH, power, 0, w);
            }
            for (int j = 0; j < HALF; j++) {
                int from = Point.LENGTH * (first + j);
                int to = from + Point.LENGTH * HALF;
                Fr.negate(table, to + Point.X, table, from + Point.X);
                Fr.copy(table, to + Point.Y, table, from + Point.Y);
                Fr.copy(table, to + Point.Z, table, from + Point.Z);
                Fr.negate(table, to + Point.T, table, from + Point.T);
            }
            Point.twice(power, 0, table, Point.LENGTH * (first + HALF - 1), w);
        }
    }

    /** Adds a multiple of the point to r. */
    void addMultiple(long[] r, long[] scalar) {
        long[] w = Point.workspace();
        int carry = 0;
        for (int i = 0; i < WINDOWS; i++) {
            int bit = WINDOW * i;
            int limb = bit >> 6;
            long bits = scalar[limb] >>> (bit & 63);
            if ((bit & 63) > 64 - WINDOW && limb + 1 < Scalar.LIMBS) {
                bits |= scalar[limb + 1] << (64 - (bit & 63));
            }
            int digit = ((int) bits & (2 * HALF - 1)) + carry;
            carry = digit > HALF ? 1 : 0;
            digit -= carry << WINDOW;
            if (digit != 0) {
                int index = 2 * HALF * i + (digit > 0 ? digit - 1 : HALF - digit - 1);
                Point.add(r, 0, r, 0, table, Point.LENGTH * index, w);
            }
        }
    }
}
