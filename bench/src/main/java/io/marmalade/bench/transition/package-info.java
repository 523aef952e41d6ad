/** Benchmarks of the parts of the transition. */
@NullMarked
package io.marmalade.bench.transition;

import org.jspecify.annotations.NullMarked;
