/**
 * Appendix B without an engine: what a program is told, and what it may ask, while it runs for the
 * protocol.
 *
 * <p>{@link io.marmalade.invocation.ProgramInvocation} (Ψ_M) runs a program with arguments and
 * answers its host calls from a {@link io.marmalade.invocation.HostCallTable}: one {@link
 * io.marmalade.invocation.HostCall} a number, chosen once for a {@linkplain
 * io.marmalade.pvm.ProtocolVersion protocol version}. The table takes the price, then asks the
 * call; the call reads its arguments from the machine's registers, checks in the paper's order,
 * changes the {@linkplain io.marmalade.invocation.InvocationContext context} of the run, and
 * answers in φ₇ or ends the run. {@link io.marmalade.invocation.HostCallName} holds numbers, {@link
 * io.marmalade.invocation.HostCallPrices} prices, {@link io.marmalade.invocation.Guest} the
 * arithmetic on registers and memory that all calls share.
 *
 * <p>The calls stand in {@code general}, {@code refine} and {@code accumulate}, as in the paper.
 */
@NullMarked
package io.marmalade.invocation;

import org.jspecify.annotations.NullMarked;
