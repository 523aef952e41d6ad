/**
 * Making blocks: who may seal a slot, and the header and seal that belong to it.
 *
 * <p>{@link io.marmalade.chain.authoring.BlockAuthor} makes a block on top of a state with the
 * secrets that it was given; {@link io.marmalade.chain.authoring.DevelopmentChain} is where a chain
 * of the well-known development validators begins.
 */
@NullMarked
package io.marmalade.chain.authoring;

import org.jspecify.annotations.NullMarked;
