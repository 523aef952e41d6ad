/** Runners for the vectors of cryptography and erasure coding. */
@NullMarked
package io.marmalade.conformance.crypto;

import org.jspecify.annotations.NullMarked;
