/**
 * What is checked against the outside: public vectors, traces, the conformance protocol.
 *
 * <p>{@link io.marmalade.conformance.VectorFamilies} knows all families of vectors; {@code json}
 * shows structures, {@code traces} replays what was recorded, {@code fuzz} serves a fuzzer.
 */
@NullMarked
package io.marmalade.conformance;

import org.jspecify.annotations.NullMarked;
