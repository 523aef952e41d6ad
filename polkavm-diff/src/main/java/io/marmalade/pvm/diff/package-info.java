/**
 * Engines side by side: ours, and PolkaVM's through a program of its own that speaks a line
 * protocol.
 *
 * <p>A {@link io.marmalade.pvm.diff.DiffCase} is a program with all that a run of it starts from. A
 * {@link io.marmalade.pvm.diff.Subject} runs cases and says what it saw as an {@link
 * io.marmalade.pvm.diff.Outcome}. {@link io.marmalade.pvm.diff.DiffEngine} compares the outcomes of
 * several subjects, knows the {@link io.marmalade.pvm.diff.ExpectedDifference}s, and reduces what
 * is left to a minimal case. A {@link io.marmalade.pvm.diff.Campaign} feeds it from a {@link
 * io.marmalade.pvm.diff.CaseGenerator}.
 */
@NullMarked
package io.marmalade.pvm.diff;

import org.jspecify.annotations.NullMarked;
