package io.marmalade.base;

/** A Bandersnatch ring VRF proof of knowledge. */
public final class RingSignature extends FixedOctets<RingSignature> {
    /** The number of octets. */
    public static final int SIZE = 784;

    /** The value of zeroes. */
    public static final RingSignature ZERO = new RingSignature(new byte[SIZE]);

    private RingSignature(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 784 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static RingSignature of(byte[] octets) {
        return new RingSignature(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static RingSignature parse(String hex) {
        return new RingSignature(parseHex(hex));
    }
}
