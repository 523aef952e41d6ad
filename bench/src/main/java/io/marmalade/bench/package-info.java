/**
 * Benchmarks with JMH. {@link io.marmalade.bench.Bench} runs those of one package and writes their
 * table beside the earlier ones, each figure with its baselines from the same run.
 */
@NullMarked
package io.marmalade.bench;

import org.jspecify.annotations.NullMarked;
