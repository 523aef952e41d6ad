package io.marmalade.base;

/** A key of the serialized state: what the Merkle trie is keyed by. */
public final class StateKey extends FixedOctets<StateKey> {
    /** The number of octets. */
    public static final int SIZE = 31;

    /** The value of zeroes. */
    public static final StateKey ZERO = new StateKey(new byte[SIZE]);

    private StateKey(byte[] octets) {
        super(octets, SIZE);
    }

    /**
     * Returns the value with these octets.
     *
     * @param octets 31 of them; the caller gives the array away
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static StateKey of(byte[] octets) {
        return new StateKey(octets);
    }

    /**
     * Returns the value that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static StateKey parse(String hex) {
        return new StateKey(parseHex(hex));
    }
}
