package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A ticket: the right to seal a block.
 *
 * @param id the VRF output, what tickets are ordered by
 * @param entryIndex 0..255
 * @gp eq:ticket
 */
public record Ticket(Hash id, int entryIndex) implements Encodable {
    /** The fewest octets of an encoding. */
    public static final int MIN_SIZE = 32 + 1;

    @Override
    public void encode(Encoder out) {
        // A natural number before 0.8.0: the same octet, for it is below the few entries of a
        // validator.
        out.octets(id).u8(entryIndex);
    }

    /** Reads what {@link #encode} writes. */
    public static Ticket decode(Decoder in) {
        return new Ticket(in.hash(), in.u8());
    }
}
