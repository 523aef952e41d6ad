/**
 * Accumulation: which of the available reports are accumulated in a block, in which order and
 * rounds, and what comes of it.
 *
 * <p>The door is {@link io.marmalade.transition.accumulation.Accumulation}. Behind it, in the
 * paper's order: the queue of reports that wait for others ({@code ReadyQueues}: E, Q, R*), the
 * rounds within a block's gas ({@code SequentialAccumulation}: Δ*), and one round, in which each
 * service runs on its own view of what was before ({@code ParallelAccumulation}: Δ+, Δ1). The run
 * of one service is {@link io.marmalade.invocation.accumulate.AccumulateInvocation} (Ψ_A).
 */
@NullMarked
package io.marmalade.transition.accumulation;

import org.jspecify.annotations.NullMarked;
