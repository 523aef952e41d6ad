package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A ring proof while it is verified: that some key of the ring, plus a multiple of the blinding
 * base, is the commitment Ȳ.
 *
 * <p>The prover commits to four columns: <em>bits</em> (which key, then the blinding factor's
 * bits), <em>ip</em> (the running number of chosen keys), <em>accx</em> and <em>accy</em> (the
 * running sum of chosen points). Seven constraints hold in every row iff the columns are honest;
 * their random combination is a multiple of X<sup>n</sup> − 1, and the quotient is committed to as
 * well. Everything is then opened at a random ζ, and what the constraints need of the next row at
 * ζω.
 */
final class RingProof {
    static final byte[] LABEL_KEY = Transcript.ascii("vk");
    static final byte[] LABEL_INSTANCE = Transcript.ascii("instance");
    static final byte[] LABEL_COLUMNS = Transcript.ascii("committed_cols");
    static final byte[] LABEL_ALPHA = Transcript.ascii("constraints_aggregation");
    static final byte[] LABEL_QUOTIENT = Transcript.ascii("quotient");
    static final byte[] LABEL_ZETA = Transcript.ascii("evaluation_point");
    static final byte[] LABEL_VALUES = Transcript.ascii("register_evaluations");
    static final byte[] LABEL_LINEAR = Transcript.ascii("shifted_linearization_evaluation");
    static final byte[] LABEL_NU = Transcript.ascii("kzg_aggregation");

    /** The points of a proof: four columns, the quotient, two openings. */
    static final int POINTS = 7;

    /** Which of the points is the first opening. */
    static final int OPENING = 5;

    /** The evaluations at ζ, in the proof's order. */
    static final int VALUES = 7;

    static final int PX = 0;
    static final int PY = 1;
    static final int SELECTOR = 2;
    static final int BITS = 3;
    static final int IP = 4;
    static final int ACC_X = 5;
    static final int ACC_Y = 6;

    static final int CONSTRAINTS = 7;

    /** Where in a ring signature the points, the values at ζ and the value at ζω begin. */
    static final int[] POINT_OFFSETS = {192, 240, 288, 336, 608, 688, 736};

    static final int VALUES_OFFSET = 384;
    static final int LINEAR_OFFSET = 656;

    private static final FieldElement MINUS_FIVE = FieldElement.of(-5);
    private static final FieldElement SEED_X = FieldElement.at(Point.ACCUMULATOR_SEED, Point.X);
    private static final FieldElement SEED_Y = FieldElement.at(Point.ACCUMULATOR_SEED, Point.Y);

    /**
     * The constraints are linear in the next row's values; these are its factors at ζ, with which
     * the columns make up the polynomial that is opened at ζω.
     */
    record Linearization(FieldElement ip, FieldElement accX, FieldElement accY) {
        private static final Linearization NONE =
                new Linearization(FieldElement.ZERO, FieldElement.ZERO, FieldElement.ZERO);

        static Linearization of(
                RingDomain domain, FieldElement zeta, FieldElement[] values, FieldElement[] alpha) {
            FieldElement b = values[BITS];
            FieldElement x1 = values[ACC_X];
            FieldElement y1 = values[ACC_Y];
            FieldElement x2 = values[PX];
            FieldElement y2 = values[PY];
            FieldElement notB = FieldElement.ONE.minus(b);
            FieldElement notLast = zeta.minus(domain.omegaInverse().squared(2));
            FieldElement ip = alpha[0].times(notLast);
            FieldElement accX =
                    b.times(y1.times(y2).plus(MINUS_FIVE.times(x1).times(x2))).plus(notB);
            FieldElement accY = b.times(x1.times(y2).minus(x2.times(y1))).plus(notB);
            return new Linearization(
                    ip, accX.times(notLast).times(alpha[1]), accY.times(notLast).times(alpha[2]));
        }
    }

    private final byte[] octets;
    private final MemorySegment points;
    private final FieldElement[] values;
    private final FieldElement linear;

