package io.marmalade.block;

import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Bytes;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A header (H).
 *
 * @param parentHash hash of the parent header
 * @param priorStateRoot Merkle root of the state before this block
 * @param extrinsicHash commitment to the extrinsic
 * @param timeslot 0..2³²−1
 * @param epochMark keys and entropy of the next epoch, in the first block of an epoch
 * @param winningTicketsMark E tickets, in the first block after the end of submission
 * @param authorIndex of the author in the active set, 0..2¹⁶−1
 * @param entropySignature the VRF signature that yields entropy
 * @param offendersMark keys newly known as misbehaving
 * @param seal the seal signature
 * @gp eq:header
 */
public record Header(
        Hash parentHash,
        Hash priorStateRoot,
        Hash extrinsicHash,
        long timeslot,
        @Nullable EpochMark epochMark,
        @Nullable List<Ticket> winningTicketsMark,
        int authorIndex,
        BandersnatchSignature entropySignature,
        List<Ed25519Key> offendersMark,
        BandersnatchSignature seal)
        implements Encodable {
    /** Copies the lists. */
    public Header {
        if (winningTicketsMark != null) {
            winningTicketsMark = List.copyOf(winningTicketsMark);
        }
        offendersMark = List.copyOf(offendersMark);
    }

    /** Returns the hash that identifies the block: of the whole encoding, with the seal. */
    public Hash hash(ProtocolConfig config) {
        return Blake2b.hash(encoded(config).octets());
    }

    /** Returns what the seal is over: the encoding without the seal. */
    public Bytes unsignedEncoding(ProtocolConfig config) {
        Encoder out = new Encoder(config);
        encodeUnsigned(out);
        return Bytes.of(out.toArray());
    }

    /**
     * Returns the same header with another seal.
     *
     * @param other the seal
     * @return a header whose unsigned encoding is the same
     */
    public Header withSeal(BandersnatchSignature other) {
        return new Header(
                parentHash,
                priorStateRoot,
                extrinsicHash,
                timeslot,
                epochMark,
                winningTicketsMark,
                authorIndex,
                entropySignature,
                offendersMark,
                other);
    }

    private void encodeUnsigned(Encoder out) {
        out.octets(parentHash).octets(priorStateRoot).octets(extrinsicHash).u32(timeslot);
        out.optional(epochMark, Encoder::value);
        out.optional(winningTicketsMark, (o, tickets) -> o.fixed(tickets, Encoder::value));
        out.u16(authorIndex).octets(entropySignature);
        out.sequence(offendersMark, Encoder::octets);
    }

    @Override
    public void encode(Encoder out) {
        encodeUnsigned(out);
        out.octets(seal);
    }

    /** Reads what {@link #encode} writes. */
    public static Header decode(Decoder in) {
        return new Header(
                in.hash(),
                in.hash(),
                in.hash(),
                in.u32(),
                in.field("epoch mark", i -> i.optional(EpochMark::decode)),
                in.field(
                        "winning-tickets mark",
                        i -> i.optional(j -> j.fixed(j.config().epochLength(), Ticket::decode))),
                in.u16(),
                in.bandersnatchSignature(),
                in.field("offenders mark", i -> i.sequence(Ed25519Key.SIZE, Decoder::ed25519Key)),
                in.bandersnatchSignature());
    }
}
