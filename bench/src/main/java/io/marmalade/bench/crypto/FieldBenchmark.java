package io.marmalade.bench.crypto;

import io.marmalade.crypto.bandersnatch.FieldLanes;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * Eight products in the field of Bandersnatch's coordinates ({@code fr}) or of BLS12-381's ({@code
 * fp}), each of what the one before left: in lanes, and one after the other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {Modes.MODULE, Modes.NATIVE})
public class FieldBenchmark {
    private final FieldLanes lanes = new FieldLanes();

    /** Products in Bandersnatch's field. */
    @Benchmark
    public void frMultiply8_vectors() {
        lanes.multiplyScalars();
    }

    /** Products in Bandersnatch's field, in plain Java. */
    @Benchmark
    public void frMultiply8_plain() {
        lanes.multiplyScalarsPlainly();
    }

    /** Squares in Bandersnatch's field. */
    @Benchmark
    public void frSquare8_vectors() {
        lanes.squareScalars();
    }

    /** Squares in Bandersnatch's field, in plain Java. */
    @Benchmark
    public void frSquare8_plain() {
        lanes.squareScalarsPlainly();
    }

    /** Products in BLS12-381's field. */
    @Benchmark
    public void fpMultiply8_vectors() {
        lanes.multiplyCoordinates();
    }

    /** Products in BLS12-381's field, by the library. */
    @Benchmark
    public void fpMultiply8_blst() {
        lanes.multiplyCoordinatesByLibrary();
    }

    /** Squares in BLS12-381's field. */
    @Benchmark
    public void fpSquare8_vectors() {
        lanes.squareCoordinates();
    }

    /** Squares in BLS12-381's field, by the library. */
    @Benchmark
    public void fpSquare8_blst() {
        lanes.squareCoordinatesByLibrary();
    }
}
