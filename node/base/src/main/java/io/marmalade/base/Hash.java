package io.marmalade.base;

/** A hash of 32 octets (ℍ): Blake2b-256 unless something else is said. */
public final class Hash extends FixedOctets<Hash> {
    /** The number of octets. */
    public static final int SIZE = 32;

    /** The value of zeroes. */
    public static final Hash ZERO = new Hash(new byte[SIZE]);

    private Hash(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 32 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Hash of(byte[] octets) {
        return new Hash(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static Hash parse(String hex) {
        return new Hash(parseHex(hex));
    }

    @Override
    public int hashCode() {
        byte[] octets = octets();
        return (octets[0] & 0xff)
                | (octets[9] & 0xff) << 8
                | (octets[18] & 0xff) << 16
                | octets[31] << 24;
    }
}
