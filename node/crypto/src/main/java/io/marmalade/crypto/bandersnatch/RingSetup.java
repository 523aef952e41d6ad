package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * What ring proofs take from the trusted setup (Zcash's powers of tau up to degree 6144), for one
 * domain. It comes as resources, made from the setup's file by {@code RingSetupGenerator} among the
 * tests and compared with it by a test:
 *
 * <ul>
 *   <li>{@code pairing.srs}: G₂ and τG₂, 192 octets each;
 *   <li>{@code lagrange-N.srs}: the commitments to the columns of a ring without keys, x, y and
 *       selector; then to each Lagrange polynomial of the domain, 48 octets each;
 *   <li>{@code powers.srs}: G₁, τG₁, τ²G₁, …, 48 octets each.
 * </ul>
 *
 * <p>Points are decompressed when they are first needed and kept for good.
 */
final class RingSetup {
    private static final int COMPRESSED = 48;
    private static final int COLUMNS = 3;

    /** The number of powers of τ in the setup: three times the largest domain, and one. */
    static final int POWERS = 6145;

    private static final RingSetup[] SETUPS = new RingSetup[3];

    private final RingDomain domain;
    private final byte[] octets;
    private final MemorySegment columns;
    private final MemorySegment lagrange;
    private int lagrangeReady;
    private @Nullable FixedPoints lagrangeMultiples;
    private @Nullable FixedPoints powerMultiples;
    private @Nullable MemorySegment tails;
    private long @Nullable [] firstLagrangeValues;

    private RingSetup(RingDomain domain) {
        this.domain = domain;
        octets = resource("lagrange-" + domain.size() + ".srs");
        columns = Arena.global().allocate((long) COLUMNS * Blst.P1_AFFINE_SIZE, 64);
        lagrange = Arena.global().allocate((long) domain.size() * Blst.P1_AFFINE_SIZE, 64);
        decompress(octets, 0, columns, 0, COLUMNS);
    }

    /**
     * Returns the setup of a domain.
     *
     * @throws io.marmalade.crypto.bls.BlstUnavailableException without blst
     */
    static RingSetup of(RingDomain domain) {
        Blst.require();
        int index = domain.logSize() - 9;
        synchronized (SETUPS) {
            RingSetup setup = SETUPS[index];
            if (setup == null) {
                setup = new RingSetup(domain);
                SETUPS[index] = setup;
            }
            return setup;
        }
    }

    RingDomain domain() {
        return domain;
    }

    /**
     * Returns where the commitment to a column without keys lies: 0 for x, 1 for y, 2 the selector.
     */
    long column(int index) {
        return columns.address() + (long) index * Blst.P1_AFFINE_SIZE;
    }

    /** Returns the octets of the commitment to the selector column. */
    void copySelector(byte[] target, int offset) {
        System.arraycopy(octets, 2 * COMPRESSED, target, offset, COMPRESSED);
    }

    /** Returns where the first {@code count} Lagrange points lie, affine and without gaps. */
    synchronized long lagrange(int count) {
        if (lagrangeReady < count) {
            decompress(
                    octets,
                    COMPRESSED * (COLUMNS + lagrangeReady),
                    lagrange,
                    lagrangeReady,
                    count - lagrangeReady);
            lagrangeReady = count;
        }
        return lagrange.address();
    }

    /** Returns at least the first {@code count} Lagrange points, at most those of all keys. */
    synchronized FixedPoints lagrangeMultiples(int count) {
        FixedPoints known = lagrangeMultiples;
        if (known == null) {
            known = new FixedPoints(domain.keyRows());
            lagrangeMultiples = known;
        }
        int ready = known.count();
        if (ready < count) {
            known.add(lagrange(count) + (long) ready * Blst.P1_AFFINE_SIZE, count - ready);
        }
        return known;
    }

    /** Returns the powers of τ, as many as the quotient has coefficients. */
    synchronized FixedPoints powerMultiples() {
        FixedPoints known = powerMultiples;
        if (known == null) {
            int count = 3 * domain.size() + 1;
            known = new FixedPoints(count);
            known.add(Powers.first(count), count);
            powerMultiples = known;
        }
        return known;
    }

    /**
     * Returns where the sums of Lagrange points from each row to the last that the constraints
     * speak of lie, affine and without gaps.
     */
    synchronized long tails() {
        MemorySegment known = tails;
        if (known != null) {
            return known.address();
        }
        int rows = domain.lastRow() + 1;
        long points = lagrange(rows);
        MemorySegment result = Arena.global().allocate((long) rows * Blst.P1_AFFINE_SIZE, 64);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sums = arena.allocate((long) rows * Blst.P1_SIZE, 64);
            MemorySegment pointers = arena.allocate(16, 8);
            long sum = sums.address() + (rows - 1L) * Blst.P1_SIZE;
            Blst.p1FromAffine(sum, points + (rows - 1L) * Blst.P1_AFFINE_SIZE);
            for (int i = rows - 2; i >= 0; i--) {
                Blst.p1AddOrDoubleAffine(
                        sum - Blst.P1_SIZE, sum, points + (long) i * Blst.P1_AFFINE_SIZE);
                sum -= Blst.P1_SIZE;
            }
            pointers.set(ValueLayout.JAVA_LONG, 0, sums.address());
            Blst.p1sToAffine(result.address(), pointers.address(), rows);
        }
        tails = result;
        return result.address();
    }

    /** Returns the values of the first Lagrange polynomial at the 4n-th roots of unity. */
    synchronized long[] firstLagrangeValues() {
        long[] known = firstLagrangeValues;
        if (known == null) {
            // Its coefficients are all 1/n.
            known = new long[4 * Fr.LIMBS * domain.size()];
            FieldElement inverse = FieldElement.of(domain.size()).inverse();
            for (int i = 0; i < domain.size(); i++) {
                Fr.copy(known, Fr.LIMBS * i, inverse.limbs(), 0);
            }
            Fourier.of(domain.logSize() + 2).toValues(known);
            firstLagrangeValues = known;
        }
        return known;
    }

    private static void decompress(
            byte[] octets, int offset, MemorySegment target, int first, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate((long) COMPRESSED * count);
            MemorySegment.copy(
                    octets, offset, source, ValueLayout.JAVA_BYTE, 0, COMPRESSED * count);
            for (int i = 0; i < count; i++) {
                long to = target.address() + (long) (first + i) * Blst.P1_AFFINE_SIZE;
                if (Blst.p1Uncompress(to, source.address() + (long) COMPRESSED * i) != 0) {
                    throw new IllegalStateException("the setup has something that is no point");
                }
            }
        }
    }

    static byte[] resource(String name) {
        try (InputStream in = RingSetup.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + name, e);
        }
    }

    /** The powers of τ, which only the prover needs. */
    static final class Powers {
        private static @Nullable MemorySegment points;
        private static int ready;
        private static byte @Nullable [] octets;

        private Powers() {}

        /** Returns where the first {@code count} powers lie, affine and without gaps. */
        static synchronized long first(int count) {
            MemorySegment target = points;
            byte[] source = octets;
            if (target == null || source == null) {
                target = Arena.global().allocate((long) POWERS * Blst.P1_AFFINE_SIZE, 64);
                source = resource("powers.srs");
                points = target;
                octets = source;
            }
            if (ready < count) {
                decompress(source, COMPRESSED * ready, target, ready, count - ready);
                ready = count;
            }
            return target.address();
        }
    }

    /** The points of G₂, prepared for pairings. */
    static final class Pairing {
        /** G₂ and τG₂, as the transcript wants them. */
        static final byte[] OCTETS = resource("pairing.srs");

        private static final MemorySegment LINES =
                Arena.global().allocate(2L * Blst.LINES_SIZE, 64);

        static {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment source = arena.allocate(OCTETS.length);
                MemorySegment affine = arena.allocate(Blst.P2_AFFINE_SIZE, 64);
                MemorySegment.copy(OCTETS, 0, source, ValueLayout.JAVA_BYTE, 0, OCTETS.length);
                for (int i = 0; i < 2; i++) {
                    if (Blst.p2Deserialize(affine.address(), source.address() + 192L * i) != 0) {
                        throw new IllegalStateException("the setup has something that is no point");
                    }
                    Blst.precomputeLines(lines(i), affine.address());
                }
            }
        }

        private Pairing() {}

        /** Returns where the lines of G₂ (0) or τG₂ (1) lie. */
        static long lines(int index) {
            return LINES.address() + (long) index * Blst.LINES_SIZE;
        }
    }
}
