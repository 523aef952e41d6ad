package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;

import java.util.List;

/**
 * The extrinsic data of a block (E).
 *
 * @param tickets E_T
 * @param preimages E_P
 * @param guarantees E_G
 * @param assurances E_A
 * @param disputes E_D
 * @gp eq:extrinsic
 */
public record Extrinsic(
        List<TicketEnvelope> tickets,
        List<Preimage> preimages,
        List<Guarantee> guarantees,
        List<Assurance> assurances,
        DisputesExtrinsic disputes)
        implements Encodable {
    /** Nothing. */
    public static final Extrinsic EMPTY =
            new Extrinsic(List.of(), List.of(), List.of(), List.of(), DisputesExtrinsic.EMPTY);

    /** Copies the lists. */
    public Extrinsic {
        tickets = List.copyOf(tickets);
        preimages = List.copyOf(preimages);
        guarantees = List.copyOf(guarantees);
        assurances = List.copyOf(assurances);
    }

    /**
     * Returns what a header commits to: a hash over the hashes of the five parts, in which reports
     * (and since 0.8.0 preimages) stand by their hashes, so that each can be proven to be included.
     *
     * @gp eq:header
     */
    public Hash hash(ProtocolConfig config) {
        return hash(config, reportHashes(config, guarantees));
    }

    /** Returns the hashes of the reports of some guarantees, one each. */
    public static List<Hash> reportHashes(ProtocolConfig config, List<Guarantee> guarantees) {
        return guarantees.stream().map(each -> each.report().hash(config)).toList();
    }

    /**
     * Returns what {@link #hash(ProtocolConfig)} does where the hashes of the reports are known.
     *
     * @param reportHashes one for each guarantee
     */
    public Hash hash(ProtocolConfig config, List<Hash> reportHashes) {
        Encoder parts = new Encoder(config);
        Encoder part = new Encoder(config);
        part.sequence(tickets, Encoder::value);
        parts.octets(hashAndClear(part));
        BlockFormat.of(config).committedPreimages(part, preimages);
        parts.octets(hashAndClear(part));
        part.natural(guarantees.size());
        for (int i = 0; i < guarantees.size(); i++) {
            Guarantee guarantee = guarantees.get(i);
            part.octets(reportHashes.get(i))
                    .u32(guarantee.timeslot())
                    .sequence(guarantee.credentials(), Encoder::value);
        }
        parts.octets(hashAndClear(part));
        part.sequence(assurances, Encoder::value);
        parts.octets(hashAndClear(part));
        part.value(disputes);
        parts.octets(hashAndClear(part));
        return Blake2b.hash(parts.toArray());
    }

    private static Hash hashAndClear(Encoder part) {
        Hash hash = Blake2b.hash(part.toArray());
        part.clear();
        return hash;
    }

    @Override
    public void encode(Encoder out) {
        out.sequence(tickets, Encoder::value)
                .sequence(preimages, Encoder::value)
                .sequence(guarantees, Encoder::value)
                .sequence(assurances, Encoder::value)
                .value(disputes);
    }

    /** Reads what {@link #encode} writes. */
    public static Extrinsic decode(Decoder in) {
        return new Extrinsic(
                in.sequence("tickets", TicketEnvelope.MIN_SIZE, TicketEnvelope::decode),
                in.sequence("preimages", Preimage.MIN_SIZE, Preimage::decode),
                in.sequence("guarantees", Guarantee.MIN_SIZE, Guarantee::decode),
                in.sequence("assurances", Assurance.MIN_SIZE, Assurance::decode),
                in.field("disputes", DisputesExtrinsic::decode));
    }
}
