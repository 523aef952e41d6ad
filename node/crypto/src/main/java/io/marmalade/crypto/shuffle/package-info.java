/**
 * The Fisher–Yates shuffle, by which guarantors are assigned to cores and auditors to reports:
 * {@link io.marmalade.crypto.shuffle.Shuffle}.
 *
 * @gp sec:shuffle
 */
@NullMarked
package io.marmalade.crypto.shuffle;

import org.jspecify.annotations.NullMarked;
