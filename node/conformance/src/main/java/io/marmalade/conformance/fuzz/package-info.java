/**
 * The target's side of the conformance protocol: a fuzzer connects to a Unix socket, gives a state
 * and blocks, and compares the roots that come back.
 *
 * <p>{@link io.marmalade.conformance.fuzz.FuzzTarget} listens; each connection is a {@link
 * io.marmalade.conformance.fuzz.FuzzSession} that turns one {@link
 * io.marmalade.conformance.fuzz.Message} into its answer, without knowing of sockets, so that a
 * recorded session can be replayed against it as well.
 */
@NullMarked
package io.marmalade.conformance.fuzz;

import org.jspecify.annotations.NullMarked;
