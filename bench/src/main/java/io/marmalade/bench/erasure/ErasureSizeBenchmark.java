package io.marmalade.bench.erasure;

import io.marmalade.erasure.ErasureCode;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Encoding of blobs for 1023 validators, by their size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class ErasureSizeBenchmark {
    private static final int SHARDS = 1023;
    private static final int DATA_SHARDS = 342;

    /** How many times 684 octets. */
    @Param({"6", "64", "512", "2048"})
    public int pieces;

    private final ErasureCode code = ErasureCode.of(DATA_SHARDS, SHARDS);
    private byte[] data = new byte[0];
    private byte[] shards = new byte[0];

    /** Makes a blob. */
    @Setup
    public void make() {
        data = new byte[pieces * 2 * DATA_SHARDS];
        shards = new byte[pieces * 2 * SHARDS];
        new Random(pieces).nextBytes(data);
    }

    /** With lanes, where the machine has them. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dmarmalade.vector=on"})
    public byte[] encodeBySize_vectors() {
        code.encodeInto(data, shards);
        return shards;
    }

    /** Without. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dmarmalade.vector=off"})
    public byte[] encodeBySize_plain() {
        code.encodeInto(data, shards);
        return shards;
    }
}
