package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

/** The backend that runs everywhere: {@link Fr} and {@link Point}. */
final class PlainBackend implements CurveBackend {
    static final PlainBackend INSTANCE = new PlainBackend();

    private static final int WINDOW = 5;
    private static final int TABLE = 1 << (WINDOW - 2);

    private PlainBackend() {}

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public void rootPowers(long[] elements, int count, long[] powers) {
        for (int i = 0; i < count; i++) {
            int at = LIMBS * SquareRoots.POWERS * i;
            Fr.pow(powers, at, elements, LIMBS * i, SquareRoots.EXPONENT);
            Fr.square(powers, at + LIMBS, powers, at);
            Fr.mul(powers, at + LIMBS, powers, at + LIMBS, elements, LIMBS * i);
            for (int j = 2; j < SquareRoots.POWERS; j++) {
                int to = at + LIMBS * j;
                Fr.square(powers, to, powers, to - LIMBS);
                for (int k = 1; k < 8; k++) {
                    Fr.square(powers, to, powers, to);
                }
            }
        }
    }

    @Override
    public void invert(long[] element) {
        Fr.invert(element, 0, element, 0);
    }

    @Override
    public void twoSums(
            long[] s, long[] c, long[] p1, long[] q1, long[] p2, long[] q2, long[] r1, long[] r2) {
        byte[] sDigits = Scalar.signedDigits(s, WINDOW);
        byte[] cDigits = Scalar.signedDigits(c, WINDOW);
        sum(sDigits, cDigits, p1, q1, r1);
        sum(sDigits, cDigits, p2, q2, r2);
    }

    private static void sum(byte[] sDigits, byte[] cDigits, long[] p, long[] q, long[] r) {
        long[] w = Point.workspace();
        long[] pTable = oddMultiples(p, w);
        long[] qTable = oddMultiples(q, w);
        long[] sum = new long[Point.LENGTH];
        Point.identity(sum);
        for (int i = sDigits.length - 1; i >= 0; i--) {
            Point.twice(sum, 0, sum, 0, w);
            addDigit(sum, pTable, sDigits[i], w);
            addDigit(sum, qTable, cDigits[i], w);
        }
        System.arraycopy(sum, 0, r, 0, Point.LENGTH);
    }

    /** Returns P, 3P, 5P, … and behind them −P, −3P, −5P, …. */
    private static long[] oddMultiples(long[] p, long[] w) {
        long[] table = new long[2 * TABLE * Point.LENGTH];
        long[] twice = new long[Point.LENGTH];
        Point.twice(twice, 0, p, 0, w);
        System.arraycopy(p, 0, table, 0, Point.LENGTH);
        for (int i = 1; i < TABLE; i++) {
            Point.add(table, Point.LENGTH * i, table, Point.LENGTH * (i - 1), twice, 0, w);
        }
        for (int i = 0; i < TABLE; i++) {
            int from = Point.LENGTH * i;
            int to = Point.LENGTH * (TABLE + i);
            Fr.negate(table, to + Point.X, table, from + Point.X);
            Fr.copy(table, to + Point.Y, table, from + Point.Y);
            Fr.copy(table, to + Point.Z, table, from + Point.Z);
            Fr.negate(table, to + Point.T, table, from + Point.T);
        }
        return table;
    }

    private static void addDigit(long[] sum, long[] table, byte digit, long[] w) {
        if (digit != 0) {
            int index = digit > 0 ? digit >> 1 : TABLE + (-digit >> 1);
            Point.add(sum, 0, sum, 0, table, Point.LENGTH * index, w);
        }
    }
}
