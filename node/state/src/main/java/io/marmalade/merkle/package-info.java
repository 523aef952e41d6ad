/**
 * The state's Merkle trie. {@link io.marmalade.merkle.StateTrie} is the door: an immutable map from
 * state keys to values that knows its root. An edited trie shares with the one before all that the
 * edit left alone, nodes and their hashes, so that forks cost what they change:
 *
 * <pre>{@code
 * StateTrie genesis = StateTrie.of(keyValues);
 * StateTrie next = genesis.updated(edits); // a null value removes
 * Hash root = next.root();
 * }</pre>
 */
@NullMarked
package io.marmalade.merkle;

import org.jspecify.annotations.NullMarked;
