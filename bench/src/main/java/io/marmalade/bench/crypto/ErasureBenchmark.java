package io.marmalade.bench.crypto;

import io.marmalade.erasure.ErasureCode;

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

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Erasure coding of 342 to 1023, in ns a kilobyte (1000 octets) of data: 1000 over it is the rate
 * in MB/s. Data are random; what is restored comes from a random 342 of the shards.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {Modes.MODULE, Modes.PLAIN})
public class ErasureBenchmark {
    private static final int SHARDS = 1023;
    private static final int DATA_SHARDS = 342;
    private static final int SEGMENTS = 32;
    private static final int SEGMENT = 4104;
    private static final int SEGMENT_KILOBYTES = SEGMENTS * SEGMENT / 1000;
    private static final int WORDS = 2048;
    private static final int BLOB_KILOBYTES = WORDS * 2 * DATA_SHARDS / 1000;

    private final ErasureCode code = ErasureCode.of(DATA_SHARDS, SHARDS);
    private final byte[] segments = new byte[SEGMENTS * SEGMENT];
    private final byte[] segmentShards = new byte[SEGMENTS * SEGMENT / DATA_SHARDS * SHARDS];
    private final byte[] blob = new byte[WORDS * 2 * DATA_SHARDS];
    private final byte[] blobShards = new byte[WORDS * 2 * SHARDS];
    private final int[] indices;
    private final byte[][] some = new byte[DATA_SHARDS][];

    /** Encodes once and chooses what to restore from. */
    public ErasureBenchmark() {
        Random random = new Random(1);
        random.nextBytes(segments);
        random.nextBytes(blob);
        code.encodeInto(blob, blobShards);
        indices =
                IntStream.range(0, SHARDS)
                        .boxed()
                        .collect(
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        list -> {
                                            Collections.shuffle(list, random);
                                            return list.stream()
                                                    .limit(DATA_SHARDS)
                                                    .mapToInt(Integer::intValue)
                                                    .toArray();
                                        }));
        Arrays.setAll(
                some,
                i ->
                        Arrays.copyOfRange(
                                blobShards, indices[i] * 2 * WORDS, (indices[i] + 1) * 2 * WORDS));
    }

    /** 32 segments together. */
    @Benchmark
    @OperationsPerInvocation(SEGMENT_KILOBYTES)
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.VECTORS})
    public byte[] encodeSegments_vectors() {
        code.encodeBatch(segments, SEGMENTS, segmentShards);
        return segmentShards;
    }

    /** 32 segments together. */
    @Benchmark
    @OperationsPerInvocation(SEGMENT_KILOBYTES)
    public byte[] encodeSegments_plain() {
        code.encodeBatch(segments, SEGMENTS, segmentShards);
        return segmentShards;
    }

    /** A blob of 1.4 MB. */
    @Benchmark
    @OperationsPerInvocation(BLOB_KILOBYTES)
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.VECTORS})
    public byte[] encodeBlob_vectors() {
        code.encodeInto(blob, blobShards);
        return blobShards;
    }

    /** A blob of 1.4 MB. */
    @Benchmark
    @OperationsPerInvocation(BLOB_KILOBYTES)
    public byte[] encodeBlob_plain() {
        code.encodeInto(blob, blobShards);
        return blobShards;
    }

    /** A blob of 1.4 MB. */
    @Benchmark
    @OperationsPerInvocation(BLOB_KILOBYTES)
    @Fork(
            value = 1,
            jvmArgsAppend = {Modes.MODULE, Modes.VECTORS})
    public byte[] recoverBlob_vectors() {
        code.recoverInto(indices, some, blob);
        return blob;
    }

    /** A blob of 1.4 MB. */
    @Benchmark
    @OperationsPerInvocation(BLOB_KILOBYTES)
    public byte[] recoverBlob_plain() {
        code.recoverInto(indices, some, blob);
        return blob;
    }
}
