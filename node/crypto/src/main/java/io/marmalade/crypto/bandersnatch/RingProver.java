package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.Fr.LIMBS;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Makes ring signatures, the tickets, for the holders of keys in one ring. What depends on the ring
 * alone is computed once; provers may be used by any number of threads.
 *
 * <p>The work with the secret key and the nonces is done in constant time. The ring proof itself
 * only handles the signer's place in the ring and the blinding factor; its time depends on them a
 * little.
 *
 * @gp sec:bandersnatch
 */
public final class RingProver {
    private static final FieldElement MINUS_FIVE = FieldElement.of(-5);

    /** In how many parts the constraints are combined. */
    private static final int PARTS = 4;

    private final List<BandersnatchKey> ring;
    private final RingRoot root;
    private final RingDomain domain;
    private final RingSetup setup;
    private final Transcript prefix;

    /** The coordinates of each row's point. */
    private final long[][] points;

    /** The fixed columns x, y and selector. */
    private final Column[] fixed = new Column[3];

    /** A column as a polynomial, and its values at the 4n-th roots of unity. */
    private record Column(long[] coefficients, long[] values) {
        static Column of(RingDomain domain, long[] rows) {
            long[] coefficients = rows.clone();
            Fourier.of(domain.logSize()).toCoefficients(coefficients);
            long[] values = Arrays.copyOf(coefficients, 4 * coefficients.length);
            Fourier.of(domain.logSize() + 2).toValues(values);
            return new Column(coefficients, values);
        }

        FieldElement at(FieldElement x) {
            return evaluate(coefficients, x);
        }
    }

    /**
     * Prepares for a ring.
     *
     * @param ring the keys, as for {@link RingRoots#of}
     * @throws IllegalArgumentException if there are none or too many
     * @throws io.marmalade.crypto.bls.BlstUnavailableException without blst
     */
    public RingProver(List<BandersnatchKey> ring) {
        this.ring = List.copyOf(ring);
        root = RingRoots.of(this.ring);
        domain = RingDomain.of(ring.size());
        setup = RingSetup.of(domain);
        prefix = RingVerifier.of(root, ring.size()).transcript();
        int n = domain.size();
        points = new long[domain.lastRow()][];
        List<long[]> keys = RingRoots.points(Backends.current(), this.ring);
        for (int i = 0; i < domain.keyRows(); i++) {
            points[i] = i < keys.size() ? keys.get(i) : Point.PADDING;
        }
        long[] power = Point.BLINDING_BASE.clone();
        for (int i = domain.keyRows(); i < points.length; i++) {
            points[i] = power.clone();
            Point.twice(power, 0, power, 0, Point.workspace());
            Point.normalize(Backends.current(), power);
        }
        for (int column = 0; column < 3; column++) {
            long[] rows = new long[LIMBS * n];
            for (int i = 0; i < points.length; i++) {
                if (column < 2) {
                    Fr.copy(rows, LIMBS * i, points[i], column == 0 ? Point.X : Point.Y);
                } else if (i < domain.keyRows()) {
                    Fr.copy(rows, LIMBS * i, Fr.ONE, 0);
                }
            }
            fixed[column] = Column.of(domain, rows);
        }
    }

    /** Returns the ring's root. */
    public RingRoot root() {
        return root;
    }

    /**
     * Signs. Signatures differ from call to call; their output depends on the key and the context
     * only.
     *
     * @param key a key of the ring
     * @param context what determines the output
     * @param message what is only bound; nothing for tickets
     * @throws IllegalArgumentException if the key is not in the ring
     */
    public RingSignature sign(SecretKey key, byte[] context, byte[] message) {
        return sign(new Workers(null), key, context, message, Nonces.HEDGED);
    }

    /**
     * Signs, as {@link #sign(SecretKey, byte[], byte[])} does, on this thread and those of an
     * executor.
     *
     * @param executor lends threads; it is never waited for, so that this may be one of its threads
     */
    public RingSignature sign(SecretKey key, byte[] context, byte[] message, Executor executor) {
        return sign(new Workers(executor), key, context, message, Nonces.HEDGED);
    }

