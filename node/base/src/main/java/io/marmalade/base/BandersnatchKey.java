package io.marmalade.base;

/** A Bandersnatch public key. */
public final class BandersnatchKey extends FixedOctets<BandersnatchKey> {
    /** The number of octets. */
    public static final int SIZE = 32;

    /** The value of zeroes. */
    public static final BandersnatchKey ZERO = new BandersnatchKey(new byte[SIZE]);

    private BandersnatchKey(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 32 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static BandersnatchKey of(byte[] octets) {
        return new BandersnatchKey(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static BandersnatchKey parse(String hex) {
        return new BandersnatchKey(parseHex(hex));
    }
}
