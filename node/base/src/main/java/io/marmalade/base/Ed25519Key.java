package io.marmalade.base;

/** An Ed25519 public key. */
public final class Ed25519Key extends FixedOctets<Ed25519Key> {
    /** The number of octets. */
    public static final int SIZE = 32;

    /** The value of zeroes. */
    public static final Ed25519Key ZERO = new Ed25519Key(new byte[SIZE]);

    private Ed25519Key(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 32 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Ed25519Key of(byte[] octets) {
        return new Ed25519Key(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static Ed25519Key parse(String hex) {
        return new Ed25519Key(parseHex(hex));
    }
}