    RingSignature sign(
            Workers workers, SecretKey key, byte[] context, byte[] message, Nonces nonces) {
        int index = ring.indexOf(key.publicKey());
        if (index < 0) {
            throw new IllegalArgumentException(key.publicKey() + " is not in the ring");
        }
        byte[] octets = new byte[RingSignature.SIZE];
        long[] input = BandersnatchVrf.input(context);
        byte[] inputOctets = BandersnatchVrf.encode(input);
        long[] blinding = nonces.blinding(key.scalar(), inputOctets, message);
        long[] k = nonces.nonce(key.scalar(), inputOctets, message);
        long[] kb = nonces.nonce(blinding, inputOctets, message);
        long[] output = ConstantTime.multiply(key.scalar(), input);
        long[] commitment =
                ConstantTime.sum(key.point(), ConstantTime.multiply(blinding, Point.BLINDING_BASE));
        long[] r =
                ConstantTime.sum(
                        ConstantTime.multiply(k, Point.GENERATOR),
                        ConstantTime.multiply(kb, Point.BLINDING_BASE));
        long[] ok = ConstantTime.multiply(k, input);
        byte[] encodings = BandersnatchVrf.encode(commitment, input, output, r, ok);
        long[] c = Suite.challenge(encodings, message);
        System.arraycopy(encodings, 64, octets, 0, 32);
        System.arraycopy(encodings, 0, octets, 32, 32);
        System.arraycopy(encodings, 96, octets, 64, 64);
        byte[] s = Nonces.encode(ConstantTime.multiplyAdd(k, c, key.scalar()));
        byte[] sb = Nonces.encode(ConstantTime.multiplyAdd(kb, c, blinding));
        System.arraycopy(s, 0, octets, 128, 32);
        System.arraycopy(sb, 0, octets, 160, 32);
        Arrays.fill(k, 0);
        Arrays.fill(kb, 0);
        new Proof(workers, index, blinding, commitment, nonces).write(octets);
        Arrays.fill(blinding, 0);
        return RingSignature.of(octets);
    }

    private static FieldElement evaluate(long[] coefficients, FieldElement x) {
        long[] r = new long[LIMBS];
        long[] at = x.limbs();
        for (int i = coefficients.length - LIMBS; i >= 0; i -= LIMBS) {
            Fr.mul(r, 0, r, 0, at, 0);
            Fr.add(r, 0, r, 0, coefficients, i);
        }
        return FieldElement.at(r, 0);
    }

    /** Returns (f − f(x)) / (X − x). */
    private static long[] opening(long[] f, FieldElement x) {
        long[] quotient = new long[f.length - LIMBS];
        long[] carry = new long[LIMBS];
        long[] at = x.limbs();
        for (int i = quotient.length - LIMBS; i >= 0; i -= LIMBS) {
            Fr.mul(carry, 0, carry, 0, at, 0);
            Fr.add(carry, 0, carry, 0, f, i + LIMBS);
            Fr.copy(quotient, i, carry, 0);
        }
        return quotient;
    }

    private static void addMultiple(long[] sum, long[] f, FieldElement factor) {
        long[] t = new long[LIMBS];
        for (int i = 0; i < f.length; i += LIMBS) {
            Fr.mul(t, 0, f, i, factor.limbs(), 0);
            Fr.add(sum, i, sum, i, t, 0);
        }
    }

    /** One ring proof in the making. */
    private final class Proof {
        private final int index;
        private final long[] blinding;
        private final long[] commitment;

        /** The witness rows: bits, ip, accx, accy. */
        private final long[][] rows = new long[4][];

        private final Workers workers;
        private final Arena arena;

        Proof(Workers workers, int index, long[] blinding, long[] commitment, Nonces nonces) {
            this.workers = workers;
            arena = workers.mayHelp() ? Arena.ofShared() : Arena.ofConfined();
            this.index = index;
            this.blinding = blinding;
            this.commitment = commitment;
            int n = domain.size();
            for (int column = 0; column < 4; column++) {
                rows[column] = new long[LIMBS * n];
            }
            fillRows();
            // The last rows hide what is committed to.
            for (int column = 0; column < 4; column++) {
                for (int row = n - RingDomain.HIDING_ROWS; row < n; row++) {
                    Fr.copy(rows[column], LIMBS * row, nonces.hiding().limbs(), 0);
                }
            }
        }

