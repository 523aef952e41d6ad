/** Benchmarks of the PVM: kernels, host calls, instances, compilation, block costs. */
@NullMarked
package io.marmalade.bench.pvm;

import org.jspecify.annotations.NullMarked;
