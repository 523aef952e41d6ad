package io.marmalade.bench.crypto;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Hash;
import io.marmalade.crypto.bandersnatch.BandersnatchVrf;
import io.marmalade.crypto.bandersnatch.SecretKey;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Bandersnatch signatures with one context, by different keys over messages of 300 octets, as the
 * seals of headers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_PLAIN})
public class BandersnatchBenchmark {
    private static final int COUNT = 16;

    private record Signed(
            BandersnatchKey key, byte[] context, byte[] message, BandersnatchSignature signature) {}

    private final SecretKey secret = SecretKey.ofSeed(new byte[32]);
    private final List<Signed> all = new ArrayList<>();
    private int next;

    /** Makes the signatures. */
    public BandersnatchBenchmark() {
        Random random = new Random(1);
        for (int i = 0; i < COUNT; i++) {
            byte[] seed = new byte[32];
            byte[] context = new byte[48];
            byte[] message = new byte[300];
            random.nextBytes(seed);
            random.nextBytes(context);
            random.nextBytes(message);
            try (SecretKey key = SecretKey.ofSeed(seed)) {
                all.add(
                        new Signed(
                                key.publicKey(),
                                context,
                                message,
                                BandersnatchVrf.sign(key, context, message)));
            }
        }
        next();
        if (!verify()) {
            throw new IllegalStateException("a valid signature is refused");
        }
    }

    private Signed next() {
        next = (next + 1) % COUNT;
        return all.get(next);
    }

    private boolean verify() {
        Signed one = next();
        return BandersnatchVrf.verify(one.key(), one.context(), one.message(), one.signature());
    }

    /** Verification, in lanes. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public boolean ietfVerify_vectors() {
        return verify();
    }

    /** Verification, with the field's operations by the library. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_BLST})
    public boolean ietfVerify_blst() {
        return verify();
    }

    /** Verification in plain Java. */
    @Benchmark
    public boolean ietfVerify_plain() {
        return verify();
    }

    /** Signing, whose arithmetic with secrets is plain Java in constant time. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public BandersnatchSignature ietfSign_vectors() {
        Signed one = next();
        return BandersnatchVrf.sign(secret, one.context(), one.message());
    }

    /** Signing, with the input's point computed plainly too. */
    @Benchmark
    public BandersnatchSignature ietfSign_plain() {
        Signed one = next();
        return BandersnatchVrf.sign(secret, one.context(), one.message());
    }

    /** The output alone that a key has with a context, by which a ticket's place is known. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.NATIVE, Modes.BANDERSNATCH_VECTORS})
    public Hash vrfOutput_vectors() {
        return BandersnatchVrf.output(secret, next().context());
    }
}
