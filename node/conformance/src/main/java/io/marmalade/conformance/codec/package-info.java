/** Runs the public vectors of the codec: one structure a file. */
@NullMarked
package io.marmalade.conformance.codec;

import org.jspecify.annotations.NullMarked;
