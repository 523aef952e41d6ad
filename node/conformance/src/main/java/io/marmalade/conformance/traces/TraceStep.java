package io.marmalade.conformance.traces;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.fuzz.RawState;
import io.marmalade.conformance.json.Shape;
import io.marmalade.conformance.json.Structures;
import io.marmalade.crypto.hash.Blake2b;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One step of a trace: a block between two states. The states stay in the file until they are asked
 * for.
 *
 * @param file where the step is written
 * @param block the block's encoding
 * @param headerHash the hash of its header
 * @param parentHash the hash of its parent's header
 * @param preRoot the root of the prior state
 * @param postRoot the root of the posterior state; that of the prior state if the block is invalid
 */
record TraceStep(
        Path file, Bytes block, Hash headerHash, Hash parentHash, Hash preRoot, Hash postRoot) {
    private static final Shape HEADER = Structures.named("header").orElseThrow();
    private static final Shape BLOCK = Structures.named("block").orElseThrow();

    /**
     * Reads a step.
     *
     * @throws IOException if the file cannot be read
     * @throws io.marmalade.codec.DecodeException if it is no step
     */
    static TraceStep read(ProtocolConfig config, Path file) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        Decoder in = new Decoder(config, octets);
        Hash preRoot = in.field("pre_state", Decoder::hash);
        skip(in, "pre_state");
        int start = in.offset();
        in.field("header", HEADER::read);
        int headerEnd = in.offset();
        Decoder whole = new Decoder(config, octets, start, octets.length - start);
        whole.field("block", BLOCK::read);
        int end = whole.offset();
        Decoder rest = new Decoder(config, octets, end, octets.length - end);
        Hash postRoot = rest.field("post_state", Decoder::hash);
        skip(rest, "post_state");
        rest.finish();
        return new TraceStep(
                file,
                Bytes.of(Arrays.copyOfRange(octets, start, end)),
                Blake2b.hash(octets, start, headerEnd - start),
                Hash.of(Arrays.copyOfRange(octets, start, start + Hash.SIZE)),
                preRoot,
                postRoot);
    }

    /** Whether the block is invalid and must be refused. */
    boolean mustBeRefused() {
        return postRoot.equals(preRoot);
    }

    /** Reads the state before the block. */
    RawState preState(ProtocolConfig config) throws IOException {
        return RawState.decode(new Decoder(config, Files.readAllBytes(file)));
    }

    /** Reads the state after the block. */
    RawState postState(ProtocolConfig config) throws IOException {
        Decoder in = new Decoder(config, Files.readAllBytes(file));
        in.hash();
        RawState.skipEntries(in);
        in.raw(block.size());
        return RawState.decode(in);
    }

    /** Returns the file's name without its ending. */
    String name() {
        return file.getFileName().toString().replaceAll("\\.bin$", "");
    }

    private static void skip(Decoder in, String name) {
        in.field(
                name,
                state -> {
                    RawState.skipEntries(state);
                    return name;
                });
    }
}
