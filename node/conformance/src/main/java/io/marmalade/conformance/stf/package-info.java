/**
 * Runners for the public vectors of the transition's parts. Each takes a folder {@code
 * stf/<part>/<tiny or full>} and compares outputs, the names of errors, and posterior states. Under
 * 0.8.0 the input of history has the block's slot behind the accumulation root, and errors that
 * 0.8.0 added come after those of before.
 */
@NullMarked
package io.marmalade.conformance.stf;

import org.jspecify.annotations.NullMarked;
