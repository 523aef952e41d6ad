package io.marmalade.crypto.bandersnatch;

import java.security.MessageDigest;

/** The nonces of the suite, which do not bind the message: only to reproduce the public vectors. */
final class DeterministicNonces {
    static final Nonces INSTANCE =
            (scalar, input, message) -> {
                MessageDigest sha512 = Suite.sha512();
                byte[] hash = sha512.digest(Nonces.encode(scalar));
                sha512.update(hash, 32, 32);
                sha512.update(input);
                return ConstantTime.reduceScalar(sha512.digest());
            };

    private DeterministicNonces() {}
}
