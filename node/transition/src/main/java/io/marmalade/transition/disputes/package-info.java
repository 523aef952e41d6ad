/** Disputes: verdicts, culprits and faults. */
@NullMarked
package io.marmalade.transition.disputes;

import org.jspecify.annotations.NullMarked;
