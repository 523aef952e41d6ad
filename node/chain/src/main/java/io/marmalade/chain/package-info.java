/**
 * Chains of blocks over the transition: which states are known, and what becomes of a block that
 * arrives.
 *
 * <p>{@link io.marmalade.chain.BlockImporter} is the door, and {@link io.marmalade.chain.Importer}
 * stands behind it: it starts at a state, takes encoded blocks, and says for each the root of the
 * state that it leads to, or why it is refused.
 */
@NullMarked
package io.marmalade.chain;

import org.jspecify.annotations.NullMarked;
