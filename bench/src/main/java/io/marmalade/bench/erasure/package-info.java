/** Benchmarks of erasure coding by size. */
@NullMarked
package io.marmalade.bench.erasure;

import org.jspecify.annotations.NullMarked;
