package io.marmalade.crypto.bandersnatch;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Eight elements at once of the field in which the coordinates of G1 lie, one in each lane of a
 * vector of 512 bits, as eight limbs of 48 bits that are integers in floating-point numbers.
 *
 * <p>Eight elements lie in an array limb by limb: limb i of lane j at 8i + j, {@link #LENGTH}
 * numbers in all. Limbs have signs, and elements are not fully reduced: what a product leaves lies
 * between −p and p, in limbs of at most 2<sup>47</sup> + 2<sup>6</sup>; there zero has no other
 * form than zeroes. Both operands of a product may be sums of such: their limbs' largest absolute
 * values may have a product of at most 2<sup>97</sup> (limb by limb, eight of them to a column,
 * 2<sup>100</sup>).
 *
 * <p>Nothing is ever rounded away. A fused product and addition to 1.5 · 2<sup>101</sup>, where
 * numbers are 2<sup>49</sup> apart, gives the high part of a product and rounds to nearest; the
 * same product less that part is the low part, exactly, of at most 2<sup>48</sup>. A column's high
 * parts go on to the next one. The upper half of a product of sixteen limbs is replaced by
 * multiples of 2<sup>384</sup>, 2<sup>432</sup>, …, reduced beforehand; what is left is below
 * 2<sup>51</sup>p, and its quotient by p is estimated by its upper limbs, with an error below one.
 *
 * <p>The file is long because products and squares are written out: a limb is a variable each.
 *
 * <p>HotSpot's compiler keeps vectors in registers here because all loads of a method stand before
 * its stores, or no load comes after the first store; otherwise it makes objects of some, which
 * takes fifty times as long. The methods are about as large as it bears. Within a method it would
 * begin all columns before it ends one, and then spill most of them; a question that it cannot
 * answer beforehand, whether the workspace is long enough, keeps the columns apart, and makes
 * products a third faster.
 */
final class CoordinateLanes {
    static final int COUNT = 8;
    static final int LIMBS = 8;
    static final int LENGTH = COUNT * LIMBS;

    private static final BigInteger P = Endomorphism.P;
    private static final int BITS = 48;
    private static final long MASK = (1L << BITS) - 1;
    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_512;

    /** Where in the workspace a carry waits, behind the sixteen limbs of a product. */
    private static final int CARRY = 2 * LENGTH;

    // What, added and subtracted again, leaves the multiples of 2^49, of 2^48 and of one.
    private static final double[] BASE = broadcast(0x1.8p101);
    private static final double[] ROUND = broadcast(0x1.8p100);
    private static final double[] UNIT = broadcast(0x1.8p52);

    private static final double[] ZERO = broadcast(0.0);

    private static final double[] RADIX = broadcast(0x1p48);
    private static final double[] SCALE = broadcast(0x1p-48);

    /** The unit of the highest limb, divided by p. */
    private static final double[] INVERSE =
            broadcast(
                    new BigDecimal(BigInteger.ONE.shiftLeft(BITS * (LIMBS - 1)))
                            .divide(new BigDecimal(P), MathContext.DECIMAL128)
                            .doubleValue());

    static final double[] ONE = broadcast(BigInteger.ONE);

    private static final double[] MINUS_P = broadcast(P.negate());

    /** The upper limbs' units, reduced. */
    private static final double[] FOLDS = folds();

    private static final long[] P_LIMBS = new long[LIMBS];

    /** (p − 1)/2. */
    private static final long[] HALF = new long[LIMBS];

    static {
        for (int i = 0; i < LIMBS; i++) {
            P_LIMBS[i] = P.shiftRight(BITS * i).longValue() & MASK;
            HALF[i] = P.shiftRight(1 + BITS * i).longValue() & MASK;
        }
    }

    private CoordinateLanes() {}

    private static double[] broadcast(double value) {
        double[] lanes = new double[COUNT];
        Arrays.fill(lanes, value);
        return lanes;
    }

    /** Returns a value in all lanes. */
    static double[] broadcast(BigInteger value) {
        double[] r = new double[LENGTH];
        for (int lane = 0; lane < COUNT; lane++) {
            put(r, 0, lane, value);
        }
        return r;
    }

    private static double[] folds() {
        double[] r = new double[LIMBS * LENGTH];
        for (int i = 0; i < LIMBS; i++) {
            BigInteger value = BigInteger.ONE.shiftLeft(BITS * (LIMBS + i)).mod(P);
            boolean larger = value.compareTo(P.shiftRight(1)) > 0;
            System.arraycopy(
                    broadcast(larger ? value.subtract(P) : value), 0, r, LENGTH * i, LENGTH);
        }
        return r;
    }

    /** Puts a value between −2<sup>384</sup> and 2<sup>384</sup> into a lane. */
    static void put(double[] r, int ro, int lane, BigInteger value) {
        BigInteger rest = value;
        for (int i = 0; i < LIMBS; i++) {
            long limb = rest.longValue() << 16 >> 16;
            r[ro + COUNT * i + lane] = limb;
            rest = rest.subtract(BigInteger.valueOf(limb)).shiftRight(BITS);
        }
    }

    /** Returns the value in a lane, whatever its limbs are. */
    static BigInteger get(double[] a, int ao, int lane) {
        BigInteger value = BigInteger.ZERO;
        for (int i = LIMBS - 1; i >= 0; i--) {
            BigInteger limb = BigInteger.valueOf((long) a[ao + COUNT * i + lane]);
            value = value.shiftLeft(BITS).add(limb);
        }
        return value;
    }

    /**
     * Takes the value of a lane as an integer below p.
     *
     * @param r gets eight limbs of 48 bits
     * @param a what a product left
     */
    static void reduce(long[] r, double[] a, int ao, int lane) {
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry += (long) a[ao + COUNT * i + lane];
            r[i] = carry & MASK;
            carry >>= BITS;
        }
        if (carry < 0) {
            carry = 0;
            for (int i = 0; i < LIMBS; i++) {
                carry += r[i] + P_LIMBS[i];
                r[i] = carry & MASK;
                carry >>= BITS;
            }
        }
    }

    /** Returns whether an integer below p exceeds its own negation. */
    static boolean isLarger(long[] reduced) {
        for (int i = LIMBS - 1; i >= 0; i--) {
            if (reduced[i] != HALF[i]) {
                return reduced[i] > HALF[i];
            }
        }
        return false;
    }

    /** Returns whether limbs of 48 bits are an integer below p. */
    static boolean isBelowP(long[] limbs) {
        for (int i = LIMBS - 1; i >= 0; i--) {
            if (limbs[i] != P_LIMBS[i]) {
                return limbs[i] < P_LIMBS[i];
            }
        }
        return false;
    }

    /** Returns whether what a product left is zero in a lane. */
    static boolean isZero(double[] a, int ao, int lane) {
        for (int i = 0; i < LIMBS; i++) {
            if (a[ao + COUNT * i + lane] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns room for products to be worked out in. */
    static double[] workspace() {
        return new double[CARRY + COUNT];
    }

    private static DoubleVector at(double[] a, int offset) {
        return DoubleVector.fromArray(LANES, a, offset);
    }

    /**
     * Multiplies.
     *
     * @param r gets the products; may be an operand
     * @param w {@link #workspace}
     */
    static void mul(double[] r, int ro, double[] a, int ao, double[] b, int bo, double[] w) {
        product(w, a, ao, b, bo);
        reduceProduct(r, ro, w);
    }

    /**
     * Squares.
     *
     * @param r gets the squares; may be the operand
     * @param w {@link #workspace}
     */
    static void square(double[] r, int ro, double[] a, int ao, double[] w) {
        productWithItself(w, a, ao);
        reduceProduct(r, ro, w);
    }

    private static void reduceProduct(double[] r, int ro, double[] w) {
        foldLower(w);
        foldUpper(w);
        finish(r, ro, w);
    }

    /** Negates eight numbers, as many as an element has limbs. */
    static void negate(double[] r, int ro, double[] a, int ao) {
        at(ZERO, 0).sub(at(a, ao)).intoArray(r, ro);
    }

    /** Adds limb by limb. */
    static void add(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
        for (int i = 0; i < LENGTH; i += COUNT) {
            at(a, ao + i).add(at(b, bo + i)).intoArray(r, ro + i);
        }
    }

    /** Subtracts limb by limb. */
    static void sub(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
        for (int i = 0; i < LENGTH; i += COUNT) {
            at(a, ao + i).sub(at(b, bo + i)).intoArray(r, ro + i);
        }
    }

    /**
     * Writes fa · a + fb · b with limbs as short as those of products, but for the highest, which
     * takes what is beyond; no limb on the way may exceed 2<sup>52</sup>.
     */
    static void combine(
            double[] r, int ro, double[] a, int ao, double fa, double[] b, int bo, double fb) {
        DoubleVector round = at(ROUND, 0);
        DoubleVector scale = at(SCALE, 0);
        DoubleVector a0 = at(a, ao);
        DoubleVector b0 = at(b, bo);
        DoubleVector a1 = at(a, ao + 8);
        DoubleVector b1 = at(b, bo + 8);
        DoubleVector a2 = at(a, ao + 16);
        DoubleVector b2 = at(b, bo + 16);
        DoubleVector a3 = at(a, ao + 24);
        DoubleVector b3 = at(b, bo + 24);
        DoubleVector a4 = at(a, ao + 32);
        DoubleVector b4 = at(b, bo + 32);
        DoubleVector a5 = at(a, ao + 40);
        DoubleVector b5 = at(b, bo + 40);
        DoubleVector a6 = at(a, ao + 48);
        DoubleVector b6 = at(b, bo + 48);
        DoubleVector a7 = at(a, ao + 56);
        DoubleVector b7 = at(b, bo + 56);
        DoubleVector p = DoubleVector.broadcast(LANES, fa);
        DoubleVector q = DoubleVector.broadcast(LANES, fb);
        DoubleVector s;
        DoubleVector c;
        s = a0.mul(p).add(b0.mul(q));
        c = s.add(round).sub(round);
        DoubleVector r0 = s.sub(c);
        DoubleVector carry = c.mul(scale);
        s = a1.mul(p).add(b1.mul(q));
        c = s.add(round).sub(round);
        DoubleVector r1 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = a2.mul(p).add(b2.mul(q));
        c = s.add(round).sub(round);
        DoubleVector r2 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = a3.mul(p).add(b3.mul(q));
        c = s.add(round).sub(round);
        DoubleVector r3 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = a4.mul(p).add(b4.mul(q));
        c = s.add(round).sub(round);
        DoubleVector r4 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = a5.mul(p).add(b5.mul(q));
        c = s.add(round).sub(round);
        DoubleVector r5 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = a6.mul(p).add(b6.mul(q));
        c = s.add(round).sub(round);
        DoubleVector r6 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = a7.mul(p).add(b7.mul(q));
        DoubleVector r7 = s.add(carry);
        r0.intoArray(r, ro);
        r1.intoArray(r, ro + 8);
        r2.intoArray(r, ro + 16);
        r3.intoArray(r, ro + 24);
        r4.intoArray(r, ro + 32);
        r5.intoArray(r, ro + 40);
        r6.intoArray(r, ro + 48);
        r7.intoArray(r, ro + 56);
    }

    /**
     * Subtracts, and takes a multiple of p away so that the difference is between −p and p, with
     * limbs as short as those of products; those of the operands are at most 2<sup>50</sup>, and
     * their values some multiples of p.
     */
    static void difference(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
        DoubleVector round = at(ROUND, 0);
        DoubleVector scale = at(SCALE, 0);
        DoubleVector unit = at(UNIT, 0);
        DoubleVector a0 = at(a, ao);
        DoubleVector b0 = at(b, bo);
        DoubleVector p0 = at(MINUS_P, 0);
        DoubleVector a1 = at(a, ao + 8);
        DoubleVector b1 = at(b, bo + 8);
        DoubleVector p1 = at(MINUS_P, 8);
        DoubleVector a2 = at(a, ao + 16);
        DoubleVector b2 = at(b, bo + 16);
        DoubleVector p2 = at(MINUS_P, 16);
        DoubleVector a3 = at(a, ao + 24);
        DoubleVector b3 = at(b, bo + 24);
        DoubleVector p3 = at(MINUS_P, 24);
        DoubleVector a4 = at(a, ao + 32);
        DoubleVector b4 = at(b, bo + 32);
        DoubleVector p4 = at(MINUS_P, 32);
        DoubleVector a5 = at(a, ao + 40);
        DoubleVector b5 = at(b, bo + 40);
        DoubleVector p5 = at(MINUS_P, 40);
        DoubleVector a6 = at(a, ao + 48);
        DoubleVector b6 = at(b, bo + 48);
        DoubleVector p6 = at(MINUS_P, 48);
        DoubleVector a7 = at(a, ao + 56);
        DoubleVector b7 = at(b, bo + 56);
        DoubleVector p7 = at(MINUS_P, 56);
        DoubleVector inverse = at(INVERSE, 0);
        DoubleVector d = a7.sub(b7);
        DoubleVector q = d.mul(inverse).add(unit).sub(unit);
        DoubleVector s;
        DoubleVector c;
        s = q.fma(p0, a0.sub(b0));
        c = s.add(round).sub(round);
        DoubleVector r0 = s.sub(c);
        DoubleVector carry = c.mul(scale);
        s = q.fma(p1, a1.sub(b1));
        c = s.add(round).sub(round);
        DoubleVector r1 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = q.fma(p2, a2.sub(b2));
        c = s.add(round).sub(round);
        DoubleVector r2 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = q.fma(p3, a3.sub(b3));
        c = s.add(round).sub(round);
        DoubleVector r3 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = q.fma(p4, a4.sub(b4));
        c = s.add(round).sub(round);
        DoubleVector r4 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = q.fma(p5, a5.sub(b5));
        c = s.add(round).sub(round);
        DoubleVector r5 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = q.fma(p6, a6.sub(b6));
        c = s.add(round).sub(round);
        DoubleVector r6 = s.sub(c).add(carry);
        carry = c.mul(scale);
        s = q.fma(p7, d);
        DoubleVector r7 = s.add(carry);
        r0.intoArray(r, ro);
        r1.intoArray(r, ro + 8);
        r2.intoArray(r, ro + 16);
        r3.intoArray(r, ro + 24);
        r4.intoArray(r, ro + 32);
        r5.intoArray(r, ro + 40);
        r6.intoArray(r, ro + 48);
        r7.intoArray(r, ro + 56);
    }

    /** A product of sixteen limbs, each but for a few bits left to the next. */
    private static void product(double[] w, double[] a, int ao, double[] b, int bo) {
        DoubleVector a0 = at(a, ao);
        DoubleVector a1 = at(a, ao + 8);
        DoubleVector a2 = at(a, ao + 16);
        DoubleVector a3 = at(a, ao + 24);
        DoubleVector a4 = at(a, ao + 32);
        DoubleVector a5 = at(a, ao + 40);
        DoubleVector a6 = at(a, ao + 48);
        DoubleVector a7 = at(a, ao + 56);
        DoubleVector b0 = at(b, bo);
        DoubleVector b1 = at(b, bo + 8);
        DoubleVector b2 = at(b, bo + 16);
        DoubleVector b3 = at(b, bo + 24);
        DoubleVector b4 = at(b, bo + 32);
        DoubleVector b5 = at(b, bo + 40);
        DoubleVector b6 = at(b, bo + 48);
        DoubleVector b7 = at(b, bo + 56);
        DoubleVector base = at(BASE, 0);
        DoubleVector scale = at(SCALE, 0);
        DoubleVector round = at(ROUND, 0);
        DoubleVector h;
        DoubleVector g;
        DoubleVector s;
        h = a0.fma(b0, base);
        s = a0.fma(b0, base.sub(h));
        g = s.add(round).sub(round);
        s.sub(g).intoArray(w, 0);
        DoubleVector next = g.mul(scale);
        DoubleVector carry = h.sub(base).mul(scale);
        if (w.length < 24) {
            return;
        }
        h = a0.fma(b1, base);
        s = a0.fma(b1, base.sub(h));
        g = a1.fma(b0, h);
        s = s.add(a1.fma(b0, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 8);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        if (w.length < 32) {
            return;
        }
        h = a0.fma(b2, base);
        s = a0.fma(b2, base.sub(h));
        g = a1.fma(b1, h);
        s = s.add(a1.fma(b1, h.sub(g)));
        h = a2.fma(b0, g);
        s = s.add(a2.fma(b0, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 16);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        if (w.length < 40) {
            return;
        }
        h = a0.fma(b3, base);
        s = a0.fma(b3, base.sub(h));
        g = a1.fma(b2, h);
        s = s.add(a1.fma(b2, h.sub(g)));
        h = a2.fma(b1, g);
        s = s.add(a2.fma(b1, g.sub(h)));
        g = a3.fma(b0, h);
        s = s.add(a3.fma(b0, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 24);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        if (w.length < 48) {
            return;
        }
        h = a0.fma(b4, base);
        s = a0.fma(b4, base.sub(h));
        g = a1.fma(b3, h);
        s = s.add(a1.fma(b3, h.sub(g)));
        h = a2.fma(b2, g);
        s = s.add(a2.fma(b2, g.sub(h)));
        g = a3.fma(b1, h);
        s = s.add(a3.fma(b1, h.sub(g)));
        h = a4.fma(b0, g);
        s = s.add(a4.fma(b0, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 32);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        if (w.length < 56) {
            return;
        }
        h = a0.fma(b5, base);
        s = a0.fma(b5, base.sub(h));
        g = a1.fma(b4, h);
        s = s.add(a1.fma(b4, h.sub(g)));
        h = a2.fma(b3, g);
        s = s.add(a2.fma(b3, g.sub(h)));
        g = a3.fma(b2, h);
        s = s.add(a3.fma(b2, h.sub(g)));
        h = a4.fma(b1, g);
        s = s.add(a4.fma(b1, g.sub(h)));
        g = a5.fma(b0, h);
        s = s.add(a5.fma(b0, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 40);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        if (w.length < 64) {
            return;
        }
        h = a0.fma(b6, base);
        s = a0.fma(b6, base.sub(h));
        g = a1.fma(b5, h);
        s = s.add(a1.fma(b5, h.sub(g)));
        h = a2.fma(b4, g);
        s = s.add(a2.fma(b4, g.sub(h)));
        g = a3.fma(b3, h);
        s = s.add(a3.fma(b3, h.sub(g)));
        h = a4.fma(b2, g);
        s = s.add(a4.fma(b2, g.sub(h)));
        g = a5.fma(b1, h);
        s = s.add(a5.fma(b1, h.sub(g)));
        h = a6.fma(b0, g);
        s = s.add(a6.fma(b0, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 48);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        if (w.length < 72) {
            return;
        }
        h = a0.fma(b7, base);
        s = a0.fma(b7, base.sub(h));
        g = a1.fma(b6, h);
        s = s.add(a1.fma(b6, h.sub(g)));
        h = a2.fma(b5, g);
        s = s.add(a2.fma(b5, g.sub(h)));
        g = a3.fma(b4, h);
        s = s.add(a3.fma(b4, h.sub(g)));
        h = a4.fma(b3, g);
        s = s.add(a4.fma(b3, g.sub(h)));
        g = a5.fma(b2, h);
        s = s.add(a5.fma(b2, h.sub(g)));
        h = a6.fma(b1, g);
        s = s.add(a6.fma(b1, g.sub(h)));
        g = a7.fma(b0, h);
        s = s.add(a7.fma(b0, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 56);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        if (w.length < 80) {
            return;
        }
        h = a1.fma(b7, base);
        s = a1.fma(b7, base.sub(h));
        g = a2.fma(b6, h);
        s = s.add(a2.fma(b6, h.sub(g)));
        h = a3.fma(b5, g);
        s = s.add(a3.fma(b5, g.sub(h)));
        g = a4.fma(b4, h);
        s = s.add(a4.fma(b4, h.sub(g)));
        h = a5.fma(b3, g);
        s = s.add(a5.fma(b3, g.sub(h)));
        g = a6.fma(b2, h);
        s = s.add(a6.fma(b2, h.sub(g)));
        h = a7.fma(b1, g);
        s = s.add(a7.fma(b1, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 64);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        if (w.length < 88) {
            return;
        }
        h = a2.fma(b7, base);
        s = a2.fma(b7, base.sub(h));
        g = a3.fma(b6, h);
        s = s.add(a3.fma(b6, h.sub(g)));
        h = a4.fma(b5, g);
        s = s.add(a4.fma(b5, g.sub(h)));
        g = a5.fma(b4, h);
        s = s.add(a5.fma(b4, h.sub(g)));
        h = a6.fma(b3, g);
        s = s.add(a6.fma(b3, g.sub(h)));
        g = a7.fma(b2, h);
        s = s.add(a7.fma(b2, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 72);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        if (w.length < 96) {
            return;
        }
        h = a3.fma(b7, base);
        s = a3.fma(b7, base.sub(h));
        g = a4.fma(b6, h);
        s = s.add(a4.fma(b6, h.sub(g)));
        h = a5.fma(b5, g);
        s = s.add(a5.fma(b5, g.sub(h)));
        g = a6.fma(b4, h);
        s = s.add(a6.fma(b4, h.sub(g)));
        h = a7.fma(b3, g);
        s = s.add(a7.fma(b3, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 80);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        if (w.length < 104) {
            return;
        }
        h = a4.fma(b7, base);
        s = a4.fma(b7, base.sub(h));
        g = a5.fma(b6, h);
        s = s.add(a5.fma(b6, h.sub(g)));
        h = a6.fma(b5, g);
        s = s.add(a6.fma(b5, g.sub(h)));
        g = a7.fma(b4, h);
        s = s.add(a7.fma(b4, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 88);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        if (w.length < 112) {
            return;
        }
        h = a5.fma(b7, base);
        s = a5.fma(b7, base.sub(h));
        g = a6.fma(b6, h);
        s = s.add(a6.fma(b6, h.sub(g)));
        h = a7.fma(b5, g);
        s = s.add(a7.fma(b5, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 96);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        if (w.length < 120) {
            return;
        }
        h = a6.fma(b7, base);
        s = a6.fma(b7, base.sub(h));
        g = a7.fma(b6, h);
        s = s.add(a7.fma(b6, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 104);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        if (w.length < 128) {
            return;
        }
        h = a7.fma(b7, base);
        s = a7.fma(b7, base.sub(h));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 112);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        carry.add(next).intoArray(w, 120);
    }

    /** A square of sixteen limbs. */
    private static void productWithItself(double[] w, double[] a, int ao) {
        DoubleVector a0 = at(a, ao);
        DoubleVector a1 = at(a, ao + 8);
        DoubleVector a2 = at(a, ao + 16);
        DoubleVector a3 = at(a, ao + 24);
        DoubleVector a4 = at(a, ao + 32);
        DoubleVector a5 = at(a, ao + 40);
        DoubleVector a6 = at(a, ao + 48);
        DoubleVector a7 = at(a, ao + 56);
        DoubleVector b0 = a0.add(a0);
        DoubleVector b1 = a1.add(a1);
        DoubleVector b2 = a2.add(a2);
        DoubleVector b3 = a3.add(a3);
        DoubleVector b4 = a4.add(a4);
        DoubleVector b5 = a5.add(a5);
        DoubleVector b6 = a6.add(a6);
        DoubleVector base = at(BASE, 0);
        DoubleVector scale = at(SCALE, 0);
        DoubleVector round = at(ROUND, 0);
        DoubleVector h;
        DoubleVector g;
        DoubleVector s;
        h = a0.fma(a0, base);
        s = a0.fma(a0, base.sub(h));
        g = s.add(round).sub(round);
        s.sub(g).intoArray(w, 0);
        DoubleVector next = g.mul(scale);
        DoubleVector carry = h.sub(base).mul(scale);
        h = b0.fma(a1, base);
        s = b0.fma(a1, base.sub(h));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 8);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        h = b0.fma(a2, base);
        s = b0.fma(a2, base.sub(h));
        g = a1.fma(a1, h);
        s = s.add(a1.fma(a1, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 16);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        h = b0.fma(a3, base);
        s = b0.fma(a3, base.sub(h));
        g = b1.fma(a2, h);
        s = s.add(b1.fma(a2, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 24);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        h = b0.fma(a4, base);
        s = b0.fma(a4, base.sub(h));
        g = b1.fma(a3, h);
        s = s.add(b1.fma(a3, h.sub(g)));
        h = a2.fma(a2, g);
        s = s.add(a2.fma(a2, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 32);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        h = b0.fma(a5, base);
        s = b0.fma(a5, base.sub(h));
        g = b1.fma(a4, h);
        s = s.add(b1.fma(a4, h.sub(g)));
        h = b2.fma(a3, g);
        s = s.add(b2.fma(a3, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 40);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        h = b0.fma(a6, base);
        s = b0.fma(a6, base.sub(h));
        g = b1.fma(a5, h);
        s = s.add(b1.fma(a5, h.sub(g)));
        h = b2.fma(a4, g);
        s = s.add(b2.fma(a4, g.sub(h)));
        g = a3.fma(a3, h);
        s = s.add(a3.fma(a3, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 48);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        h = b0.fma(a7, base);
        s = b0.fma(a7, base.sub(h));
        g = b1.fma(a6, h);
        s = s.add(b1.fma(a6, h.sub(g)));
        h = b2.fma(a5, g);
        s = s.add(b2.fma(a5, g.sub(h)));
        g = b3.fma(a4, h);
        s = s.add(b3.fma(a4, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 56);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        h = b1.fma(a7, base);
        s = b1.fma(a7, base.sub(h));
        g = b2.fma(a6, h);
        s = s.add(b2.fma(a6, h.sub(g)));
        h = b3.fma(a5, g);
        s = s.add(b3.fma(a5, g.sub(h)));
        g = a4.fma(a4, h);
        s = s.add(a4.fma(a4, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 64);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        h = b2.fma(a7, base);
        s = b2.fma(a7, base.sub(h));
        g = b3.fma(a6, h);
        s = s.add(b3.fma(a6, h.sub(g)));
        h = b4.fma(a5, g);
        s = s.add(b4.fma(a5, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 72);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        h = b3.fma(a7, base);
        s = b3.fma(a7, base.sub(h));
        g = b4.fma(a6, h);
        s = s.add(b4.fma(a6, h.sub(g)));
        h = a5.fma(a5, g);
        s = s.add(a5.fma(a5, g.sub(h)));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 80);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        h = b4.fma(a7, base);
        s = b4.fma(a7, base.sub(h));
        g = b5.fma(a6, h);
        s = s.add(b5.fma(a6, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 88);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        h = b5.fma(a7, base);
        s = b5.fma(a7, base.sub(h));
        g = a6.fma(a6, h);
        s = s.add(a6.fma(a6, h.sub(g)));
        s = s.add(carry);
        h = s.add(round).sub(round);
        s.sub(h).add(next).intoArray(w, 96);
        next = h.mul(scale);
        carry = g.sub(base).mul(scale);
        h = b6.fma(a7, base);
        s = b6.fma(a7, base.sub(h));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 104);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        h = a7.fma(a7, base);
        s = a7.fma(a7, base.sub(h));
        s = s.add(carry);
        g = s.add(round).sub(round);
        s.sub(g).add(next).intoArray(w, 112);
        next = g.mul(scale);
        carry = h.sub(base).mul(scale);
        carry.add(next).intoArray(w, 120);
    }

    /** Adds the reduced multiples for the upper limbs to the lower half of the lower ones. */
    private static void foldLower(double[] w) {
        DoubleVector n0 = at(w, 64);
        DoubleVector n1 = at(w, 72);
        DoubleVector n2 = at(w, 80);
        DoubleVector n3 = at(w, 88);
        DoubleVector n4 = at(w, 96);
        DoubleVector n5 = at(w, 104);
        DoubleVector n6 = at(w, 112);
        DoubleVector n7 = at(w, 120);
        DoubleVector f0 = at(FOLDS, 0);
        DoubleVector f8 = at(FOLDS, 64);
        DoubleVector f16 = at(FOLDS, 128);
        DoubleVector f24 = at(FOLDS, 192);
        DoubleVector f32 = at(FOLDS, 256);
        DoubleVector f40 = at(FOLDS, 320);
        DoubleVector f48 = at(FOLDS, 384);
        DoubleVector f56 = at(FOLDS, 448);
        DoubleVector f1 = at(FOLDS, 8);
        DoubleVector f9 = at(FOLDS, 72);
        DoubleVector f17 = at(FOLDS, 136);
        DoubleVector f25 = at(FOLDS, 200);
        DoubleVector f33 = at(FOLDS, 264);
        DoubleVector f41 = at(FOLDS, 328);
        DoubleVector f49 = at(FOLDS, 392);
        DoubleVector f57 = at(FOLDS, 456);
        DoubleVector f2 = at(FOLDS, 16);
        DoubleVector f10 = at(FOLDS, 80);
        DoubleVector f18 = at(FOLDS, 144);
        DoubleVector f26 = at(FOLDS, 208);
        DoubleVector f34 = at(FOLDS, 272);
        DoubleVector f42 = at(FOLDS, 336);
        DoubleVector f50 = at(FOLDS, 400);
        DoubleVector f58 = at(FOLDS, 464);
        DoubleVector f3 = at(FOLDS, 24);
        DoubleVector f11 = at(FOLDS, 88);
        DoubleVector f19 = at(FOLDS, 152);
        DoubleVector f27 = at(FOLDS, 216);
        DoubleVector f35 = at(FOLDS, 280);
        DoubleVector f43 = at(FOLDS, 344);
        DoubleVector f51 = at(FOLDS, 408);
        DoubleVector f59 = at(FOLDS, 472);
        DoubleVector base = at(BASE, 0);
        DoubleVector scale = at(SCALE, 0);
        DoubleVector v0 = at(w, 0);
        DoubleVector v1 = at(w, 8);
        DoubleVector v2 = at(w, 16);
        DoubleVector v3 = at(w, 24);
        DoubleVector h;
        DoubleVector g;
        DoubleVector s;
        h = n0.fma(f0, base);
        s = n0.fma(f0, base.sub(h));
        g = n1.fma(f8, h);
        s = s.add(n1.fma(f8, h.sub(g)));
        h = n2.fma(f16, g);
        s = s.add(n2.fma(f16, g.sub(h)));
        g = n3.fma(f24, h);
        s = s.add(n3.fma(f24, h.sub(g)));
        h = n4.fma(f32, g);
        s = s.add(n4.fma(f32, g.sub(h)));
        g = n5.fma(f40, h);
        s = s.add(n5.fma(f40, h.sub(g)));
        h = n6.fma(f48, g);
        s = s.add(n6.fma(f48, g.sub(h)));
        g = n7.fma(f56, h);
        s = s.add(n7.fma(f56, h.sub(g)));
        DoubleVector r0 = s.add(v0);
        DoubleVector carry = g.sub(base).mul(scale);
        if (w.length < 24) {
            return;
        }
        h = n0.fma(f1, base);
        s = n0.fma(f1, base.sub(h));
        g = n1.fma(f9, h);
        s = s.add(n1.fma(f9, h.sub(g)));
        h = n2.fma(f17, g);
        s = s.add(n2.fma(f17, g.sub(h)));
        g = n3.fma(f25, h);
        s = s.add(n3.fma(f25, h.sub(g)));
        h = n4.fma(f33, g);
        s = s.add(n4.fma(f33, g.sub(h)));
        g = n5.fma(f41, h);
        s = s.add(n5.fma(f41, h.sub(g)));
        h = n6.fma(f49, g);
        s = s.add(n6.fma(f49, g.sub(h)));
        g = n7.fma(f57, h);
        s = s.add(n7.fma(f57, h.sub(g)));
        DoubleVector r1 = s.add(v1).add(carry);
        carry = g.sub(base).mul(scale);
        if (w.length < 32) {
            return;
        }
        h = n0.fma(f2, base);
        s = n0.fma(f2, base.sub(h));
        g = n1.fma(f10, h);
        s = s.add(n1.fma(f10, h.sub(g)));
        h = n2.fma(f18, g);
        s = s.add(n2.fma(f18, g.sub(h)));
        g = n3.fma(f26, h);
        s = s.add(n3.fma(f26, h.sub(g)));
        h = n4.fma(f34, g);
        s = s.add(n4.fma(f34, g.sub(h)));
        g = n5.fma(f42, h);
        s = s.add(n5.fma(f42, h.sub(g)));
        h = n6.fma(f50, g);
        s = s.add(n6.fma(f50, g.sub(h)));
        g = n7.fma(f58, h);
        s = s.add(n7.fma(f58, h.sub(g)));
        DoubleVector r2 = s.add(v2).add(carry);
        carry = g.sub(base).mul(scale);
        if (w.length < 40) {
            return;
        }
        h = n0.fma(f3, base);
        s = n0.fma(f3, base.sub(h));
        g = n1.fma(f11, h);
        s = s.add(n1.fma(f11, h.sub(g)));
        h = n2.fma(f19, g);
        s = s.add(n2.fma(f19, g.sub(h)));
        g = n3.fma(f27, h);
        s = s.add(n3.fma(f27, h.sub(g)));
        h = n4.fma(f35, g);
        s = s.add(n4.fma(f35, g.sub(h)));
        g = n5.fma(f43, h);
        s = s.add(n5.fma(f43, h.sub(g)));
        h = n6.fma(f51, g);
        s = s.add(n6.fma(f51, g.sub(h)));
        g = n7.fma(f59, h);
        s = s.add(n7.fma(f59, h.sub(g)));
        DoubleVector r3 = s.add(v3).add(carry);
        carry = g.sub(base).mul(scale);
        DoubleVector r4 = carry;
        r0.intoArray(w, 0);
        r1.intoArray(w, 8);
        r2.intoArray(w, 16);
        r3.intoArray(w, 24);
        r4.intoArray(w, CARRY);
    }

    /** Adds the reduced multiples for the upper limbs to the upper half of the lower ones. */
    private static void foldUpper(double[] w) {
        DoubleVector n0 = at(w, 64);
        DoubleVector n1 = at(w, 72);
        DoubleVector n2 = at(w, 80);
        DoubleVector n3 = at(w, 88);
        DoubleVector n4 = at(w, 96);
        DoubleVector n5 = at(w, 104);
        DoubleVector n6 = at(w, 112);
        DoubleVector n7 = at(w, 120);
        DoubleVector f4 = at(FOLDS, 32);
        DoubleVector f12 = at(FOLDS, 96);
        DoubleVector f20 = at(FOLDS, 160);
        DoubleVector f28 = at(FOLDS, 224);
        DoubleVector f36 = at(FOLDS, 288);
        DoubleVector f44 = at(FOLDS, 352);
        DoubleVector f52 = at(FOLDS, 416);
        DoubleVector f60 = at(FOLDS, 480);
        DoubleVector f5 = at(FOLDS, 40);
        DoubleVector f13 = at(FOLDS, 104);
        DoubleVector f21 = at(FOLDS, 168);
        DoubleVector f29 = at(FOLDS, 232);
        DoubleVector f37 = at(FOLDS, 296);
        DoubleVector f45 = at(FOLDS, 360);
        DoubleVector f53 = at(FOLDS, 424);
        DoubleVector f61 = at(FOLDS, 488);
        DoubleVector f6 = at(FOLDS, 48);
        DoubleVector f14 = at(FOLDS, 112);
        DoubleVector f22 = at(FOLDS, 176);
        DoubleVector f30 = at(FOLDS, 240);
        DoubleVector f38 = at(FOLDS, 304);
        DoubleVector f46 = at(FOLDS, 368);
        DoubleVector f54 = at(FOLDS, 432);
        DoubleVector f62 = at(FOLDS, 496);
        DoubleVector f7 = at(FOLDS, 56);
        DoubleVector f15 = at(FOLDS, 120);
        DoubleVector f23 = at(FOLDS, 184);
        DoubleVector f31 = at(FOLDS, 248);
        DoubleVector f39 = at(FOLDS, 312);
        DoubleVector f47 = at(FOLDS, 376);
        DoubleVector f55 = at(FOLDS, 440);
        DoubleVector f63 = at(FOLDS, 504);
        DoubleVector base = at(BASE, 0);
        DoubleVector scale = at(SCALE, 0);
        DoubleVector carry = at(w, CARRY);
        DoubleVector v4 = at(w, 32);
        DoubleVector v5 = at(w, 40);
        DoubleVector v6 = at(w, 48);
        DoubleVector v7 = at(w, 56);
        DoubleVector h;
        DoubleVector g;
        DoubleVector s;
        h = n0.fma(f4, base);
        s = n0.fma(f4, base.sub(h));
        g = n1.fma(f12, h);
        s = s.add(n1.fma(f12, h.sub(g)));
        h = n2.fma(f20, g);
        s = s.add(n2.fma(f20, g.sub(h)));
        g = n3.fma(f28, h);
        s = s.add(n3.fma(f28, h.sub(g)));
        h = n4.fma(f36, g);
        s = s.add(n4.fma(f36, g.sub(h)));
        g = n5.fma(f44, h);
        s = s.add(n5.fma(f44, h.sub(g)));
        h = n6.fma(f52, g);
        s = s.add(n6.fma(f52, g.sub(h)));
        g = n7.fma(f60, h);
        s = s.add(n7.fma(f60, h.sub(g)));
        DoubleVector r0 = s.add(v4).add(carry);
        carry = g.sub(base).mul(scale);
        if (w.length < 56) {
            return;
        }
        h = n0.fma(f5, base);
        s = n0.fma(f5, base.sub(h));
        g = n1.fma(f13, h);
        s = s.add(n1.fma(f13, h.sub(g)));
        h = n2.fma(f21, g);
        s = s.add(n2.fma(f21, g.sub(h)));
        g = n3.fma(f29, h);
        s = s.add(n3.fma(f29, h.sub(g)));
        h = n4.fma(f37, g);
        s = s.add(n4.fma(f37, g.sub(h)));
        g = n5.fma(f45, h);
        s = s.add(n5.fma(f45, h.sub(g)));
        h = n6.fma(f53, g);
        s = s.add(n6.fma(f53, g.sub(h)));
        g = n7.fma(f61, h);
        s = s.add(n7.fma(f61, h.sub(g)));
        DoubleVector r1 = s.add(v5).add(carry);
        carry = g.sub(base).mul(scale);
        if (w.length < 64) {
            return;
        }
        h = n0.fma(f6, base);
        s = n0.fma(f6, base.sub(h));
        g = n1.fma(f14, h);
        s = s.add(n1.fma(f14, h.sub(g)));
        h = n2.fma(f22, g);
        s = s.add(n2.fma(f22, g.sub(h)));
        g = n3.fma(f30, h);
        s = s.add(n3.fma(f30, h.sub(g)));
        h = n4.fma(f38, g);
        s = s.add(n4.fma(f38, g.sub(h)));
        g = n5.fma(f46, h);
        s = s.add(n5.fma(f46, h.sub(g)));
        h = n6.fma(f54, g);
        s = s.add(n6.fma(f54, g.sub(h)));
        g = n7.fma(f62, h);
        s = s.add(n7.fma(f62, h.sub(g)));
        DoubleVector r2 = s.add(v6).add(carry);
        carry = g.sub(base).mul(scale);
        if (w.length < 72) {
            return;
        }
        h = n0.fma(f7, base);
        s = n0.fma(f7, base.sub(h));
        g = n1.fma(f15, h);
        s = s.add(n1.fma(f15, h.sub(g)));
        h = n2.fma(f23, g);
        s = s.add(n2.fma(f23, g.sub(h)));
        g = n3.fma(f31, h);
        s = s.add(n3.fma(f31, h.sub(g)));
        h = n4.fma(f39, g);
        s = s.add(n4.fma(f39, g.sub(h)));
        g = n5.fma(f47, h);
        s = s.add(n5.fma(f47, h.sub(g)));
        h = n6.fma(f55, g);
        s = s.add(n6.fma(f55, g.sub(h)));
        g = n7.fma(f63, h);
        s = s.add(n7.fma(f63, h.sub(g)));
        DoubleVector r3 = s.add(v7).add(carry);
        carry = g.sub(base).mul(scale);
        DoubleVector r4 = carry;
        r0.intoArray(w, 32);
        r1.intoArray(w, 40);
        r2.intoArray(w, 48);
        r3.intoArray(w, 56);
        r4.intoArray(w, 64);
    }

    /** Subtracts the multiple of p that is nearest, and shortens the limbs. */
    private static void finish(double[] r, int ro, double[] w) {
        DoubleVector base = at(BASE, 0);
        DoubleVector scale = at(SCALE, 0);
        DoubleVector round = at(ROUND, 0);
        DoubleVector unit = at(UNIT, 0);
        DoubleVector radix = at(RADIX, 0);
        DoubleVector top = at(w, 64);
        DoubleVector v7 = at(w, 56);
        DoubleVector inverse = at(INVERSE, 0);
        DoubleVector p0 = at(MINUS_P, 0);
        DoubleVector v0 = at(w, 0);
        DoubleVector p1 = at(MINUS_P, 8);
        DoubleVector v1 = at(w, 8);
        DoubleVector p2 = at(MINUS_P, 16);
        DoubleVector v2 = at(w, 16);
        DoubleVector p3 = at(MINUS_P, 24);
        DoubleVector v3 = at(w, 24);
        DoubleVector p4 = at(MINUS_P, 32);
        DoubleVector v4 = at(w, 32);
        DoubleVector p5 = at(MINUS_P, 40);
        DoubleVector v5 = at(w, 40);
        DoubleVector p6 = at(MINUS_P, 48);
        DoubleVector v6 = at(w, 48);
        DoubleVector p7 = at(MINUS_P, 56);
        DoubleVector h;
        DoubleVector s;
        DoubleVector c;
        DoubleVector q = top.mul(radix).add(v7).mul(inverse).add(unit).sub(unit);
        h = q.fma(p0, base);
        s = q.fma(p0, base.sub(h));
        s = s.add(v0);
        DoubleVector carry = h.sub(base).mul(scale);
        c = s.add(round).sub(round);
        DoubleVector r0 = s.sub(c);
        DoubleVector next = c.mul(scale);
        h = q.fma(p1, base);
        s = q.fma(p1, base.sub(h));
        s = s.add(v1).add(carry);
        carry = h.sub(base).mul(scale);
        c = s.add(round).sub(round);
        DoubleVector r1 = s.sub(c).add(next);
        next = c.mul(scale);
        h = q.fma(p2, base);
        s = q.fma(p2, base.sub(h));
        s = s.add(v2).add(carry);
        carry = h.sub(base).mul(scale);
        c = s.add(round).sub(round);
        DoubleVector r2 = s.sub(c).add(next);
        next = c.mul(scale);
        h = q.fma(p3, base);
        s = q.fma(p3, base.sub(h));
        s = s.add(v3).add(carry);
        carry = h.sub(base).mul(scale);
        c = s.add(round).sub(round);
        DoubleVector r3 = s.sub(c).add(next);
        next = c.mul(scale);
        h = q.fma(p4, base);
        s = q.fma(p4, base.sub(h));
        s = s.add(v4).add(carry);
        carry = h.sub(base).mul(scale);
        c = s.add(round).sub(round);
        DoubleVector r4 = s.sub(c).add(next);
        next = c.mul(scale);
        h = q.fma(p5, base);
        s = q.fma(p5, base.sub(h));
        s = s.add(v5).add(carry);
        carry = h.sub(base).mul(scale);
        c = s.add(round).sub(round);
        DoubleVector r5 = s.sub(c).add(next);
        next = c.mul(scale);
        h = q.fma(p6, base);
        s = q.fma(p6, base.sub(h));
        s = s.add(v6).add(carry);
        carry = h.sub(base).mul(scale);
        c = s.add(round).sub(round);
        DoubleVector r6 = s.sub(c).add(next);
        next = c.mul(scale);
        h = q.fma(p7, base);
        s = q.fma(p7, base.sub(h));
        s = s.add(v7).add(carry);
        carry = h.sub(base).mul(scale);
        DoubleVector r7 = top.add(carry).mul(radix).add(s).add(next);
        r0.intoArray(r, ro);
        r1.intoArray(r, ro + 8);
        r2.intoArray(r, ro + 16);
        r3.intoArray(r, ro + 24);
        r4.intoArray(r, ro + 32);
        r5.intoArray(r, ro + 40);
        r6.intoArray(r, ro + 48);
        r7.intoArray(r, ro + 56);
    }
}
