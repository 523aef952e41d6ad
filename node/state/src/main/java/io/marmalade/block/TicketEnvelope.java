package io.marmalade.block;

import io.marmalade.base.RingSignature;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A ticket as it is submitted.
 *
 * @param entryIndex 0..255
 * @param proof shows that a key of the ring made it
 * @gp eq:ticketsextrinsic
 */
public record TicketEnvelope(int entryIndex, RingSignature proof) implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 1 + RingSignature.SIZE;

    @Override
    public void encode(Encoder out) {
        // A natural number before 0.8.0: the same octet, for it is below the few entries of a
        // validator.
        out.u8(entryIndex).octets(proof);
    }

    /** Reads what {@link #encode} writes. */
    public static TicketEnvelope decode(Decoder in) {
        return new TicketEnvelope(in.u8(), in.ringSignature());
    }
}
