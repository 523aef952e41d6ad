/** Hashing, signatures, rings and erasure coding, each beside its plain twin and a library. */
@NullMarked
package io.marmalade.bench.crypto;

import org.jspecify.annotations.NullMarked;
