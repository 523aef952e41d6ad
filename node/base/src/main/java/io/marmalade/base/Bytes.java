package io.marmalade.base;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A blob: any number of octets (𝔹). Immutable, equal by octets, ordered lexicographically by
 * unsigned octet.
 */
public final class Bytes implements Comparable<Bytes> {
    /** The blob without octets. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /** Returns a blob of these octets; the caller gives the array away. */
    public static Bytes of(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets);
    }

    /**
     * Returns the blob that is written so in hexadecimal, with or without {@code 0x} in front.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static Bytes parse(String hex) {
        return of(FixedOctets.parseHex(hex));
    }

    /** Returns the octets themselves; whoever reads them must not change them. */
    public byte[] octets() {
        return octets;
    }

    /** Returns a copy of the octets. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** Returns the number of octets. */
    public int size() {
        return octets.length;
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes blob && Arrays.equals(octets, blob.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Returns the octets in hexadecimal with {@code 0x} in front. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(octets);
    }
}
