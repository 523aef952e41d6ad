/**
 * The block-level state transition (Υ). The door is {@link
 * io.marmalade.transition.BlockTransition}; behind it, a package for each section of the paper:
 * {@code disputes}, {@code safrole}, {@code assurances}, {@code reports}, {@code accumulation},
 * {@code preimages}, {@code history}, {@code authorizations} and {@code statistics}. What all of
 * them share (the rules that a block may break, what a protocol version changes, the signature
 * checks) is in {@code rules}.
 */
@NullMarked
package io.marmalade.transition;

import org.jspecify.annotations.NullMarked;
