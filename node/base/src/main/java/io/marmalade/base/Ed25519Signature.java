package io.marmalade.base;

/** An Ed25519 signature. */
public final class Ed25519Signature extends FixedOctets<Ed25519Signature> {
    /** The number of octets. */
    public static final int SIZE = 64;

    /** The value of zeroes. */
    public static final Ed25519Signature ZERO = new Ed25519Signature(new byte[SIZE]);

    private Ed25519Signature(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 64 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Ed25519Signature of(byte[] octets) {
        return new Ed25519Signature(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static Ed25519Signature parse(String hex) {
        return new Ed25519Signature(parseHex(hex));
    }
}
