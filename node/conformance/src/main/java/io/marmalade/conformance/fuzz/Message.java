package io.marmalade.conformance.fuzz;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.Header;
import io.marmalade.chain.Ancestor;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/** A message of the conformance protocol; its encoding is what stands in a frame. */
public sealed interface Message extends Encodable {
    /** Target and fuzzer know ancestors: a lookup anchor must be one of the last. */
    int FEATURE_ANCESTRY = 1;

    /** Siblings of blocks are sent. */
    int FEATURE_FORKS = 2;

    /**
     * A version of the protocol or of a program.
     *
     * @param major 0..255
     * @param minor 0..255
     * @param patch 0..255
     */
    record Version(int major, int minor, int patch) implements Encodable {
        @Override
        public void encode(Encoder out) {
            out.u8(major).u8(minor).u8(patch);
        }

        static Version decode(Decoder in) {
            return new Version(in.u8(), in.u8(), in.u8());
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    /**
     * Who speaks; the first message of either side.
     *
     * @param fuzzVersion of the conformance protocol, 0..255
     * @param features bits, 0..2³²−1
     * @param protocol the version of JAM
     * @param program the version of the program
     * @param name of the program
     */
    record PeerInfo(int fuzzVersion, long features, Version protocol, Version program, String name)
            implements Message {
        @Override
        public void encode(Encoder out) {
            out.u8(0).u8(fuzzVersion).u32(features).value(protocol).value(program);
            out.blob(name.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Start at this state.
     *
     * @param header whose hash names the state
     * @param state its keys and values
     * @param ancestry the last blocks up to the header, at most L
     */
    record Initialize(Header header, SortedMap<StateKey, Bytes> state, List<Ancestor> ancestry)
            implements Message {
        @Override
        public void encode(Encoder out) {
            out.u8(1).value(header);
            RawState.writeEntries(out, state);
            out.sequence(
                    ancestry,
                    (to, ancestor) -> to.u32(ancestor.timeslot()).octets(ancestor.headerHash()));
        }
    }

    /**
     * The root of the state that a start or a block leads to.
     *
     * @param root the Merkle root
     */
    record StateRoot(Hash root) implements Message {
        @Override
        public void encode(Encoder out) {
            out.u8(2).octets(root);
        }
    }

    /**
     * Import this block.
     *
     * @param block its encoding, which may be of no block at all
     */
    record ImportBlock(Bytes block) implements Message {
        @Override
        public void encode(Encoder out) {
            out.u8(3).raw(block.octets());
        }
    }

    /**
     * Give the posterior state of a block.
     *
     * @param headerHash of the block's header
     */
    record GetState(Hash headerHash) implements Message {
        @Override
        public void encode(Encoder out) {
            out.u8(4).octets(headerHash);
        }
    }

    /**
     * A state.
     *
     * @param entries its keys and values
     */
    record State(SortedMap<StateKey, Bytes> entries) implements Message {
        @Override
        public void encode(Encoder out) {
            out.u8(5);
            RawState.writeEntries(out, entries);
        }
    }

    /**
     * What was asked for is not possible; a block is invalid.
     *
     * @param reason in one line
     */
    record Error(String reason) implements Message {
        @Override
        public void encode(Encoder out) {
            out.u8(255).blob(reason.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Decodes a message. A block in it is not looked at.
     *
     * @param config what the structures' encodings depend on
     * @param body what stands in a frame; not kept
     * @return the message
     * @throws DecodeException if it is malformed
     */
    static Message decode(ProtocolConfig config, byte[] body) {
        Decoder in = new Decoder(config, body);
        int tag = in.u8();
        Message message =
                switch (tag) {
                    case 0 ->
                            new PeerInfo(
                                    in.u8(),
                                    in.u32(),
                                    Version.decode(in),
                                    Version.decode(in),
                                    text(in));
                    case 1 ->
                            new Initialize(
                                    Header.decode(in), RawState.readEntries(in), ancestry(in));
                    case 2 -> new StateRoot(in.hash());
                    case 3 -> new ImportBlock(Bytes.of(in.raw(in.remaining())));
                    case 4 -> new GetState(in.hash());
                    case 5 -> new State(RawState.readEntries(in));
                    case 255 -> new Error(text(in));
                    default -> throw in.fail(tag + " is not the number of a message");
                };
        in.finish();
        return message;
    }

    private static List<Ancestor> ancestry(Decoder in) {
        return in.sequence("ancestry", 36, each -> new Ancestor(each.u32(), each.hash()));
    }

    private static String text(Decoder in) {
        return new String(in.blob().octets(), StandardCharsets.UTF_8);
    }
}
