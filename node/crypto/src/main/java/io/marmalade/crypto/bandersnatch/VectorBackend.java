package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import jdk.incubator.vector.LongVector;

import java.util.ArrayList;
import java.util.List;

/** The backend for machines with vectors of 512 bits: {@link Lanes}. */
final class VectorBackend implements CurveBackend {
    private static final int WINDOW = 4;

    /** With fewer points of G1, vectors take longer than blst. */
    private static final int LEAST_LANES = 4;

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
    public int pointsAtOnce() {
        return CoordinateLanes.COUNT;
    }

    @Override
    public void decodePoints(byte[] octets, int first, int end, long points, boolean[] valid) {
        GroupLanes lanes = new GroupLanes();
        for (int i = first; i < end; i += CoordinateLanes.COUNT) {
            int count = Math.min(CoordinateLanes.COUNT, end - i);
            if (count < LEAST_LANES) {
                rest.decodePoints(octets, i, end, points, valid);
            } else {
                lanes.decode(octets, i, count, points, valid);
            }
        }
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
        List<Term> terms = new ArrayList<>();
        addTerms(terms, s, c, p1, q1, p2, q2);
        sum(terms, r1, r2);
    }

    @Override
    public void twoSumsBlinded(
            long[] s,
            long[] c,
            long[] b,
            long[] p1,
            long[] q1,
            long[] p2,
            long[] q2,
            long[] r1,
            long[] r2) {
        List<Term> terms = new ArrayList<>();
        addTerms(terms, s, c, p1, q1, p2, q2);
        byte[][] digits = PointEndomorphism.halfDigits(b, Blinding.WINDOW);
        terms.add(new Term(Blinding.TABLE, digits[0]));
        terms.add(new Term(Blinding.IMAGE_TABLE, digits[1]));
        sum(terms, r1, r2);
    }

    /**
     * Multiples of two points as terms of two sums.
     *
     * @param table what {@link #oddMultiples} made
     */
    private record Term(long[] table, byte[] digits) {
        void addTo(long[] sum, int i, long[] w) {
            int digit = digits[i];
            if (digit != 0) {
                int index = digit > 0 ? digit >> 1 : -digit >> 1;
                int at = Lanes.OPERAND * index + (digit > 0 ? 0 : table.length / 2);
                Lanes.add(sum, 0, sum, 0, table, at, w);
            }
        }
    }

    /** The blinding base's odd multiples, beside the identity's. */
    private static final class Blinding {
        static final int WINDOW = 7;
        static final long[] TABLE =
                oddMultiples(WINDOW, IDENTITY, Point.BLINDING_BASE, Lanes.workspace());
        static final long[] IMAGE_TABLE =
                oddMultiples(WINDOW, IDENTITY, image(Point.BLINDING_BASE), Lanes.workspace());

        private Blinding() {}
    }

    private static void addTerms(
            List<Term> terms, long[] s, long[] c, long[] p1, long[] q1, long[] p2, long[] q2) {
        byte[][] sDigits = PointEndomorphism.halfDigits(s, WINDOW);
        byte[][] cDigits = PointEndomorphism.halfDigits(c, WINDOW);
        long[] w = Lanes.workspace();
        terms.add(new Term(oddMultiples(WINDOW, p1, p2, w), sDigits[0]));
        terms.add(new Term(oddMultiples(WINDOW, image(p1), image(p2), w), sDigits[1]));
        terms.add(new Term(oddMultiples(WINDOW, q1, q2, w), cDigits[0]));
        terms.add(new Term(oddMultiples(WINDOW, image(q1), image(q2), w), cDigits[1]));
    }

    private static long[] image(long[] p) {
        long[] image = new long[Point.LENGTH];
        PointEndomorphism.apply(image, p);
        return image;
    }

    private static void sum(List<Term> terms, long[] r1, long[] r2) {
        long[] w = Lanes.workspace();
        long[] sum = new long[Lanes.LENGTH];
        int i = 0;
        for (Term term : terms) {
            i = Math.max(i, top(term.digits));
        }
        enterPair(sum, IDENTITY, IDENTITY);
        for (; i >= 0; i--) {
            Lanes.twice(sum, sum, w);
            for (int j = 0; j < terms.size(); j++) {
                terms.get(j).addTo(sum, i, w);
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

    /**
     * Returns operands for P, 3P, 5P, … and behind them −P, −3P, −5P, …, of two points each.
     *
     * @param width of the digits that the multiples are for
     */
    private static long[] oddMultiples(int width, long[] p1, long[] p2, long[] w) {
        int half = Lanes.OPERAND << (width - 2);
        long[] table = new long[2 * half];
        long[] p = new long[Lanes.LENGTH];
        long[] twice = new long[Lanes.LENGTH];
        long[] step = new long[Lanes.OPERAND];
        enterPair(p, p1, p2);
        Lanes.twice(twice, p, w);
        Lanes.operand(step, 0, twice, 0);
        for (int at = 0; at < half; at += Lanes.OPERAND) {
            if (at > 0) {
                Lanes.add(p, 0, p, 0, step, 0, w);
            }
            Lanes.operand(table, at, p, 0);
            Lanes.negateOperand(table, half + at, table, at);
        }
        return table;
    }
}
