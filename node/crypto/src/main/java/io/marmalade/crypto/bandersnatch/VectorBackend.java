package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import jdk.incubator.vector.LongVector;

import java.lang.foreign.MemorySegment;
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

    /** Room for one computation at a time; what is left in it means nothing. */
    private static final class Scratch {
        /** Half the longs of a table of odd multiples: those that are not negated. */
        static final int HALF = Lanes.OPERAND << (WINDOW - 2);

        private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

        /** Tables for the two halves of both scalars. */
        final long[] tables = new long[4 * 2 * HALF];

        final long[] step = new long[Lanes.OPERAND];
        final long[] twice = new long[Lanes.LENGTH];
        final long[] pair = new long[2 * Point.LENGTH];
        final long[] image1 = new long[Point.LENGTH];
        final long[] image2 = new long[Point.LENGTH];
        final long[] oddPowers = new long[16 * Lanes.LENGTH];
        final long[] x = new long[Lanes.LENGTH];
        final long[] out = new long[Lanes.LENGTH];
        final long[] w = Lanes.workspace();

        /** Returns this thread's: zeroing a new one takes a tenth of the time it is used. */
        static Scratch get() {
            return OF_THREAD.get();
        }
    }

    @Override
    public void fixedSum(long sum, FixedPoints points, MemorySegment scalars, int first, int end) {
        if (!FixedPointLanes.sum(sum, points.lanes(), scalars, first, end)) {
            rest.fixedSum(sum, points, scalars, first, end);
        }
    }

    @Override
    public void rootPowers(long[] elements, int count, long[] powers) {
        Scratch scratch = Scratch.get();
        long[] table = scratch.oddPowers;
        long[] x = scratch.x;
        long[] out = scratch.out;
        long[] w = scratch.w;
        for (int first = 0; first < count; first += Lanes.COUNT) {
            int n = Math.min(Lanes.COUNT, count - first);
            Lanes.enter(x, elements, LIMBS * first, n, w);
            // Odd powers for windows of five bits.
            System.arraycopy(x, 0, table, 0, Lanes.LENGTH);
            Lanes.square(out, 0, x, 0);
            for (int i = 1; i < 16; i++) {
                int at = Lanes.LENGTH * i;
                Lanes.mul(table, at, table, at - Lanes.LENGTH, out, 0, w);
            }
            byte[] steps = SquareRoots.STEPS;
            System.arraycopy(table, Lanes.LENGTH * (steps[0] >> 1), x, 0, Lanes.LENGTH);
            for (int i = 1; i < steps.length; i++) {
                int step = steps[i];
                if (step == 0) {
                    Lanes.square(x, 0, x, 0);
                } else {
                    Lanes.mul(x, 0, x, 0, table, Lanes.LENGTH * (step >> 1), w);
                }
            }
            take(powers, first, 0, x, scratch, n);
            Lanes.square(x, 0, x, 0);
            Lanes.mul(x, 0, x, 0, table, 0, w);
            take(powers, first, 1, x, scratch, n);
            for (int j = 2; j < SquareRoots.POWERS; j++) {
                for (int i = 0; i < 8; i++) {
                    Lanes.square(x, 0, x, 0);
                }
                take(powers, first, j, x, scratch, n);
            }
        }
    }

    private static void take(
            long[] powers, int first, int index, long[] x, Scratch scratch, int n) {
        long[] out = scratch.out;
        long[] taken = scratch.pair;
        System.arraycopy(x, 0, out, 0, Lanes.LENGTH);
        Lanes.leave(taken, 0, out, n, scratch.w);
        for (int i = 0; i < n; i++) {
            Fr.copy(powers, LIMBS * (SquareRoots.POWERS * (first + i) + index), taken, LIMBS * i);
        }
    }

    @Override
    public void twoSums(
            long[] s, long[] c, long[] p1, long[] q1, long[] p2, long[] q2, long[] r1, long[] r2) {
        Scratch scratch = Scratch.get();
        sum(terms(scratch, s, c, p1, q1, p2, q2), r1, r2, scratch);
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
        Scratch scratch = Scratch.get();
        List<Term> terms = terms(scratch, s, c, p1, q1, p2, q2);
        byte[][] digits = PointEndomorphism.halfDigits(b, Blinding.WINDOW);
        terms.add(new Term(Blinding.TABLE, 0, Blinding.HALF, digits[0]));
        terms.add(new Term(Blinding.IMAGE_TABLE, 0, Blinding.HALF, digits[1]));
        sum(terms, r1, r2, scratch);
    }

    /**
     * Multiples of two points as terms of two sums.
     *
     * @param table where {@link #oddMultiples} has written
     * @param first the offset of what it wrote
     * @param half the longs before the negated multiples
     */
    private record Term(long[] table, int first, int half, byte[] digits) {
        void addTo(long[] sum, int i, long[] w) {
            int digit = digits[i];
            if (digit != 0) {
                int index = digit > 0 ? digit >> 1 : -digit >> 1;
                int at = first + Lanes.OPERAND * index + (digit > 0 ? 0 : half);
                Lanes.add(sum, 0, sum, 0, table, at, w);
            }
        }
    }

    /** The blinding base's odd multiples, beside the identity's. */
    private static final class Blinding {
        static final int WINDOW = 7;
        static final int HALF = Lanes.OPERAND << (WINDOW - 2);
        static final long[] TABLE = table(Point.BLINDING_BASE);
        static final long[] IMAGE_TABLE = table(image(Point.BLINDING_BASE));

        private Blinding() {}

        private static long[] table(long[] p) {
            long[] table = new long[2 * HALF];
            oddMultiples(table, 0, HALF, IDENTITY, p, new Scratch());
            return table;
        }

        private static long[] image(long[] p) {
            long[] image = new long[Point.LENGTH];
            PointEndomorphism.apply(image, p);
            return image;
        }
    }

    private static List<Term> terms(
            Scratch scratch, long[] s, long[] c, long[] p1, long[] q1, long[] p2, long[] q2) {
        List<Term> terms = new ArrayList<>(6);
        addTerms(terms, scratch, s, p1, p2);
        addTerms(terms, scratch, c, q1, q2);
        return terms;
    }

    /** Adds both halves of a scalar, by which two points are multiplied. */
    private static void addTerms(
            List<Term> terms, Scratch scratch, long[] scalar, long[] p1, long[] p2) {
        byte[][] digits = PointEndomorphism.halfDigits(scalar, WINDOW);
        int half = Scratch.HALF;
        int at = 2 * half * terms.size();
        oddMultiples(scratch.tables, at, half, p1, p2, scratch);
        terms.add(new Term(scratch.tables, at, half, digits[0]));
        PointEndomorphism.apply(scratch.image1, p1);
        PointEndomorphism.apply(scratch.image2, p2);
        at += 2 * half;
        oddMultiples(scratch.tables, at, half, scratch.image1, scratch.image2, scratch);
        terms.add(new Term(scratch.tables, at, half, digits[1]));
    }

    private static void sum(List<Term> terms, long[] r1, long[] r2, Scratch scratch) {
        long[] w = scratch.w;
        long[] sum = scratch.x;
        int i = 0;
        for (Term term : terms) {
            i = Math.max(i, top(term.digits));
        }
        enterPair(sum, IDENTITY, IDENTITY, scratch);
        for (; i >= 0; i--) {
            Lanes.twice(sum, sum, w);
            for (int j = 0; j < terms.size(); j++) {
                terms.get(j).addTo(sum, i, w);
            }
        }
        long[] out = scratch.pair;
        Lanes.leave(out, 0, sum, Lanes.COUNT, w);
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

    private static void enterPair(long[] r, long[] p1, long[] p2, Scratch scratch) {
        long[] both = scratch.pair;
        reorder(both, 0, p1, 0);
        reorder(both, Point.LENGTH, p2, 0);
        Lanes.enter(r, both, 0, Lanes.COUNT, scratch.w);
    }

    /** Swaps Y and Z: in the lanes they have the other order. */
    private static void reorder(long[] r, int ro, long[] p, int po) {
        Fr.copy(r, ro + Point.X, p, po + Point.X);
        Fr.copy(r, ro + Point.Y, p, po + Point.Z);
        Fr.copy(r, ro + Point.Z, p, po + Point.Y);
        Fr.copy(r, ro + Point.T, p, po + Point.T);
    }

    /**
     * Writes operands for P, 3P, 5P, … and behind them −P, −3P, −5P, …, of two points each.
     *
     * @param half the longs of the operands that are not negated
     */
    private static void oddMultiples(
            long[] table, int first, int half, long[] p1, long[] p2, Scratch scratch) {
        long[] p = scratch.x;
        long[] twice = scratch.twice;
        long[] step = scratch.step;
        long[] w = scratch.w;
        enterPair(p, p1, p2, scratch);
        Lanes.twice(twice, p, w);
        Lanes.operand(step, 0, twice, 0, w);
        for (int at = first; at < first + half; at += Lanes.OPERAND) {
            if (at > first) {
                Lanes.add(p, 0, p, 0, step, 0, w);
            }
            Lanes.operand(table, at, p, 0, w);
            Lanes.negateOperand(table, at + half, table, at);
        }
    }
}
