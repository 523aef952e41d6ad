package io.marmalade.base;

/** What a validator says of itself; opaque to the transition. */
public final class ValidatorMetadata extends FixedOctets<ValidatorMetadata> {
    /** The number of octets. */
    public static final int SIZE = 128;

    /** The value of zeroes. */
    public static final ValidatorMetadata ZERO = new ValidatorMetadata(new byte[SIZE]);

    private ValidatorMetadata(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 128 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static ValidatorMetadata of(byte[] octets) {
        return new ValidatorMetadata(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static ValidatorMetadata parse(String hex) {
        return new ValidatorMetadata(parseHex(hex));
    }
}
