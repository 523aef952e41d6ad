/**
 * Binary Merkle trees over sequences of blobs: well-balanced, constant-depth, and the paths that
 * justify one item of them. See {@link io.marmalade.crypto.tree.MerkleTree}.
 *
 * @gp sec:merklization
 */
@NullMarked
package io.marmalade.crypto.tree;

import org.jspecify.annotations.NullMarked;
