/** Octets, hashes, keys and chain parameters: what everything else is made of. */
@NullMarked
package io.marmalade.base;

import org.jspecify.annotations.NullMarked;
