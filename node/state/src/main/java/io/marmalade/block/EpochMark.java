package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * What the first header of an epoch says of the next one.
 *
 * @param entropy η₀ before the block
 * @param ticketsEntropy η₁ before the block
 * @param validators keys of the pending set
 * @gp eq:epochmarker
 */
public record EpochMark(Hash entropy, Hash ticketsEntropy, List<EpochMarkKeys> validators)
        implements Encodable {
    /** Copies the list. */
    public EpochMark {
        validators = List.copyOf(validators);
    }

    @Override
    public void encode(Encoder out) {
        out.octets(entropy).octets(ticketsEntropy);
        BlockFormat.of(out.config()).validators(out, validators);
    }

    /** Reads what {@link #encode} writes. */
    public static EpochMark decode(Decoder in) {
        return new EpochMark(in.hash(), in.hash(), BlockFormat.of(in.config()).validators(in));
    }
}
