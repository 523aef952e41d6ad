/** Benchmarks of recorded runs of real services. */
@NullMarked
package io.marmalade.bench.accumulate;

import org.jspecify.annotations.NullMarked;
