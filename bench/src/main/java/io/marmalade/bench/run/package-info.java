/**
 * Runs suites of benchmarks: {@link io.marmalade.bench.run.Suites} says what there is, {@link
 * io.marmalade.bench.run.BenchPlan} measures the series of each thing in turns, A B A B.
 */
@NullMarked
package io.marmalade.bench.run;

import org.jspecify.annotations.NullMarked;
