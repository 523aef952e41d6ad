/**
 * Runners for the public vectors of the transition's parts. Each takes a folder {@code stf/<part>/<tiny or full>} and
 * compares outputs, the names of errors, and posterior states.
 */
@NullMarked
package io.marmalade.conformance.stf;

import org.jspecify.annotations.NullMarked;