        private boolean bit(int row) {
            if (row < domain.keyRows()) {
                return row == index;
            }
            int bit = row - domain.keyRows();
            return (blinding[bit >> 6] >>> (bit & 63) & 1) != 0;
        }

        private void fillRows() {
            // The running sum changes in few rows; those are brought to Z = 1 together.
            int last = domain.lastRow();
            long[][] sums = new long[RingDomain.SCALAR_BITS + 2][];
            int count = 0;
            sums[count++] = Point.ACCUMULATOR_SEED.clone();
            for (int row = 0; row < last; row++) {
                if (bit(row)) {
                    long[] next = new long[Point.LENGTH];
                    Point.add(next, 0, sums[count - 1], 0, points[row], 0, Point.workspace());
                    sums[count++] = next;
                }
            }
            sums = Arrays.copyOf(sums, count);
            Point.normalize(Backends.current(), sums);
            int at = 0;
            boolean chosen = false;
            for (int row = 0; row <= last; row++) {
                if (chosen) {
                    Fr.copy(rows[1], LIMBS * row, Fr.ONE, 0);
                }
                Fr.copy(rows[2], LIMBS * row, sums[at], Point.X);
                Fr.copy(rows[3], LIMBS * row, sums[at], Point.Y);
                if (row < last && bit(row)) {
                    Fr.copy(rows[0], LIMBS * row, Fr.ONE, 0);
                    chosen = true;
                    at++;
                }
            }
        }

        void write(byte[] octets) {
            try (arena) {
                prove(octets);
            }
            for (long[] column : rows) {
                Arrays.fill(column, 0);
            }
        }

        private void prove(byte[] octets) {
            MemorySegment affine = arena.allocate(7L * Blst.P1_AFFINE_SIZE, 64);
            Column[] columns = new Column[7];
            System.arraycopy(fixed, 0, columns, 0, 3);
            List<Runnable> tasks = new ArrayList<>();
            commitToRows(affine, tasks);
            for (int i = 0; i < 4; i++) {
                int column = i;
                tasks.add(() -> columns[3 + column] = Column.of(domain, rows[column]));
            }
            workers.run(tasks);
            byte[] serial = serialize(affine, 0, 4);
            Transcript transcript = prefix.copy();
            byte[] instance = new byte[64];
            Fr.encode(instance, 0, commitment, Point.X);
            Fr.encode(instance, 32, commitment, Point.Y);
            transcript.append(RingProof.LABEL_INSTANCE, instance);
            transcript.append(RingProof.LABEL_COLUMNS, serial);
            FieldElement[] alpha =
                    RingProof.challenges(transcript, RingProof.LABEL_ALPHA, RingProof.CONSTRAINTS);
            long[] quotient = quotient(columns, alpha);
            commitToPolynomials(affine, 4, List.of(quotient));
            transcript.append(RingProof.LABEL_QUOTIENT, serialize(affine, 4, 1));
            FieldElement zeta = transcript.challenge(RingProof.LABEL_ZETA);

            byte[] values = new byte[32 * RingProof.VALUES];
            FieldElement[] v = new FieldElement[RingProof.VALUES];
            for (int i = 0; i < RingProof.VALUES; i++) {
                v[i] = columns[i].at(zeta);
                Fr.encode(values, 32 * i, v[i].limbs(), 0);
            }
            transcript.append(RingProof.LABEL_VALUES, values);
            RingProof.Linearization factors = RingProof.Linearization.of(domain, zeta, v, alpha);
            long[] linear = new long[LIMBS * domain.size()];
            addMultiple(linear, columns[RingProof.IP].coefficients(), factors.ip());
            addMultiple(linear, columns[RingProof.ACC_X].coefficients(), factors.accX());
            addMultiple(linear, columns[RingProof.ACC_Y].coefficients(), factors.accY());
            FieldElement zetaOmega = zeta.times(domain.omega());
            byte[] linearValue = new byte[32];
            Fr.encode(linearValue, 0, evaluate(linear, zetaOmega).limbs(), 0);
            transcript.append(RingProof.LABEL_LINEAR, linearValue);
            FieldElement[] nu =
                    RingProof.challenges(transcript, RingProof.LABEL_NU, RingProof.VALUES + 1);

            long[] aggregate = new long[quotient.length];
            addMultiple(aggregate, quotient, nu[RingProof.VALUES]);
            for (int i = 0; i < RingProof.VALUES; i++) {
                addMultiple(aggregate, columns[i].coefficients(), nu[i]);
            }
            commitToPolynomials(
                    affine, 5, List.of(opening(aggregate, zeta), opening(linear, zetaOmega)));

            MemorySegment compressed = arena.allocate(48L * RingProof.POINTS);
            for (int i = 0; i < RingProof.POINTS; i++) {
                Blst.p1AffineCompress(
                        compressed.address() + 48L * i,
                        affine.address() + (long) i * Blst.P1_AFFINE_SIZE);
                MemorySegment.copy(
                        compressed,
                        ValueLayout.JAVA_BYTE,
                        48L * i,
                        octets,
                        RingProof.POINT_OFFSETS[i],
                        48);
            }
            System.arraycopy(values, 0, octets, RingProof.VALUES_OFFSET, values.length);
            System.arraycopy(linearValue, 0, octets, RingProof.LINEAR_OFFSET, 32);
        }

