/**
 * Benchmarks, with what they measure beside them: {@code ./marmalade bench} runs them. {@link
 * io.marmalade.bench.run.BenchPlan} measures, {@link io.marmalade.bench.result.BenchResult} is what
 * comes of it; all other packages are JMH benchmarks, a package a suite.
 */
@NullMarked
package io.marmalade.bench;

import org.jspecify.annotations.NullMarked;
