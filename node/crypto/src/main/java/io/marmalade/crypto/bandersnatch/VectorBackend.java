package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import jdk.incubator.vector.LongVector;

/** The backend for machines with vectors of 512 bits: {@link Lanes}. */
final class VectorBackend implements CurveBackend {
    private static final int WINDOW = 4;
    private static final int TABLE = 1 << (WINDOW - 2);
    private static final int TABLE_LENGTH = 2 * TABLE * Lanes.OPERAND;

    private final CurveBackend rest;

    /**
     * @param rest what does the work that is not worth a vector
     */
    VectorBackend(CurveBackend rest) {
        this.rest = rest;
    }

    /** Returns whether this machine's vectors are long enough to be worth while. */
    static boolean isSupported() {
        return LongVector.SPECIES_PREFERRED.length() >= Lanes.COUNT;
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public void invert(long[] element) {
        rest.invert(element);
    }

    @Override
    public void rootPowers(long[] elements, int count, long[] powers) {
        long[] table = new long[16 * Lanes.LENGTH];
        long[] x = new long[Lanes.LENGTH];
        long[] out = new long[Lanes.LENGTH];
        long[] taken = new long[LIMBS * Lanes.COUNT];
        for (int first = 0; first < count; first += Lanes.COUNT) {
            int n = Math.min(Lanes.COUNT, count - first);
            Lanes.enter(x, elements, LIMBS * first, n);
            // Odd powers for windows of five bits.
            System.arraycopy(x, 0, table, 0, Lanes.LENGTH);
            Lanes.square(out, 0, x, 0);
            for (int i = 1; i < 16; i++) {
                int at = Lanes.LENGTH * i;
                Lanes.mul(table, at, table, at - Lanes.LENGTH, out, 0);
            }
            byte[] steps = SquareRoots.STEPS;
            System.arraycopy(table, Lanes.LENGTH * (steps[0] >> 1), x, 0, Lanes.LENGTH);
            for (int i = 1; i < steps.length; i++) {
                int step = steps[i];
                if (step == 0) {
                    Lanes.square(x, 0, x, 0);
                } else {
                    Lanes.mul(x, 0, x, 0, table, Lanes.LENGTH * (step >> 1));
                }
            }
            take(powers, first, 0, x, out, taken, n);
            Lanes.square(x, 0, x, 0);
            Lanes.mul(x, 0, x, 0, table, 0);
            take(powers, first, 1, x, out, taken, n);
            for (int j = 2; j < SquareRoots.POWERS; j++) {
                for (int i = 0; i < 8; i++) {
                    Lanes.square(x, 0, x, 0);
                }
                take(powers, first, j, x, out, taken, n);
            }
        }
    }

    private static void take(
            long[] powers, int first, int index, long[] x, long[] out, long[] taken, int n) {
        System.arraycopy(x, 0, out, 0, Lanes.LENGTH);
        Lanes.leave(taken, 0, out, n);
        for (int i = 0; i < n; i++) {
            Fr.copy(powers, LIMBS * (SquareRoots.POWERS * (first + i) + index), taken, LIMBS * i);
        }
    }

    @Override
    public void twoSums(
            long[] s, long[] c, long[] p1, long[] q1, long[] p2, long[] q2, long[] r1, long[] r2) {
        byte[][] sDigits = PointEndomorphism.halfDigits(s, WINDOW);
        byte[][] cDigits = PointEndomorphism.halfDigits(c, WINDOW);
        byte[][] digits = {sDigits[0], sDigits[1], cDigits[0], cDigits[1]};
        long[] w = Lanes.workspace();
        long[] image1 = new long[Point.LENGTH];
        long[] image2 = new long[Point.LENGTH];
        long[] tables = new long[4 * TABLE_LENGTH];
        oddMultiples(tables, 0, p1, p2, w);
        oddMultiples(tables, 2 * TABLE_LENGTH, q1, q2, w);
        PointEndomorphism.apply(image1, p1);
        PointEndomorphism.apply(image2, p2);
        oddMultiples(tables, TABLE_LENGTH, image1, image2, w);
        PointEndomorphism.apply(image1, q1);
        PointEndomorphism.apply(image2, q2);
        oddMultiples(tables, 3 * TABLE_LENGTH, image1, image2, w);
        long[] sum = new long[Lanes.LENGTH];
        int i = 0;
        for (byte[] own : digits) {
            i = Math.max(i, top(own));
        }
        enterPair(sum, IDENTITY, IDENTITY);
        for (; i >= 0; i--) {
            Lanes.twice(sum, sum, w);
            for (int j = 0; j < 4; j++) {
                addDigit(sum, tables, TABLE_LENGTH * j, digits[j][i], w);
            }
        }
        long[] out = new long[2 * Point.LENGTH];
        Lanes.leave(out, 0, sum, Lanes.COUNT);
        reorder(r1, 0, out, 0);
        reorder(r2, 0, out, Point.LENGTH);
    }

    private static final long[] IDENTITY = identity();

    private static long[] identity() {
        long[] p = new long[Point.LENGTH];
        Point.identity(p);
        return p;
    }

    private static int top(byte[] digits) {
        int i = digits.length - 1;
        while (i > 0 && digits[i] == 0) {
            i--;
        }
        return i;
    }

    private static void enterPair(long[] r, long[] p1, long[] p2) {
        long[] both = new long[2 * Point.LENGTH];
        reorder(both, 0, p1, 0);
        reorder(both, Point.LENGTH, p2, 0);
        Lanes.enter(r, both, 0, Lanes.COUNT);
    }

    /** Swaps Y and Z: in the lanes they have the other order. */
    private static void reorder(long[] r, int ro, long[] p, int po) {
        Fr.copy(r, ro + Point.X, p, po + Point.X);
        Fr.copy(r, ro + Point.Y, p, po + Point.Z);
        Fr.copy(r, ro + Point.Z, p, po + Point.Y);
        Fr.copy(r, ro + Point.T, p, po + Point.T);
    }

    /** Writes operands for P, 3P, 5P, … and behind them −P, −3P, −5P, …, of two points each. */
    private static void oddMultiples(long[] table, int to, long[] p1, long[] p2, long[] w) {
        long[] p = new long[Lanes.LENGTH];
        long[] twice = new long[Lanes.LENGTH];
        long[] step = new long[Lanes.OPERAND];
        enterPair(p, p1, p2);
        Lanes.twice(twice, p, w);
        Lanes.operand(step, 0, twice, 0);
        for (int i = 0; i < TABLE; i++) {
            if (i > 0) {
                Lanes.add(p, 0, p, 0, step, 0, w);
            }
            int at = to + Lanes.OPERAND * i;
            Lanes.operand(table, at, p, 0);
            Lanes.negateOperand(table, at + TABLE_LENGTH / 2, table, at);
        }
    }

    private static void addDigit(long[] sum, long[] tables, int table, byte digit, long[] w) {
        if (digit != 0) {
            int index = digit > 0 ? digit >> 1 : TABLE + (-digit >> 1);
            Lanes.add(sum, 0, sum, 0, tables, table + Lanes.OPERAND * index, w);
        }
    }
}
