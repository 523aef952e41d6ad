/** The machine as data: appendix A of the Gray Paper without an engine. */
@NullMarked
package io.marmalade.pvm;

import org.jspecify.annotations.NullMarked;
