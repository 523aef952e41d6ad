/** Benchmarks of whole imports. */
@NullMarked
package io.marmalade.bench.importing;

import org.jspecify.annotations.NullMarked;
