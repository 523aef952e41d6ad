/** What the processes do that are started to be watched from outside. */
@NullMarked
package io.marmalade.bench.process;

import org.jspecify.annotations.NullMarked;