        private byte[] serialize(MemorySegment affine, int first, int count) {
            MemorySegment serial = arena.allocate(96L * count);
            for (int i = 0; i < count; i++) {
                Blst.p1AffineSerialize(
                        serial.address() + 96L * i,
                        affine.address() + (first + (long) i) * Blst.P1_AFFINE_SIZE);
            }
            return serial.toArray(ValueLayout.JAVA_BYTE);
        }

        /**
         * Adds tasks that commit to the witness columns. As their values change in few rows, they
         * are sums of differences of neighbours, times sums of Lagrange points from a row on.
         */
        private void commitToRows(MemorySegment affine, List<Runnable> tasks) {
            int n = domain.size();
            int last = domain.lastRow();
            long tails = setup.tails();
            // The rows after which a value may change, and the hiding rows.
            int changes = 2 + RingDomain.SCALAR_BITS;
            int terms = changes + RingDomain.HIDING_ROWS;
            MemorySegment bases = arena.allocate((long) terms * Blst.P1_AFFINE_SIZE, 64);
            int[] changing = new int[changes];
            changing[0] = 0;
            changing[1] = index + 1;
            for (int i = 0; i < RingDomain.SCALAR_BITS; i++) {
                changing[2 + i] = domain.keyRows() + i + 1;
            }
            long lagrange = setup.lagrange(n);
            MemorySegment all = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
            for (int i = 0; i < changes; i++) {
                MemorySegment.copy(
                        all,
                        tails + (long) changing[i] * Blst.P1_AFFINE_SIZE,
                        bases,
                        (long) i * Blst.P1_AFFINE_SIZE,
                        Blst.P1_AFFINE_SIZE);
            }
            for (int i = 0; i < RingDomain.HIDING_ROWS; i++) {
                MemorySegment.copy(
                        all,
                        lagrange + (last + 1L + i) * Blst.P1_AFFINE_SIZE,
                        bases,
                        (changes + (long) i) * Blst.P1_AFFINE_SIZE,
                        Blst.P1_AFFINE_SIZE);
            }
            for (int column = 1; column < 4; column++) {
                int own = column;
                tasks.add(() -> commitToChanges(affine, own, bases, changing));
            }
            tasks.add(() -> commitToBits(affine, lagrange));
        }

