package io.marmalade.base;

/** A Bandersnatch ring root: the commitment to a sequence of keys. */
public final class RingRoot extends FixedOctets<RingRoot> {
    /** The number of octets. */
    public static final int SIZE = 144;

    /** The value of zeroes. */
    public static final RingRoot ZERO = new RingRoot(new byte[SIZE]);

    private RingRoot(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 144 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static RingRoot of(byte[] octets) {
        return new RingRoot(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static RingRoot parse(String hex) {
        return new RingRoot(parseHex(hex));
    }
}
