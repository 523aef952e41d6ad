package io.marmalade.bench.crypto;

import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.crypto.hash.Keccak;

import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.KeccakDigest;
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

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Hashing of random octets, cycling through more of them than the first cache holds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {Modes.MODULE, Modes.PLAIN})
public class HashBenchmark {
    private static final int NODES = 1024;
    private static final int SEGMENT = 4104;

    private final byte[] in = new byte[NODES * 128];
    private final byte[] out = new byte[NODES * Hash.SIZE];
    private final Blake2bDigest blake2b = new Blake2bDigest(256);
    private final KeccakDigest keccak = new KeccakDigest(256);
    private int next;

    /** Fills the input. */
    public HashBenchmark() {
        new Random(1).nextBytes(in);
    }

    private int next(int size) {
        next = next + size > in.length - SEGMENT ? 0 : next + size;
        return next;
    }

    /** Alone, 64 octets. */
    @Benchmark
    public byte[] blake2b64_own() {
        Blake2b.hashInto(in, next(64), 64, out, 0);
        return out;
    }

    /** Alone, 64 octets, with the library. */
    @Benchmark
    public byte[] blake2b64_bouncycastle() {
        blake2b.update(in, next(64), 64);
        blake2b.doFinal(out, 0);
        return out;
    }

    /** Alone, 128 octets. */
    @Benchmark
    public byte[] blake2b128_own() {
        Blake2b.hashInto(in, next(128), 128, out, 0);
        return out;
    }

    /** Alone, 128 octets, with the library. */
    @Benchmark
    public byte[] blake2b128_bouncycastle() {
        blake2b.update(in, next(128), 128);
        blake2b.doFinal(out, 0);
        return out;
    }

    /** A segment. */
    @Benchmark
    public byte[] blake2b4104_own() {
        Blake2b.hashInto(in, next(64), SEGMENT, out, 0);
        return out;
    }

    /** A segment, with the library. */
    @Benchmark
    public byte[] blake2b4104_bouncycastle() {
        blake2b.update(in, next(64), SEGMENT);
        blake2b.doFinal(out, 0);
        return out;
    }

    /** A level of 1024 nodes, in lanes; time for one. */
    @Benchmark
    @OperationsPerInvocation(NODES)
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.VECTORS})
    public byte[] blake2b64Batch_vectors() {
        Blake2b.hash64Batch(in, NODES, out);
        return out;
    }

    /** A level of 1024 nodes, one after the other; time for one. */
    @Benchmark
    @OperationsPerInvocation(NODES)
    public byte[] blake2b64Batch_plain() {
        Blake2b.hash64Batch(in, NODES, out);
        return out;
    }

    /** Alone, 64 octets. */
    @Benchmark
    public byte[] keccak64_own() {
        Keccak.hashInto(in, next(64), 64, out, 0);
        return out;
    }

    /** Alone, 64 octets, with the library. */
    @Benchmark
    public byte[] keccak64_bouncycastle() {
        keccak.update(in, next(64), 64);
        keccak.doFinal(out, 0);
        return out;
    }
}
