/**
 * Preimages that a block brings in: {@link io.marmalade.transition.preimages.Preimages} judges them
 * against the prior state and integrates those that are still wanted after accumulation.
 */
@NullMarked
package io.marmalade.transition.preimages;

import org.jspecify.annotations.NullMarked;
