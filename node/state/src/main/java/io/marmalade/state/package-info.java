/** The state (σ) in typed form. */
@NullMarked
package io.marmalade.state;

import org.jspecify.annotations.NullMarked;
