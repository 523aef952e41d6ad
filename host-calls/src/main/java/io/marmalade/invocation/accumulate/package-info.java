/**
 * Accumulating one service in one run (Ψ_A), and the host calls that only this invocation offers.
 *
 * <p>{@link io.marmalade.invocation.accumulate.AccumulateInvocation} takes a {@link
 * io.marmalade.invocation.accumulate.PartialState} with what the service is told, and gives an
 * {@link io.marmalade.invocation.accumulate.AccumulateResult}: changes on top of the partial state,
 * which stays as it is. Queues, order, rounds and how results are merged are the transition's
 * business.
 *
 * @see <a href="https://graypaper.com">Gray Paper, appendix B</a>
 */
@NullMarked
package io.marmalade.invocation.accumulate;

import org.jspecify.annotations.NullMarked;
