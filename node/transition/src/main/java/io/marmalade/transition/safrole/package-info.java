/**
 * Block production: time, key rotation, entropy, the slot key sequence, markers, tickets, and the
 * header's two signatures.
 */
@NullMarked
package io.marmalade.transition.safrole;

import org.jspecify.annotations.NullMarked;
