/** Statistics: what validators, cores and services did. */
@NullMarked
package io.marmalade.transition.statistics;

import org.jspecify.annotations.NullMarked;
