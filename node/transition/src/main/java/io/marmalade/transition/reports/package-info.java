/** Guarantees: which reports may be placed on which cores, and who may guarantee them. */
@NullMarked
package io.marmalade.transition.reports;

import org.jspecify.annotations.NullMarked;
