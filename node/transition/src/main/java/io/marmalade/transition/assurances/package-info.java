/** Assurances: which reports became available, and which timed out. */
@NullMarked
package io.marmalade.transition.assurances;

import org.jspecify.annotations.NullMarked;
