package io.marmalade.chain;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Imports blocks, siblings included, from some state on. Owned by one thread. */
public interface BlockImporter {
    /**
     * Forgets everything and starts at a state, taken exactly as it is given.
     *
     * @param headerHash the hash of the header that the state is the posterior one of
     * @param state its keys and values
     * @param ancestry the last blocks up to that header, among which lookup anchors must be;
     *     nothing if lookup anchors are not to be checked against ancestors
     * @return the Merkle root of the state
     * @throws io.marmalade.codec.DecodeException if the keys and values are not a state
     */
    Hash initialize(
            Hash headerHash, SortedMap<StateKey, Bytes> state, Optional<List<Ancestor>> ancestry);

    /**
     * Imports a block onto its parent.
     *
     * @param block its encoding; whatever is in it, the importer goes on
     * @return its posterior state's root, or why it is refused
     */
    ImportResult importBlock(byte[] block);

    /**
     * Returns whether the posterior state of a block is known.
     *
     * @param headerHash the hash of the block's header
     * @return whether blocks can be imported onto it
     */
    boolean knows(Hash headerHash);

    /**
     * Returns the posterior state of a block.
     *
     * @param headerHash the hash of the block's header
     * @return its keys and values; nothing if the block is not known, or no longer
     */
    Optional<SortedMap<StateKey, Bytes>> state(Hash headerHash);
}
