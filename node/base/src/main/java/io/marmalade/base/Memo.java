package io.marmalade.base;

/** What a deferred transfer carries for its receiver. */
public final class Memo extends FixedOctets<Memo> {
    /** The number of octets. */
    public static final int SIZE = 128;

    /** The value of zeroes. */
    public static final Memo ZERO = new Memo(new byte[SIZE]);

    private Memo(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 128 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Memo of(byte[] octets) {
        return new Memo(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static Memo parse(String hex) {
        return new Memo(parseHex(hex));
    }
}
