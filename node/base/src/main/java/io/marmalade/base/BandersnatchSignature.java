package io.marmalade.base;

/** A singly-contextualized Bandersnatch VRF signature. */
public final class BandersnatchSignature extends FixedOctets<BandersnatchSignature> {
    /** The number of octets. */
    public static final int SIZE = 96;

    /** The value of zeroes. */
    public static final BandersnatchSignature ZERO = new BandersnatchSignature(new byte[SIZE]);

    private BandersnatchSignature(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 96 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static BandersnatchSignature of(byte[] octets) {
        return new BandersnatchSignature(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static BandersnatchSignature parse(String hex) {
        return new BandersnatchSignature(parseHex(hex));
    }
}
