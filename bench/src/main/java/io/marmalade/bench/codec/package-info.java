/** Benchmarks of the codec. */
@NullMarked
package io.marmalade.bench.codec;

import org.jspecify.annotations.NullMarked;
