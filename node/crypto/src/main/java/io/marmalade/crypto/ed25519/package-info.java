/**
 * Ed25519 as the network accepts it.
 *
 * <p>{@link io.marmalade.crypto.ed25519.Ed25519} is the door. Verification is our own because no
 * library accepts exactly what ZIP-215 accepts; keys and signatures are made by a library.
 *
 * {@snippet :
 * Ed25519Signature signature = Ed25519.sign(seed, message);
 * boolean valid = Ed25519.verify(Ed25519.publicKey(seed), message, signature);
 * }
 *
 * @gp sec:notation
 */
@NullMarked
package io.marmalade.crypto.ed25519;

import org.jspecify.annotations.NullMarked;
