/**
 * The pairing curve BLS12-381, by blst's C code: {@link io.marmalade.crypto.bls.Blst} binds the
 * functions that ring proofs need, {@link io.marmalade.crypto.bls.BlstLibrary} finds the library.
 */
@NullMarked
package io.marmalade.crypto.bls;

import org.jspecify.annotations.NullMarked;
