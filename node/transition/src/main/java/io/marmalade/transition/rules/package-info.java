/**
 * What makes a block invalid: the names of the rules, the reasons that are given, what a protocol
 * version changes, and the collector of signature checks.
 *
 * <p>Each part of the transition returns an {@link io.marmalade.transition.rules.Outcome}: its
 * posterior values, or the {@link io.marmalade.transition.rules.InvalidReason} why there are none.
 * Signatures are not checked on the way but handed to {@link
 * io.marmalade.transition.rules.SignatureChecks}, which remembers their order.
 */
@NullMarked
package io.marmalade.transition.rules;

import org.jspecify.annotations.NullMarked;