    // What evaluate() finds out.
    private FieldElement[] nu = new FieldElement[0];
    private FieldElement zeta = FieldElement.ZERO;
    private FieldElement zetaOmega = FieldElement.ZERO;
    private FieldElement aggregate = FieldElement.ZERO;
    private Linearization linearization = Linearization.NONE;

    private RingProof(
            byte[] octets, MemorySegment points, FieldElement[] values, FieldElement linear) {
        this.octets = octets;
        this.points = points;
        this.values = values;
        this.linear = linear;
    }

    /**
     * Decodes a proof but for its points.
     *
     * @param points has room for them
     * @param octets the whole ring signature
     * @return null if an element is not properly encoded
     */
    static @Nullable RingProof parse(MemorySegment points, byte[] octets) {
        FieldElement[] values = new FieldElement[VALUES];
        long[] limbs = new long[Fr.LIMBS];
        for (int i = 0; i < VALUES; i++) {
            if (!Fr.decode(limbs, 0, octets, VALUES_OFFSET + 32 * i, false)) {
                return null;
            }
            values[i] = FieldElement.at(limbs, 0);
        }
        if (!Fr.decode(limbs, 0, octets, LINEAR_OFFSET, false)) {
            return null;
        }
        FieldElement linear = FieldElement.at(limbs, 0);
        return new RingProof(octets, points, values, linear);
    }

    /** Returns the seven points, affine. */
    MemorySegment points() {
        return points;
    }

