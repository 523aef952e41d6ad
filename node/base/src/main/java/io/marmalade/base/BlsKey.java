package io.marmalade.base;

/** A BLS public key; opaque to the transition. */
public final class BlsKey extends FixedOctets<BlsKey> {
    /** The number of octets. */
    public static final int SIZE = 144;

    /** The value of zeroes. */
    public static final BlsKey ZERO = new BlsKey(new byte[SIZE]);

    private BlsKey(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 144 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static BlsKey of(byte[] octets) {
        return new BlsKey(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static BlsKey parse(String hex) {
        return new BlsKey(parseHex(hex));
    }
}