        private void commitToChanges(
                MemorySegment affine, int column, MemorySegment bases, int[] changing) {
            int last = domain.lastRow();
            int terms = changing.length + RingDomain.HIDING_ROWS;
            MemorySegment scalars = arena.allocate((long) terms * Blst.SCALAR_SIZE, 8);
            MemorySegment sum = arena.allocate(Blst.P1_SIZE, 64);
            long[] t = new long[LIMBS];
            long[] row = rows[column];
            for (int i = 0; i < terms; i++) {
                if (i >= changing.length) {
                    Fr.copy(t, 0, row, LIMBS * (last + 1 + i - changing.length));
                } else if (changing[i] == 0) {
                    Fr.copy(t, 0, row, 0);
                } else {
                    Fr.sub(t, 0, row, LIMBS * changing[i], row, LIMBS * (changing[i] - 1));
                }
                PointSums.putScalar(scalars, (long) Blst.SCALAR_SIZE * i, t, 0);
            }
            PointSums.sum(
                    sum.address(),
                    bases.address(),
                    terms,
                    scalars.address(),
                    PointSums.SCALAR_BITS);
            Blst.p1ToAffine(affine.address() + (long) column * Blst.P1_AFFINE_SIZE, sum.address());
        }

        /** Commits to the bits, which are sums of Lagrange points themselves. */
        private void commitToBits(MemorySegment affine, long lagrange) {
            int last = domain.lastRow();
            MemorySegment scalars =
                    arena.allocate((long) RingDomain.HIDING_ROWS * Blst.SCALAR_SIZE, 8);
            MemorySegment sum = arena.allocate(Blst.P1_SIZE, 64);
            for (int i = 0; i < RingDomain.HIDING_ROWS; i++) {
                PointSums.putScalar(
                        scalars, (long) Blst.SCALAR_SIZE * i, rows[0], LIMBS * (last + 1 + i));
            }
            PointSums.sum(
                    sum.address(),
                    lagrange + (last + 1L) * Blst.P1_AFFINE_SIZE,
                    RingDomain.HIDING_ROWS,
                    scalars.address(),
                    PointSums.SCALAR_BITS);
            for (int row = 0; row < last; row++) {
                if ((row == index || row >= domain.keyRows()) && bit(row)) {
                    Blst.p1AddOrDoubleAffine(
                            sum.address(),
                            sum.address(),
                            lagrange + (long) row * Blst.P1_AFFINE_SIZE);
                }
            }
            Blst.p1ToAffine(affine.address(), sum.address());
        }

        /** Commits to polynomials, each in two parts that two threads may share. */
        private void commitToPolynomials(
                MemorySegment affine, int first, List<long[]> polynomials) {
            FixedPoints powers = setup.powerMultiples();
            CurveBackend backend = Backends.current();
            int parts = workers.mayHelp() ? 2 : 1;
            MemorySegment sums =
                    arena.allocate((long) parts * polynomials.size() * Blst.P1_SIZE, 64);
            List<Runnable> tasks = new ArrayList<>();
            for (int i = 0; i < polynomials.size(); i++) {
                long[] coefficients = polynomials.get(i);
                int count = coefficients.length / LIMBS;
                MemorySegment scalars =
                        arena.allocate((long) count * FixedPointSums.SCALAR_SIZE, 8);
                for (int part = 0; part < parts; part++) {
                    int from = count * part / parts;
                    int end = count * (part + 1) / parts;
                    long sum = sums.address() + (long) (parts * i + part) * Blst.P1_SIZE;
                    tasks.add(() -> {
                        for (int j = from; j < end; j++) {
                            FixedPointSums.putScalar(scalars, j, coefficients, LIMBS * j);
                        }
                        backend.fixedSum(sum, powers, scalars, from, end);
                    });
                }
            }
            workers.run(tasks);
            for (int i = 0; i < polynomials.size(); i++) {
                long sum = sums.address() + (long) parts * i * Blst.P1_SIZE;
                for (int part = 1; part < parts; part++) {
                    Blst.p1AddOrDouble(sum, sum, sum + (long) part * Blst.P1_SIZE);
                }
                Blst.p1ToAffine(affine.address() + (long) (first + i) * Blst.P1_AFFINE_SIZE, sum);
            }
        }

