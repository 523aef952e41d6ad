package io.marmalade.block;

import io.marmalade.base.RingSignature;

/**
 * A ticket as it is submitted.
 *
 * @param entryIndex 0..255
 * @param proof shows that a key of the ring made it
 * @gp eq:ticketsextrinsic
 */
public record TicketEnvelope(
        int entryIndex,
        RingSignature proof) {}
