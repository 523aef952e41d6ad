package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.BandersnatchKey;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A Bandersnatch secret key. Whoever made it wipes it with {@link #close} when it is no longer
 * needed; it must not be used after that.
 */
public final class SecretKey implements AutoCloseable {
    /** The number of octets of an encoded secret key. */
    public static final int SIZE = 32;

    private final long[] scalar;
    private final long[] point;
    private final BandersnatchKey publicKey;
    private volatile boolean closed;

    private SecretKey(long[] scalar) {
        this.scalar = scalar;
        point = ConstantTime.multiply(scalar, Point.GENERATOR);
        byte[] encoded = new byte[BandersnatchKey.SIZE];
        Point.encode(encoded, 0, point);
        publicKey = BandersnatchKey.of(encoded);
    }

    /**
     * Returns the secret key that a seed gives, as JIP-5 has it.
     *
     * @param seed octets of any number, 32 for JIP-5; not kept
     */
    public static SecretKey ofSeed(byte[] seed) {
        MessageDigest sha512 = Suite.sha512();
        byte[] hash = sha512.digest(seed);
        long[] scalar = ConstantTime.reduceScalar(hash);
        Arrays.fill(hash, (byte) 0);
        long any = scalar[0] | scalar[1] | scalar[2] | scalar[3];
        scalar[0] |= 1 ^ ((any | -any) >>> 63); // zero becomes one
        return new SecretKey(scalar);
    }

    /**
     * Returns the secret key with this scalar.
     *
     * @param octets 32 in little-endian order, below the order of the group and not zero; not kept
     * @throws IllegalArgumentException if they are not that
     */
    public static SecretKey ofScalar(byte[] octets) {
        if (octets.length != SIZE) {
            throw new IllegalArgumentException(
                    "a secret key has " + SIZE + " octets, not " + octets.length);
        }
        long[] scalar = new long[Scalar.LIMBS];
        if (!Scalar.decode(scalar, octets, 0)
                || (scalar[0] | scalar[1] | scalar[2] | scalar[3]) == 0) {
            throw new IllegalArgumentException("the secret scalar is zero or not reduced");
        }
        return new SecretKey(scalar);
    }

    /** Returns the public key. */
    public BandersnatchKey publicKey() {
        return publicKey;
    }

    /**
     * Returns the scalar itself, which the callers in this package leave as it is.
     *
     * @throws IllegalStateException if the key has been wiped
     */
    long[] scalar() {
        if (closed) {
            throw new IllegalStateException("the secret key has been wiped");
        }
        return scalar;
    }

    /** Returns the public key's point, with Z = 1. */
    long[] point() {
        return point;
    }

    /** Wipes the secret. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(scalar, 0);
    }

    /** Says which key it is, by its public part. */
    @Override
    public String toString() {
        return "secret key of " + publicKey;
    }
}
