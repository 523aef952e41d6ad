package io.marmalade.bench.codec;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.block.Block;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encoder;
import io.marmalade.conformance.fuzz.RawState;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Blocks with all kinds of extrinsics, and a state as keys and values, out of the public vectors.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class CodecBenchmark {
    /** Which chain's block. */
    @Param({"tiny", "full"})
    public String chain = "";

    private ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private byte[] block = new byte[0];
    private byte[] state = new byte[0];
    private @Nullable Block decoded;

    /** Reads them. */
    @Setup
    public void read() throws IOException {
        if (chain.equals("full")) {
            config = ProtocolConfig.full(ProtocolVersion.V0_7_2);
        }
        block = Files.readAllBytes(PublicVectors.path("codec/" + chain + "/block.bin"));
        state = Files.readAllBytes(PublicVectors.path("traces/storage/00000100.bin"));
        decoded = Block.decode(new Decoder(config, block));
        if (!java.util.Arrays.equals(blockEncode_own(), block)) {
            throw new IllegalStateException("the block is another when encoded again");
        }
    }

    /** A block, from octets to records. */
    @Benchmark
    public Block blockDecode_own() {
        return Block.decode(new Decoder(config, block));
    }

    /** A block, from records to octets. */
    @Benchmark
    public byte[] blockEncode_own() {
        Encoder out = new Encoder(config);
        out.value(Objects.requireNonNull(decoded));
        return out.toArray();
    }

    /** A state's keys and values, from octets. */
    @Benchmark
    public RawState rawStateDecode_own() {
        return RawState.decode(new Decoder(config, state));
    }
}
