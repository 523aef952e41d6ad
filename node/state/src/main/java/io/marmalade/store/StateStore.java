package io.marmalade.store;

import io.marmalade.base.Hash;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the states after blocks, those of forks beside each other. Implementations are safe for use
 * by many threads.
 */
public interface StateStore {
    /**
     * Keeps the state after a block.
     *
     * @param block hash of its header
     * @param parent hash of its parent's header, which need not be kept
     */
    void put(Hash block, Hash parent, ChainState state);

    /** Returns the state after a block, or null if it is not kept. */
    @Nullable ChainState find(Hash block);

    /** Returns the number of states that are kept. */
    int size();

    /**
     * Keeps a block, what descends from it, and a number of its ancestors; drops everything else:
     * older blocks and forks that part from the chain before it.
     *
     * @param block hash of a header; nothing happens if its state is not kept
     * @param ancestors how many ancestors are kept, at least 0
     */
    void prune(Hash block, int ancestors);

    /** Drops everything. */
    void clear();
}
