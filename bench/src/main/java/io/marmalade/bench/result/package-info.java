/**
 * Results of a run of benchmarks: as JSON, as a page for a browser, as Markdown, and against
 * another result. {@link io.marmalade.bench.result.BenchResult} is the door.
 */
@NullMarked
package io.marmalade.bench.result;

import org.jspecify.annotations.NullMarked;
