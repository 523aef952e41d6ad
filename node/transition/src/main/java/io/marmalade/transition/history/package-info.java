/** The recent history and the log of accumulation outputs. */
@NullMarked
package io.marmalade.transition.history;

import org.jspecify.annotations.NullMarked;