        /**
         * Returns the quotient of the constraints' random combination by what vanishes on the rows.
         */
        private long[] quotient(Column[] columns, FieldElement[] alpha) {
            int size = 4 * domain.size();
            long[] combined = new long[LIMBS * size];
            long[] end = new long[Point.LENGTH];
            Point.add(end, 0, Point.ACCUMULATOR_SEED, 0, commitment, 0, Point.workspace());
            Point.normalize(Backends.current(), end);
            List<Runnable> tasks = new ArrayList<>();
            for (int part = 0; part < PARTS; part++) {
                int first = size * part / PARTS;
                int last = size * (part + 1) / PARTS;
                tasks.add(() -> combine(combined, first, last, columns, alpha, end));
            }
            workers.run(tasks);
            Fourier.of(domain.logSize() + 2).toCoefficients(combined);
            return divide(combined);
        }

        /** Combines the constraints' values at some of the 4n-th roots of unity. */
        private void combine(
                long[] combined,
                int from,
                int to,
                Column[] columns,
                FieldElement[] alpha,
                long[] end) {
            int size = 4 * domain.size();
            long[] lagrangeFirst = setup.firstLagrangeValues();
            long[] px = columns[RingProof.PX].values();
            long[] py = columns[RingProof.PY].values();
            long[] selector = columns[RingProof.SELECTOR].values();
            long[] bits = columns[RingProof.BITS].values();
            long[] ip = columns[RingProof.IP].values();
            long[] accX = columns[RingProof.ACC_X].values();
            long[] accY = columns[RingProof.ACC_Y].values();
            long[] omega4n = Fourier.of(domain.logSize() + 2).root();
            long[] x = FieldElement.at(omega4n, 0).power(from).limbs().clone();
            long[] lastRoot = domain.omegaInverse().squared(2).limbs(); // ω to the power n − 4
            long[] w = new long[12 * LIMBS];
            int notB = 0;
            int x1y1 = 4;
            int x2y2 = 8;
            int t = 12;
            int u = 16;
            int sum = 20;
            for (int i = from; i < to; i++) {
                int at = LIMBS * i;
                int next = LIMBS * ((i + 4) & (size - 1));
                Fr.sub(w, notB, Fr.ONE, 0, bits, at);
                Fr.mul(w, x1y1, accX, at, accY, at);
                Fr.mul(w, x2y2, px, at, py, at);
                // α₀ (ip₃ − ip − s·b)
                Fr.mul(w, t, selector, at, bits, at);
                Fr.add(w, t, w, t, ip, at);
                Fr.sub(w, t, ip, next, w, t);
                Fr.mul(w, sum, w, t, alpha[0].limbs(), 0);
                // α₁ (b(x₃(y₁y₂ − 5x₁x₂) − x₁y₁ − x₂y₂) + (1 − b)(x₃ − x₁))
                Fr.mul(w, t, accX, at, px, at);
                Fr.mul(w, t, w, t, MINUS_FIVE.limbs(), 0);
                Fr.mul(w, u, accY, at, py, at);
                Fr.add(w, t, w, t, w, u);
                Fr.mul(w, t, w, t, accX, next);
                Fr.sub(w, t, w, t, w, x1y1);
                Fr.sub(w, t, w, t, w, x2y2);
                Fr.mul(w, t, w, t, bits, at);
                Fr.sub(w, u, accX, next, accX, at);
                Fr.mul(w, u, w, u, w, notB);
                Fr.add(w, t, w, t, w, u);
                Fr.mul(w, t, w, t, alpha[1].limbs(), 0);
                Fr.add(w, sum, w, sum, w, t);
                // α₂ (b(y₃(x₁y₂ − x₂y₁) − x₁y₁ + x₂y₂) + (1 − b)(y₃ − y₁))
                Fr.mul(w, t, accX, at, py, at);
                Fr.mul(w, u, px, at, accY, at);
                Fr.sub(w, t, w, t, w, u);
                Fr.mul(w, t, w, t, accY, next);
                Fr.sub(w, t, w, t, w, x1y1);
                Fr.add(w, t, w, t, w, x2y2);
                Fr.mul(w, t, w, t, bits, at);
                Fr.sub(w, u, accY, next, accY, at);
                Fr.mul(w, u, w, u, w, notB);
                Fr.add(w, t, w, t, w, u);
                Fr.mul(w, t, w, t, alpha[2].limbs(), 0);
                Fr.add(w, sum, w, sum, w, t);
                // all of these times X − ω^(n−4)
                Fr.sub(w, t, x, 0, lastRoot, 0);
                Fr.mul(w, sum, w, sum, w, t);
                Fr.mul(x, 0, x, 0, omega4n, 0);
                // α₃ b(1 − b)
                Fr.mul(w, t, bits, at, w, notB);
                Fr.mul(w, t, w, t, alpha[3].limbs(), 0);
                Fr.add(w, sum, w, sum, w, t);
                // L₀ (α₄(x₁ − Sx) + α₅(y₁ − Sy) + α₆ ip)
                Fr.sub(w, t, accX, at, Point.ACCUMULATOR_SEED, Point.X);
                Fr.mul(w, u, w, t, alpha[4].limbs(), 0);
                Fr.sub(w, t, accY, at, Point.ACCUMULATOR_SEED, Point.Y);
                Fr.mul(w, t, w, t, alpha[5].limbs(), 0);
                Fr.add(w, u, w, u, w, t);
                Fr.mul(w, t, ip, at, alpha[6].limbs(), 0);
                Fr.add(w, u, w, u, w, t);
                Fr.mul(w, u, w, u, lagrangeFirst, at);
                Fr.add(w, sum, w, sum, w, u);
                // L₍ₙ₋₄₎ (α₄(x₁ − Ex) + α₅(y₁ − Ey) + α₆(ip − 1)), L₍ₙ₋₄₎(X) = L₀(ω⁴X)
                Fr.sub(w, t, accX, at, end, Point.X);
                Fr.mul(w, u, w, t, alpha[4].limbs(), 0);
                Fr.sub(w, t, accY, at, end, Point.Y);
                Fr.mul(w, t, w, t, alpha[5].limbs(), 0);
                Fr.add(w, u, w, u, w, t);
                Fr.sub(w, t, ip, at, Fr.ONE, 0);
                Fr.mul(w, t, w, t, alpha[6].limbs(), 0);
                Fr.add(w, u, w, u, w, t);
                Fr.mul(w, u, w, u, lagrangeFirst, LIMBS * ((i + 16) & (size - 1)));
                Fr.add(combined, at, w, sum, w, u);
            }
        }

