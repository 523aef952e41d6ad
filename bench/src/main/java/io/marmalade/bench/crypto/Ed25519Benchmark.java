package io.marmalade.bench.crypto;

import io.marmalade.base.Ed25519Signature;
import io.marmalade.crypto.ed25519.Ed25519;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Valid signatures by different keys over messages of 100 octets, as those of assurances. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {Modes.MODULE, Modes.PLAIN})
public class Ed25519Benchmark {
    private static final int COUNT = 64;

    private final List<Ed25519.Check> checks = new ArrayList<>();
    private int next;

    /** Makes the signatures. */
    public Ed25519Benchmark() {
        Random random = new Random(1);
        for (int i = 0; i < COUNT; i++) {
            byte[] seed = new byte[Ed25519.SEED_SIZE];
            byte[] message = new byte[100];
            random.nextBytes(seed);
            random.nextBytes(message);
            checks.add(
                    new Ed25519.Check(
                            Ed25519.publicKey(seed), message, Ed25519.sign(seed, message)));
        }
    }

    private Ed25519.Check next() {
        next = (next + 1) % COUNT;
        return checks.get(next);
    }

    /** Alone. */
    @Benchmark
    public boolean ed25519Verify_own() {
        Ed25519.Check check = next();
        return Ed25519.verify(check.key(), check.message(), check.signature());
    }

    /** Alone, with the library, which accepts less. */
    @Benchmark
    public boolean ed25519Verify_bouncycastle() {
        Ed25519.Check check = next();
        return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                check.signature().octets(),
                0,
                check.key().octets(),
                0,
                check.message(),
                0,
                check.message().length);
    }

    /** 64 together, in lanes; time for one. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.VECTORS})
    public boolean[] ed25519Verify64_vectors() {
        return Ed25519.verifyAll(checks);
    }

    /** 64 together, one after the other; time for one. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public boolean[] ed25519Verify64_plain() {
        return Ed25519.verifyAll(checks);
    }

    /** Signing, which a library does. */
    @Benchmark
    public Ed25519Signature ed25519Sign_bouncycastle() {
        return Ed25519.sign(next().key().octets(), next().message());
    }
}
