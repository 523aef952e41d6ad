package io.marmalade.bench.crypto;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.crypto.bandersnatch.RingProver;
import io.marmalade.crypto.bandersnatch.RingRoots;
import io.marmalade.crypto.bandersnatch.RingVerifier;
import io.marmalade.crypto.bandersnatch.SecretKey;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Tickets of a ring of distinct keys: roots of rings that are not known yet, signatures by keys of
 * the ring, and their verification alone and in blocks. A block's time is that of all its tickets.
 * Where two threads work, the second is lent by an executor.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_PLAIN})
public class RingBenchmark {
    /** More rotations of the ring than roots are remembered. */
    private static final int ROTATIONS = 64;

    private static final int TICKETS = 16;
    private static final byte[] NOTHING = {};

    /** The keys of the ring. */
    @Param({"6", "1023"})
    public int ring;

    private final ExecutorService lender = Executors.newSingleThreadExecutor();
    private final List<List<BandersnatchKey>> rings = new ArrayList<>();
    private final List<RingVerifier.Claim> claims = new ArrayList<>();
    private SecretKey secret = SecretKey.ofSeed(new byte[32]);
    private Optional<RingProver> prover = Optional.empty();
    private Optional<RingVerifier> verifier = Optional.empty();
    private int next;

    /** Makes the ring and some tickets. */
    @Setup
    public void make() {
        Random random = new Random(1);
        List<BandersnatchKey> keys = new ArrayList<>();
        for (int i = 0; i < ring; i++) {
            byte[] seed = new byte[32];
            random.nextBytes(seed);
            secret = SecretKey.ofSeed(seed);
            keys.add(secret.publicKey());
        }
        for (int i = 0; i < ROTATIONS; i++) {
            Collections.shuffle(keys, random);
            rings.add(List.copyOf(keys));
        }
        RingProver ours = new RingProver(rings.getFirst());
        prover = Optional.of(ours);
        verifier = Optional.of(RingVerifier.of(ours.root(), ring));
        for (int i = 0; i < TICKETS; i++) {
            byte[] context = new byte[48];
            random.nextBytes(context);
            RingSignature signature = ours.sign(secret, context, NOTHING);
            claims.add(new RingVerifier.Claim(context, NOTHING, signature));
        }
        if (verify(TICKETS).stream().anyMatch(Optional::isEmpty)) {
            throw new IllegalStateException("a valid ticket is refused");
        }
    }

    /** Lets the lent thread go. */
    @TearDown
    public void close() {
        lender.shutdownNow();
    }

    private List<RingVerifier.Claim> some(int count) {
        next = next + count >= TICKETS ? 0 : next + 1;
        return claims.subList(next, next + count);
    }

    private List<Optional<Hash>> verify(int count) {
        return verifier.orElseThrow().verifyAll(some(count));
    }

    private List<Optional<Hash>> verifyTogether(int count) {
        return verifier.orElseThrow().verifyAll(some(count), lender);
    }

    private List<BandersnatchKey> nextRing() {
        next = (next + 1) % ROTATIONS;
        return rings.get(next);
    }

    private RingSignature prove() {
        return prover.orElseThrow().sign(secret, claims.getFirst().context(), NOTHING);
    }

    /** One ticket. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public List<Optional<Hash>> ringVerify1_vectors() {
        return verify(1);
    }

    /** One ticket, on two threads. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public List<Optional<Hash>> ringVerify1_vectors2threads() {
        return verifyTogether(1);
    }

    /** One ticket, with the field's operations by the library. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_BLST})
    public List<Optional<Hash>> ringVerify1_blst() {
        return verify(1);
    }

    /** One ticket, with Bandersnatch in plain Java. */
    @Benchmark
    public List<Optional<Hash>> ringVerify1_plain() {
        return verify(1);
    }

    /** Three tickets. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public List<Optional<Hash>> ringVerify3_vectors() {
        return verify(3);
    }

    /** Three tickets, on two threads. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public List<Optional<Hash>> ringVerify3_vectors2threads() {
        return verifyTogether(3);
    }

    /** Three tickets, with Bandersnatch in plain Java. */
    @Benchmark
    public List<Optional<Hash>> ringVerify3_plain() {
        return verify(3);
    }

    /** Sixteen tickets. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public List<Optional<Hash>> ringVerify16_vectors() {
        return verify(TICKETS);
    }

    /** Sixteen tickets, on two threads. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public List<Optional<Hash>> ringVerify16_vectors2threads() {
        return verifyTogether(TICKETS);
    }

    /** Sixteen tickets, with Bandersnatch in plain Java. */
    @Benchmark
    public List<Optional<Hash>> ringVerify16_plain() {
        return verify(TICKETS);
    }

    /** A root. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public RingRoot ringRoot_vectors() {
        return RingRoots.of(nextRing());
    }

    /** A root, on two threads. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public RingRoot ringRoot_vectors2threads() {
        return RingRoots.of(nextRing(), lender);
    }

    /** A root, with Bandersnatch in plain Java. */
    @Benchmark
    public RingRoot ringRoot_plain() {
        return RingRoots.of(nextRing());
    }

    /** A signature. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public RingSignature ringProve_vectors() {
        return prove();
    }

    /** A signature, on two threads. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public RingSignature ringProve_vectors2threads() {
        byte[] context = claims.getFirst().context();
        return prover.orElseThrow().sign(secret, context, NOTHING, lender);
    }

    /** A signature, with Bandersnatch in plain Java. */
    @Benchmark
    public RingSignature ringProve_plain() {
        return prove();
    }
}
