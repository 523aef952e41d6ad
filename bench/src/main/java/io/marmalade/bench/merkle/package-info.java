/** Benchmarks of the state trie. */
@NullMarked
package io.marmalade.bench.merkle;

import org.jspecify.annotations.NullMarked;
