/**
 * Blake2b-256 and Keccak-256.
 *
 * <p>{@link io.marmalade.crypto.hash.Blake2b} is what the paper calls ℋ: one call hashes a message,
 * and another a whole level of a trie. {@link io.marmalade.crypto.hash.Blake2bHasher} takes a
 * message that arrives in parts. {@link io.marmalade.crypto.hash.Keccak} is ℋ_K, which only the
 * accumulation log uses.
 *
 * {@snippet :
 * Hash hash = Blake2b.hash(message);
 * Blake2b.hash64Batch(nodes, nodes.length / 64, hashes);
 * }
 *
 * @gp sec:notation
 */
@NullMarked
package io.marmalade.crypto.hash;

import org.jspecify.annotations.NullMarked;
