package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * Judgements on a report by a supermajority of a validator set.
 *
 * @param reportHash of the judged report
 * @param epoch whose set judges, 0..2³²−1
 * @param judgements ⌊2n/3⌋+1 of them
 */
public record Verdict(Hash reportHash, long epoch, List<Judgement> judgements)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 32 + 4;

    /** Copies the list. */
    public Verdict {
        judgements = List.copyOf(judgements);
    }

    @Override
    public void encode(Encoder out) {
        out.octets(reportHash).u32(epoch);
        BlockFormat.of(out.config()).judgements(out, judgements);
    }

    /** Reads what {@link #encode} writes. */
    public static Verdict decode(Decoder in) {
        return new Verdict(in.hash(), in.u32(), BlockFormat.of(in.config()).judgements(in));
    }
}
