package io.marmalade.crypto.bandersnatch;

import java.security.MessageDigest;

/** The nonces of the suite, which do not bind the message: only to reproduce the public vectors. */
final class DeterministicNonces implements Nonces {
    static final Nonces INSTANCE = new DeterministicNonces();

    private DeterministicNonces() {}

    @Override
    public long[] nonce(long[] scalar, byte[] input, byte[] message) {
        MessageDigest sha512 = Suite.sha512();
        byte[] hash = sha512.digest(Nonces.encode(scalar));
        sha512.update(hash, 32, 32);
        sha512.update(input);
        return ConstantTime.reduceScalar(sha512.digest());
    }

    @Override
    public long[] blinding(long[] scalar, byte[] input, byte[] message) {
        MessageDigest sha512 = Suite.sha512();
        sha512.update(Suite.NAME);
        sha512.update((byte) 0xCC);
        sha512.update(Nonces.encode(scalar));
        sha512.update(input);
        sha512.update(message);
        sha512.update((byte) 0);
        byte[] bigEndian = sha512.digest();
        byte[] littleEndian = new byte[64];
        for (int i = 0; i < 64; i++) {
            littleEndian[i] = bigEndian[63 - i];
        }
        return ConstantTime.reduceScalar(littleEndian);
    }

    @Override
    public FieldElement hiding() {
        return FieldElement.ZERO;
    }
}
