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
    private static final int WINDOW = 8;
    private static final int OWN_WINDOW = 5;

    /** Up to so many points of proofs, tables of their multiples are worth while. */
    private static final int MAX_WITH_TABLES = 56;

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
                        RingProof.decodePoint(
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
            long rows = 4 * PointSums.rowSize(WINDOW);
            table = Arena.ofAuto().allocate(2 * rows, 64);
            PointSums.tables(table.address(), WINDOW, points.address(), 4);
            Endomorphism.apply(table.address() + rows, table.address(), 4 << (WINDOW - 1));
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
        try (Arena arena = workers.mayHelp() ? Arena.ofShared() : Arena.ofConfined()) {
            @Nullable PedersenProof[] pedersen = new PedersenProof[count];
            @Nullable RingProof[] decoded = new RingProof[count];
            List<Runnable> tasks = new ArrayList<>();
            tasks.add(() -> PedersenProof.verifyAll(backend, claims).toArray(pedersen));
            for (int i = 0; i < count; i++) {
                int index = i;
                tasks.add(() ->
                        decoded[index] =
                                RingProof.parse(arena, claims.get(index).signature().octets()));
            }
            workers.run(tasks);

            List<RingProof> proofs = new ArrayList<>(count);
            tasks.clear();
            for (int i = 0; i < count; i++) {
                PedersenProof signature = pedersen[i];
                RingProof proof = decoded[i];
                if (signature != null && proof != null) {
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

    /**
     * Returns weights of 128 bits for equations that are checked together. They are hashed from all
     * that the equations depend on, so that nobody can choose an equation after its weight, and yet
     * the same claims always have the same weights.
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
            long[] limbs = {Octets.longAt(hash, 0), Octets.longAt(hash, 8), 0, 0};
            Fr.fromPlain(limbs, 0, limbs, 0);
            weights[i] = FieldElement.at(limbs, 0);
        }
        return weights;
    }

    /** Checks e(A, G₂) · e(B, τG₂) = 1 for the weighted sum of the proofs' equations. */
    private boolean check(
            Arena arena, Workers workers, List<RingProof> proofs, FieldElement[] weights) {
        int count = proofs.size();
        int total = RingProof.POINTS * count;
        // The openings come first, for B is a sum of them alone; then the columns; then the images
        // of all
        // these points under the endomorphism.
        MemorySegment points = arena.allocate(2L * total * Blst.P1_AFFINE_SIZE, 64);
        MemorySegment scalars = arena.allocate(2L * total * Endomorphism.HALF_SIZE, 8);
        MemorySegment openingScalars = arena.allocate(2L * count * Endomorphism.HALF_SIZE, 8);
        FieldElement[] fixed = {
            FieldElement.ZERO, FieldElement.ZERO, FieldElement.ZERO, FieldElement.ZERO
        };
        for (int i = 0; i < count; i++) {
            RingProof proof = proofs.get(i);
            FieldElement[] own = proof.contribute(weights[2 * i], weights[2 * i + 1], fixed);
            for (int j = 0; j < RingProof.POINTS; j++) {
                int at =
                        j >= RingProof.OPENING
                                ? 2 * i + j - RingProof.OPENING
                                : 2 * count + RingProof.OPENING * i + j;
                MemorySegment.copy(
                        proof.points(),
                        (long) j * Blst.P1_AFFINE_SIZE,
                        points,
                        (long) at * Blst.P1_AFFINE_SIZE,
                        Blst.P1_AFFINE_SIZE);
                Endomorphism.split(
                        scalars,
                        (long) at * Endomorphism.HALF_SIZE,
                        ((long) total + at) * Endomorphism.HALF_SIZE,
                        own[j]);
            }
            for (int j = 0; j < 2; j++) {
                PointSums.putHalfScalar(
                        openingScalars, (2L * i + j) * Endomorphism.HALF_SIZE, weights[2 * i + j]);
            }
        }
        MemorySegment a = arena.allocate(Blst.P1_SIZE, 64);
        MemorySegment ofFixed = arena.allocate(Blst.P1_SIZE, 64);
        MemorySegment b = arena.allocate(Blst.P1_SIZE, 64);
        MemorySegment left = arena.allocate(Blst.FP12_SIZE, 64);
        MemorySegment right = arena.allocate(Blst.FP12_SIZE, 64);
        List<Runnable> tasks = new ArrayList<>();
        tasks.add(() -> sumFixed(ofFixed.address(), fixed));
        if (total <= MAX_WITH_TABLES && proofs.stream().noneMatch(RingProof::hasIdentity)) {
            long row = PointSums.rowSize(OWN_WINDOW);
            MemorySegment tables = arena.allocate(2L * total * row, 64);
            PointSums.tables(tables.address(), OWN_WINDOW, points.address(), total);
            Endomorphism.apply(
                    tables.address() + total * row, tables.address(), total << (OWN_WINDOW - 1));
            tasks.addFirst(() ->
                    PointSums.sumByTables(
                            a.address(),
                            tables.address(),
                            OWN_WINDOW,
                            2 * total,
                            scalars.address(),
                            Endomorphism.HALF_BITS));
            tasks.add(() -> {
                PointSums.sumByTables(
                        b.address(),
                        tables.address(),
                        OWN_WINDOW,
                        2 * count,
                        openingScalars.address(),
                        Endomorphism.HALF_BITS);
                millerLoop(right.address(), 1, b.address());
            });
        } else {
            Endomorphism.apply(
                    points.address() + (long) total * Blst.P1_AFFINE_SIZE, points.address(), total);
            // In two parts where two threads may share them.
            int parts = workers.mayHelp() ? 2 : 1;
            MemorySegment sums = arena.allocate((long) parts * Blst.P1_SIZE, 64);
            for (int i = 0; i < parts; i++) {
                int first = 2 * total * i / parts;
                int size = 2 * total * (i + 1) / parts - first;
                long sum = sums.address() + (long) i * Blst.P1_SIZE;
                tasks.add(() ->
                        PointSums.sum(
                                sum,
                                points.address() + (long) first * Blst.P1_AFFINE_SIZE,
                                size,
                                scalars.address() + (long) first * Endomorphism.HALF_SIZE,
                                Endomorphism.HALF_BITS));
            }
            tasks.add(() -> {
                PointSums.sum(
                        b.address(),
                        points.address(),
                        2 * count,
                        openingScalars.address(),
                        Endomorphism.HALF_BITS);
                millerLoop(right.address(), 1, b.address());
            });
            workers.run(tasks);
            tasks.clear();
            for (int i = 0; i < parts; i++) {
                Blst.p1AddOrDouble(
                        a.address(), a.address(), sums.address() + (long) i * Blst.P1_SIZE);
            }
        }
        workers.run(tasks);
        Blst.p1AddOrDouble(a.address(), a.address(), ofFixed.address());
        Blst.p1Negate(a.address(), true);
        millerLoop(left.address(), 0, a.address());
        return Blst.fp12FinalVerify(left.address(), right.address()) != 0;
    }

    private static void millerLoop(long result, int lines, long point) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment affine = arena.allocate(Blst.P1_AFFINE_SIZE, 64);
            Blst.p1ToAffine(affine.address(), point);
            Blst.millerLoopLines(result, RingSetup.Pairing.lines(lines), affine.address());
        }
    }

    private void sumFixed(long sum, FieldElement[] coefficients) {
        try (Arena arena = Arena.ofConfined()) {
            sumFixed(arena, sum, coefficients);
        }
    }

    private void sumFixed(Arena arena, long sum, FieldElement[] coefficients) {
        MemorySegment scalars = arena.allocate(8L * Endomorphism.HALF_SIZE, 8);
        for (int i = 0; i < 4; i++) {
            Endomorphism.split(
                    scalars,
                    (long) Endomorphism.HALF_SIZE * i,
                    (long) Endomorphism.HALF_SIZE * (4 + i),
                    infinite[i] ? FieldElement.ZERO : coefficients[i]);
        }
        PointSums.sumByTables(
                sum, table.address(), WINDOW, 8, scalars.address(), Endomorphism.HALF_BITS);
    }
}
