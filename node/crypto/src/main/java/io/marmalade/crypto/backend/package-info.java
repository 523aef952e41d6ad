/**
 * How a fast implementation takes the place of a plain one while a process runs: {@link
 * io.marmalade.crypto.backend.Tiered}.
 */
@NullMarked
package io.marmalade.crypto.backend;

import org.jspecify.annotations.NullMarked;
