package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.crypto.bls.Blst;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Verifies ring signatures, the tickets, against one ring root. What depends on the root alone is
 * computed once; verifiers may be used by any number of threads.
 *
 * <p>A signature proves, for the commitment Ȳ to a key that it carries, by a Pedersen VRF that the
 * output comes from that key, and by a ring proof that the key is in the ring.
 *
 * @gp sec:bandersnatch
 */
public final class RingVerifier {
    /**
     * A ring signature and what it is to sign.
     *
     * @param context what determines the output
     * @param message what is only bound; nothing for tickets
     * @param signature the signature
     */
    public record Claim(byte[] context, byte[] message, RingSignature signature) {}

    private static final int CACHED = 8;

    /** Of the digits with which the fixed points are multiplied, and a proof's. */
    private static final int WINDOW = 8;

    private static final int OWN_WINDOW = 5;

    private record CacheKey(RingRoot root, RingDomain domain) {}

    private static final Map<CacheKey, RingVerifier> CACHE =
            new LinkedHashMap<>(2 * CACHED, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<CacheKey, RingVerifier> eldest) {
                    return size() > CACHED;
                }
            };

    private final RingDomain domain;

    /**
     * What every transcript begins with; null if the root is no commitment, and nothing is valid.
     */
    private final @Nullable Transcript prefix;

    /** Multiples of G₁ and of the three commitments, and their images under the endomorphism. */
    private final MemorySegment table;

    /** Which of these are the identity, for which a table has no place. */
    private final boolean[] infinite = new boolean[4];

    private RingVerifier(RingRoot root, RingDomain domain) {
        this.domain = domain;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment points = arena.allocate(4L * Blst.P1_AFFINE_SIZE, 64);
            MemorySegment octets = arena.allocate(144);
            MemorySegment.copy(root.octets(), 0, octets, ValueLayout.JAVA_BYTE, 0, RingRoot.SIZE);
            MemorySegment.copy(
                    MemorySegment.ofAddress(Blst.p1AffineGenerator())
                            .reinterpret(Blst.P1_AFFINE_SIZE),
                    0,
                    points,
                    0,
                    Blst.P1_AFFINE_SIZE);
            boolean valid = true;
            for (int i = 0; i < 3 && valid; i++) {
                valid =
                        GroupDecoding.decode(
                                points.address() + (i + 1L) * Blst.P1_AFFINE_SIZE,
                                octets.address() + 48L * i);
            }
            if (!valid) {
                prefix = null;
                table = MemorySegment.NULL;
                return;
            }
            MemorySegment serial = arena.allocate(4 * 96L);
            for (int i = 0; i < 4; i++) {
                Blst.p1AffineSerialize(
                        serial.address() + 96L * i,
                        points.address() + (long) i * Blst.P1_AFFINE_SIZE);
            }
            byte[] g1 = serial.toArray(ValueLayout.JAVA_BYTE);
            byte[] key = new byte[96 + 384 + 288];
            System.arraycopy(g1, 0, key, 0, 96);
            System.arraycopy(RingSetup.Pairing.OCTETS, 0, key, 96, 384);
            System.arraycopy(g1, 96, key, 480, 288);
            prefix = new Transcript(Suite.NAME);
            prefix.append(RingProof.LABEL_KEY, key);

            for (int i = 1; i < 4; i++) {
                long at = points.address() + (long) i * Blst.P1_AFFINE_SIZE;
                infinite[i] = Blst.p1AffineIsInfinity(at) != 0;
                if (infinite[i]) {
                    MemorySegment.copy(
                            points, 0, points, (long) i * Blst.P1_AFFINE_SIZE, Blst.P1_AFFINE_SIZE);
                }
            }
            long rows = 4 * PointSums.oddRowSize(WINDOW);
            table = Arena.ofAuto().allocate(2 * rows, 64);
            PointSums.oddMultiples(table.address(), WINDOW, points.address(), 4);
            Endomorphism.apply(table.address() + rows, table.address(), 4 << (WINDOW - 2));
        }
    }

    /**
     * Returns a verifier. Those of the latest roots are remembered.
     *
     * @param root any octets; if they are no commitment, no signature is valid
     * @param ringSize the number of keys in the ring, 1..1791, padding not counted
     * @throws IllegalArgumentException if the size is not that
     * @throws io.marmalade.crypto.bls.BlstUnavailableException without blst
     */
    public static RingVerifier of(RingRoot root, int ringSize) {
        Blst.require();
        CacheKey key = new CacheKey(root, RingDomain.of(ringSize));
        synchronized (CACHE) {
            RingVerifier known = CACHE.get(key);
            if (known != null) {
                return known;
            }
        }
        RingVerifier verifier = new RingVerifier(root, key.domain());
        synchronized (CACHE) {
            CACHE.put(key, verifier);
        }
        return verifier;
    }

    /** Returns what every transcript of a proof for this ring begins with. */
    Transcript transcript() {
        if (prefix == null) {
            throw new IllegalStateException("the ring root is no commitment");
        }
        return prefix;
    }

    /**
     * Verifies a signature.
     *
     * @param context any octets
     * @param message any octets, none for tickets
     * @return its output, the ticket's identifier, if it is valid
     */
    public Optional<Hash> verify(byte[] context, byte[] message, RingSignature signature) {
        return verifyAll(List.of(new Claim(context, message, signature))).getFirst();
    }

    /**
     * Verifies signatures together, which is cheaper than one by one.
     *
     * @return for each its output, if it is valid
     */
    public List<Optional<Hash>> verifyAll(List<Claim> claims) {
        return verifyAll(Backends.current(), new Workers(null), claims);
    }

    /**
     * Verifies signatures together, on this thread and those of an executor.
     *
     * @param executor lends threads; it is never waited for, so that this may be one of its threads
     * @return for each its output, if it is valid
     */
    public List<Optional<Hash>> verifyAll(List<Claim> claims, Executor executor) {
        return verifyAll(Backends.current(), new Workers(executor), claims);
    }

    List<Optional<Hash>> verifyAll(CurveBackend backend, Workers workers, List<Claim> claims) {
        int count = claims.size();
        List<Optional<Hash>> results =
                new ArrayList<>(Collections.nCopies(count, Optional.empty()));
        if (prefix == null || count == 0) {
            return results;
        }
        // Other threads use addresses only: to close a shared arena takes longer than it saves.
        try (Arena arena = Arena.ofConfined()) {
            @Nullable PedersenProof[] pedersen = new PedersenProof[count];
            @Nullable RingProof[] decoded = new RingProof[count];
            int total = RingProof.POINTS * count;
            byte[] octets = new byte[GroupDecoding.SIZE * total];
            MemorySegment points = arena.allocate((long) total * Blst.P1_AFFINE_SIZE, 64);
            boolean[] inGroup = new boolean[total];
            long size = (long) RingProof.POINTS * Blst.P1_AFFINE_SIZE;
            for (int i = 0; i < count; i++) {
                byte[] signature = claims.get(i).signature().octets();
                decoded[i] = RingProof.parse(points.asSlice(i * size, size), signature);
                for (int j = 0; j < RingProof.POINTS; j++) {
                    int at = GroupDecoding.SIZE * (RingProof.POINTS * i + j);
                    System.arraycopy(
                            signature, RingProof.POINT_OFFSETS[j], octets, at, GroupDecoding.SIZE);
                }
            }
            List<Runnable> tasks = new ArrayList<>();
            tasks.add(() -> PedersenProof.verifyAll(backend, claims).toArray(pedersen));
            int step = Math.max(backend.pointsAtOnce(), RingProof.POINTS / 2);
            for (int i = 0; i < total; i += step) {
                int first = i;
                int end = Math.min(total, i + step);
                tasks.add(
                        () -> backend.decodePoints(octets, first, end, points.address(), inGroup));
            }
            workers.run(tasks);

            List<RingProof> proofs = new ArrayList<>(count);
            tasks.clear();
            for (int i = 0; i < count; i++) {
                PedersenProof signature = pedersen[i];
                RingProof proof = decoded[i];
                if (signature != null && proof != null && arePoints(inGroup, i)) {
                    proofs.add(proof);
                    results.set(i, Optional.of(signature.output()));
                    tasks.add(() -> proof.evaluate(domain, prefix, signature.commitment()));
                }
            }
            workers.run(tasks);
            if (proofs.isEmpty()
                    || check(arena, workers, proofs, weights(claims, 2 * proofs.size()))) {
                return results;
            }
            // One of them is wrong: find out which.
            int next = 0;
            for (int i = 0; i < count; i++) {
                if (results.get(i).isPresent()) {
                    RingProof proof = proofs.get(next++);
                    boolean valid =
                            proofs.size() > 1
                                    && check(arena, workers, List.of(proof), weights(claims, 2));
                    if (!valid) {
                        results.set(i, Optional.empty());
                    }
                }
            }
            return results;
        }
    }

    private static boolean arePoints(boolean[] inGroup, int index) {
        for (int i = 0; i < RingProof.POINTS; i++) {
            if (!inGroup[RingProof.POINTS * index + i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns weights for equations that are checked together, one of 2<sup>128</sup> each, with
     * halves of 64 bits. They are hashed from all that the equations depend on, so that nobody can
     * choose an equation after its weight, and yet the same claims always have the same weights.
     */
    private FieldElement[] weights(List<Claim> claims, int count) {
        MessageDigest sha512 = Suite.sha512();
        byte[] size = new byte[8];
        for (Claim claim : claims) {
            Octets.putLong(size, 0, claim.context().length);
            sha512.update(size);
            sha512.update(claim.context());
            Octets.putLong(size, 0, claim.message().length);
            sha512.update(size);
            sha512.update(claim.message());
            sha512.update(claim.signature().octets());
        }
        byte[] seed = sha512.digest();
        FieldElement[] weights = new FieldElement[count];
        weights[0] = FieldElement.ONE;
        for (int i = 1; i < count; i++) {
            Octets.putLong(size, 0, i);
            sha512.update(seed);
            sha512.update(size);
            byte[] hash = sha512.digest();
            weights[i] = Endomorphism.join(Octets.longAt(hash, 0), Octets.longAt(hash, 8));
        }
        return weights;
    }

    /** Checks e(A, G₂) · e(B, τG₂) = 1 for the weighted sum of the proofs' equations. */
    private boolean check(
            Arena arena, Workers workers, List<RingProof> proofs, FieldElement[] weights) {
        int count = proofs.size();
        FieldElement[] fixed = {
            FieldElement.ZERO, FieldElement.ZERO, FieldElement.ZERO, FieldElement.ZERO
        };
        FieldElement[] own = new FieldElement[RingProof.POINTS * count];
        FieldElement[] ofOpenings = weights.clone();
        // The openings come first, for B is a sum of them alone; then the columns.
        MemorySegment points = arena.allocate((long) own.length * Blst.P1_AFFINE_SIZE, 64);
        MemorySegment generator =
                MemorySegment.ofAddress(Blst.p1AffineGenerator()).reinterpret(Blst.P1_AFFINE_SIZE);
        for (int i = 0; i < count; i++) {
            RingProof proof = proofs.get(i);
            FieldElement[] ofProof = proof.contribute(weights[2 * i], weights[2 * i + 1], fixed);
            for (int j = 0; j < RingProof.POINTS; j++) {
                boolean opening = j >= RingProof.OPENING;
                int at =
                        opening
                                ? 2 * i + j - RingProof.OPENING
                                : 2 * count + RingProof.OPENING * i + j;
                own[at] = ofProof[j];
                MemorySegment point =
                        proof.points().asSlice((long) j * Blst.P1_AFFINE_SIZE, Blst.P1_AFFINE_SIZE);
                if (Blst.p1AffineIsInfinity(point.address()) != 0) {
                    // No table has a place for it: zero times another point instead.
                    point = generator;
                    own[at] = FieldElement.ZERO;
                    if (opening) {
                        ofOpenings[at] = FieldElement.ZERO;
                    }
                }
                MemorySegment.copy(
                        point, 0, points, (long) at * Blst.P1_AFFINE_SIZE, Blst.P1_AFFINE_SIZE);
            }
        }
        for (int i = 0; i < fixed.length; i++) {
            fixed[i] = infinite[i] ? FieldElement.ZERO : fixed[i];
        }
        Sums sums = new Sums(arena, points.address(), own, ofOpenings);
        if (!workers.mayHelp()) {
            return sums.checkAlone(fixed);
        }
        return sums.check(workers, fixed);
    }

    /** The sums A and B, and what is made of them. */
    private final class Sums {
        private final long points;
        private final FieldElement[] own;
        private final FieldElement[] weights;

        /** The points' odd multiples, and behind those of all points their images. */
        private final long tables;

        private final long images;

        /** A in three parts, and B. */
        private final long a;

        private final long b;
        private final long affine;
        private final long left;
        private final long right;

        /**
         * @param points of the proofs, none of them the identity; the openings first
         * @param own their factors in A
         * @param weights the factors of the openings in B
         */
        Sums(Arena arena, long points, FieldElement[] own, FieldElement[] weights) {
            this.points = points;
            this.own = own;
            this.weights = weights;
            long rows = PointSums.oddRowSize(OWN_WINDOW) * own.length;
            tables = arena.allocate(2 * rows, 64).address();
            images = tables + rows;
            a = arena.allocate(3L * Blst.P1_SIZE, 64).address();
            b = arena.allocate(Blst.P1_SIZE, 64).address();
            affine = arena.allocate(2L * Blst.P1_AFFINE_SIZE, 64).address();
            left = arena.allocate(Blst.FP12_SIZE, 64).address();
            right = arena.allocate(Blst.FP12_SIZE, 64).address();
        }

        private void makeTables(int first, int end) {
            long offset = PointSums.oddRowSize(OWN_WINDOW) * first;
            int count = end - first;
            PointSums.oddMultiples(
                    tables + offset,
                    OWN_WINDOW,
                    points + (long) first * Blst.P1_AFFINE_SIZE,
                    count);
            Endomorphism.apply(images + offset, tables + offset, count << (OWN_WINDOW - 2));
        }

        private List<PointSums.Term> terms(FieldElement[] factors, int first, int end) {
            List<PointSums.Term> terms = new ArrayList<>();
            addTerms(terms, tables, images, OWN_WINDOW, factors, first, end);
            return terms;
        }

        private void addFixed(List<PointSums.Term> terms, FieldElement[] fixed) {
            long rows = 4 * PointSums.oddRowSize(WINDOW);
            addTerms(
                    terms, table.address(), table.address() + rows, WINDOW, fixed, 0, fixed.length);
        }

        private static void addTerms(
                List<PointSums.Term> terms,
                long table,
                long images,
                int width,
                FieldElement[] factors,
                int first,
                int end) {
            for (int i = first; i < end; i++) {
                long offset = PointSums.oddRowSize(width) * i;
                long[] halves = Endomorphism.halves(factors[i]);
                terms.add(PointSums.Term.of(table + offset, width, halves, 0));
                terms.add(PointSums.Term.of(images + offset, width, halves, 2));
            }
        }

        /** On one thread, sums share their doublings, and Miller loops their squarings. */
        boolean checkAlone(FieldElement[] fixed) {
            makeTables(0, own.length);
            List<PointSums.Term> terms = terms(own, 0, own.length);
            addFixed(terms, fixed);
            PointSums.sum(a, terms);
            PointSums.sum(b, terms(weights, 0, weights.length));
            Blst.p1ToAffine(affine, a);
            Blst.p1ToAffine(affine + Blst.P1_AFFINE_SIZE, b);
            MillerLoops.product(
                    left,
                    RingSetup.Pairing.lines(0),
                    affine,
                    RingSetup.Pairing.lines(1),
                    affine + Blst.P1_AFFINE_SIZE);
            return Blst.fp12FinalVerify(left, Blst.fp12One()) != 0;
        }

        /** The openings and their Miller loop take about as long as the columns. */
        boolean check(Workers workers, FieldElement[] fixed) {
            int openings = weights.length;
            List<Runnable> tasks = new ArrayList<>();
            tasks.add(() -> {
                makeTables(openings, own.length);
                PointSums.sum(a, terms(own, openings, own.length));
            });
            tasks.add(() -> {
                makeTables(0, openings);
                PointSums.sum(b, terms(weights, 0, openings));
                millerLoop(right, 1, b);
                PointSums.sum(a + Blst.P1_SIZE, terms(own, 0, openings));
            });
            tasks.add(() -> {
                List<PointSums.Term> terms = new ArrayList<>();
                addFixed(terms, fixed);
                PointSums.sum(a + 2L * Blst.P1_SIZE, terms);
            });
            workers.run(tasks);
            Blst.p1AddOrDouble(a, a, a + Blst.P1_SIZE);
            Blst.p1AddOrDouble(a, a, a + 2L * Blst.P1_SIZE);
            Blst.p1Negate(a, true);
            millerLoop(left, 0, a);
            return Blst.fp12FinalVerify(left, right) != 0;
        }
    }

    private static void millerLoop(long result, int lines, long point) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment affine = arena.allocate(Blst.P1_AFFINE_SIZE, 64);
            Blst.p1ToAffine(affine.address(), point);
            Blst.millerLoopLines(result, RingSetup.Pairing.lines(lines), affine.address());
        }
    }
}
