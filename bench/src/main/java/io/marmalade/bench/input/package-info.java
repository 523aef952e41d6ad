/**
 * What benchmarks measure with: engines by name, kernels, and the public vectors where they are.
 */
@NullMarked
package io.marmalade.bench.input;

import org.jspecify.annotations.NullMarked;
