/**
 * Makes vectors of Gray Paper 0.8.0 out of public ones of 0.7.2, until there are public ones.
 *
 * <p>{@link io.marmalade.conformance.convert.Rule} is the table of what changes; {@link
 * io.marmalade.conformance.convert.VectorConverter} applies it to a folder. Parts of the transition
 * whose vectors hang on programs (accumulation) are not converted.
 */
@NullMarked
package io.marmalade.conformance.convert;

import org.jspecify.annotations.NullMarked;
