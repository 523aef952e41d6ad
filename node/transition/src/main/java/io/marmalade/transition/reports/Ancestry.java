package io.marmalade.transition.reports;

import io.marmalade.base.Hash;

/**
 * The headers that came before a block, as far back as a lookup anchor may lie. This is all that
 * the transition needs to know besides state and block.
 *
 * @gp eq:ancestors
 */
public interface Ancestry {
    /** Knows nothing, and agrees to everything: for a chain whose headers are not at hand. */
    Ancestry UNKNOWN =
            new Ancestry() {
                @Override
                public boolean contains(Hash headerHash, long timeslot) {
                    return true;
                }

                @Override
                public boolean leadsTo(Hash headerHash, Hash stateRoot) {
                    return true;
                }
            };

    /**
     * Returns whether a header is an ancestor of the block.
     *
     * @param headerHash of the header
     * @param timeslot of the header
     */
    boolean contains(Hash headerHash, long timeslot);

    /**
     * Returns whether a state root is the one after an ancestor: the prior state root of its child,
     * which may be the block itself.
     *
     * @param headerHash of the ancestor
     * @param stateRoot what its child must name
     */
    boolean leadsTo(Hash headerHash, Hash stateRoot);
}