        /** Multiplies by (X − ω⁻¹)(X − ω⁻²)(X − ω⁻³) and divides by Xⁿ − 1. */
        private long[] divide(long[] combined) {
            int n = domain.size();
            long[] product =
                    Arrays.copyOf(combined, combined.length + RingDomain.HIDING_ROWS * LIMBS);
            long[] t = new long[LIMBS];
            FieldElement root = FieldElement.ONE;
            for (int k = 0; k < RingDomain.HIDING_ROWS; k++) {
                root = root.times(domain.omegaInverse());
                for (int i = product.length - LIMBS; i >= 0; i -= LIMBS) {
                    Fr.mul(t, 0, product, i, root.limbs(), 0);
                    if (i == 0) {
                        Fr.negate(product, 0, t, 0);
                    } else {
                        Fr.sub(product, i, product, i - LIMBS, t, 0);
                    }
                }
            }
            long[] quotient = new long[LIMBS * (3 * n + 1)];
            int shift = LIMBS * n;
            for (int i = product.length - LIMBS; i >= shift; i -= LIMBS) {
                // c_{i} of the product goes to q_{i−n}, and stays to be added to c_{i−n}.
                if (i - shift < quotient.length) {
                    Fr.copy(quotient, i - shift, product, i);
                } else if (!Fr.isZero(product, i)) {
                    throw new IllegalStateException("a constraint has too high a degree");
                }
                Fr.add(product, i - shift, product, i - shift, product, i);
            }
            for (int i = 0; i < shift; i += LIMBS) {
                if (!Fr.isZero(product, i)) {
                    throw new IllegalStateException("a witness does not fulfil the constraints");
                }
            }
            return quotient;
        }
    }
}
