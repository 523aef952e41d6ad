/** Runs the public vectors of the state trie. */
@NullMarked
package io.marmalade.conformance.trie;

import org.jspecify.annotations.NullMarked;
