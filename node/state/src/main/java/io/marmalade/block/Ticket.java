package io.marmalade.block;

import io.marmalade.base.Hash;

/**
 * A ticket: the right to seal a block.
 *
 * @param id the VRF output, what tickets are ordered by
 * @param entryIndex 0..255
 * @gp eq:ticket
 */
public record Ticket(
        Hash id,
        int entryIndex) {}
