/**
 * States as a chain has them: typed, serialized and committed to at once ({@link
 * io.marmalade.store.ChainState}), and where they are kept ({@link io.marmalade.store.StateStore}).
 */
@NullMarked
package io.marmalade.store;

import org.jspecify.annotations.NullMarked;
