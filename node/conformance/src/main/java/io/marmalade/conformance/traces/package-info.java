/**
 * Recorded pieces of chains, imported again and compared.
 *
 * <p>{@link io.marmalade.conformance.traces.Recording} recognizes what stands at a path: steps of a
 * trace, or a recorded session of the conformance protocol. {@link
 * io.marmalade.conformance.traces.Replay} plays recordings against an importer, times every block,
 * and names what differs.
 */
@NullMarked
package io.marmalade.conformance.traces;

import org.jspecify.annotations.NullMarked;
