/** Benchmarks of refining and authorizing. */
@NullMarked
package io.marmalade.bench.refine;

import org.jspecify.annotations.NullMarked;