    /**
     * Draws the challenges and evaluates the constraints.
     *
     * @param commitment Ȳ with Z = 1
     */
    void evaluate(RingDomain domain, Transcript prefix, long[] commitment) {
        byte[] serial;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment target = arena.allocate(96L * POINTS);
            for (int i = 0; i < POINTS; i++) {
                Blst.p1AffineSerialize(
                        target.address() + 96L * i,
                        points.address() + (long) i * Blst.P1_AFFINE_SIZE);
            }
            serial = target.toArray(ValueLayout.JAVA_BYTE);
        }
        Transcript transcript = prefix.copy();
        byte[] instance = new byte[64];
        Fr.encode(instance, 0, commitment, Point.X);
        Fr.encode(instance, 32, commitment, Point.Y);
        transcript.append(LABEL_INSTANCE, instance);
        transcript.append(LABEL_COLUMNS, serial, 0, 4 * 96);
        FieldElement[] alpha = challenges(transcript, LABEL_ALPHA, CONSTRAINTS);
        transcript.append(LABEL_QUOTIENT, serial, 4 * 96, 96);
        zeta = transcript.challenge(LABEL_ZETA);
        transcript.append(LABEL_VALUES, octets, VALUES_OFFSET, 32 * VALUES);
        transcript.append(LABEL_LINEAR, octets, LINEAR_OFFSET, 32);
        nu = challenges(transcript, LABEL_NU, VALUES + 1);
        evaluate(domain, alpha, commitment);
    }

    static FieldElement[] challenges(Transcript transcript, byte[] label, int count) {
        FieldElement[] challenges = new FieldElement[count];
        for (int i = 0; i < count; i++) {
            challenges[i] = transcript.challenge(label);
        }
        return challenges;
    }

    private void evaluate(RingDomain domain, FieldElement[] alpha, long[] commitment) {
        FieldElement one = FieldElement.ONE;
        FieldElement inverse1 = domain.omegaInverse();
        FieldElement inverse2 = inverse1.squared();
        FieldElement inverse3 = inverse2.times(inverse1);
        FieldElement inverse4 = inverse2.squared();
        FieldElement omega4 = domain.omega().squared(2);
        FieldElement vanishing = zeta.squared(domain.logSize()).minus(one);
        FieldElement hiding =
                zeta.minus(inverse1).times(zeta.minus(inverse2)).times(zeta.minus(inverse3));
        FieldElement notLast = zeta.minus(inverse4);
        // 1/(ζⁿ − 1), 1/(n(ζ − 1)) and 1/(n(ω⁴ζ − 1)) by one inversion
        FieldElement n = FieldElement.of(domain.size());
        FieldElement firstDenominator = n.times(zeta.minus(one));
        FieldElement lastDenominator = n.times(omega4.times(zeta).minus(one));
        FieldElement both = firstDenominator.times(lastDenominator);
        FieldElement inverse = both.times(vanishing).inverse();
        FieldElement inverseVanishing = inverse.times(both);
        FieldElement inverseBoth = inverse.times(vanishing);
        FieldElement first = vanishing.times(inverseBoth).times(lastDenominator);
        FieldElement last = vanishing.times(inverseBoth).times(firstDenominator);

        FieldElement b = values[BITS];
        FieldElement ip = values[IP];
        FieldElement x1 = values[ACC_X];
        FieldElement y1 = values[ACC_Y];
        FieldElement x2 = values[PX];
        FieldElement y2 = values[PY];
        FieldElement notB = one.minus(b);
        FieldElement x1y1 = x1.times(y1);
        FieldElement x2y2 = x2.times(y2);
        long[] sum = new long[Point.LENGTH];
        Point.add(sum, 0, Point.ACCUMULATOR_SEED, 0, commitment, 0, Point.workspace());
        Point.normalize(Backends.current(), sum);
        FieldElement endX = FieldElement.at(sum, Point.X);
        FieldElement endY = FieldElement.at(sum, Point.Y);

        FieldElement[] c = {
            ip.plus(values[SELECTOR].times(b)).times(notLast).negated(),
            b.times(x1y1.plus(x2y2)).plus(notB.times(x1)).times(notLast).negated(),
            b.times(x1y1.minus(x2y2)).plus(notB.times(y1)).times(notLast).negated(),
            b.times(notB),
            x1.minus(SEED_X).times(first).plus(x1.minus(endX).times(last)),
            y1.minus(SEED_Y).times(first).plus(y1.minus(endY).times(last)),
            ip.times(first).plus(ip.minus(one).times(last)),
        };
        FieldElement quotient = linear;
        for (int i = 0; i < CONSTRAINTS; i++) {
            quotient = quotient.plus(alpha[i].times(c[i]));
        }
        quotient = quotient.times(hiding).times(inverseVanishing);
        aggregate = nu[VALUES].times(quotient);
        for (int i = 0; i < VALUES; i++) {
            aggregate = aggregate.plus(nu[i].times(values[i]));
        }
        linearization = Linearization.of(domain, zeta, values, alpha);
        zetaOmega = zeta.times(domain.omega());
    }

    /**
     * Adds this proof's two equations, weighted, to a sum of equations.
     *
     * @param a the weight of the opening at ζ
     * @param b the weight of the opening at ζω
     * @param fixed the coefficients of G₁ and the ring's commitments, which are added to
     * @return the coefficients of the proof's own points
     */
    FieldElement[] contribute(FieldElement a, FieldElement b, FieldElement[] fixed) {
        fixed[0] = fixed[0].plus(a.times(aggregate)).plus(b.times(linear));
        for (int i = 0; i < 3; i++) {
            fixed[1 + i] = fixed[1 + i].minus(a.times(nu[i]));
        }
        // An opening π = (f − f(ζ))/(X − ζ) satisfies e(f(ζ) − f − ζπ, G₂) · e(π, τG₂) = 1.
        FieldElement[] own = {
            a.times(nu[3]),
            a.times(nu[4]).plus(b.times(linearization.ip())),
            a.times(nu[5]).plus(b.times(linearization.accX())),
            a.times(nu[6]).plus(b.times(linearization.accY())),
            a.times(nu[7]),
            a.times(zeta),
            b.times(zetaOmega),
        };
        for (int i = 0; i < POINTS; i++) {
            own[i] = own[i].negated();
        }
        return own;
    }
}
