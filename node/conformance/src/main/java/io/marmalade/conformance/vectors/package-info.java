/** Runners for the public test vectors; each takes a folder and gives a result that counts. */
@NullMarked
package io.marmalade.conformance.vectors;

import org.jspecify.annotations.NullMarked;
