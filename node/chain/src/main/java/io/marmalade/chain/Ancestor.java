package io.marmalade.chain;

import io.marmalade.base.Hash;

/**
 * A block's ancestor, as far as lookup anchors are concerned.
 *
 * @param timeslot of the ancestor, 0..2³²−1
 * @param headerHash of the ancestor's header
 * @gp eq:ancestors
 */
public record Ancestor(long timeslot, Hash headerHash) {}
