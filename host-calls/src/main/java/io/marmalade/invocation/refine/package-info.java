/**
 * Refinement (Ψ_R): what a work item's code may ask besides the general calls.
 *
 * <p>{@link io.marmalade.invocation.refine.RefineInvocation} runs one work item. Its code may
 * export segments, look preimages up as of the lookup anchor, and run programs of its own in inner
 * machines, which only it can reach: {@code machine} makes one, {@code pages}, {@code poke} and
 * {@code peek} reach into its memory, {@code invoke} runs it until it stops, {@code expunge}
 * removes it.
 *
 * <p>The paper bounds neither how much memory inner machines take together nor, under 0.7.2, how
 * long they run. A node has bounds of its own, {@link io.marmalade.invocation.refine.HostLimits};
 * what goes beyond them is not answered wrongly but refused as a whole.
 */
@NullMarked
package io.marmalade.invocation.refine;

import org.jspecify.annotations.NullMarked;
