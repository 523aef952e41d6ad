package io.marmalade.chain;

import io.marmalade.base.Hash;

/** What became of a block. */
public sealed interface ImportResult {
    /**
     * The block is valid, and its posterior state is known from now on.
     *
     * @param headerHash the hash of the block's header
     * @param stateRoot the Merkle root of its posterior state
     */
    record Imported(Hash headerHash, Hash stateRoot) implements ImportResult {}

    /**
     * The block is invalid, or cannot be judged because its parent's state is not known. Nothing
     * has changed.
     *
     * @param reason why, in one line
     */
    record Refused(String reason) implements ImportResult {}
}
