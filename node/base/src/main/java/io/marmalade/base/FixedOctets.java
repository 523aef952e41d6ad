package io.marmalade.base;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A value of a fixed number of octets. Immutable, equal to values of the same class and octets,
 * ordered lexicographically by unsigned octet.
 */
public abstract class FixedOctets<T extends FixedOctets<T>> implements Comparable<T> {
    private final byte[] octets;

    /**
     * @param octets kept, not copied; the caller gives it away
     * @throws IllegalArgumentException unless there are exactly {@code size} octets
     */
    protected FixedOctets(byte[] octets, int size) {
        if (octets.length != size) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + " has " + size + " octets, not " + octets.length);
        }
        this.octets = octets;
    }

    /** Returns the octets themselves; whoever reads them must not change them. */
    public final byte[] octets() {
        return octets;
    }

    /** Returns a copy of the octets. */
    public final byte[] toArray() {
        return octets.clone();
    }

    /** Returns the number of octets. */
    public final int size() {
        return octets.length;
    }

    /** Returns whether all octets are zero. */
    public final boolean isZero() {
        for (byte octet : octets) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public final int compareTo(T other) {
        return Arrays.compareUnsigned(octets, ((FixedOctets<?>) other).octets);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other != null
                && other.getClass() == getClass()
                && Arrays.equals(octets, ((FixedOctets<?>) other).octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Returns the octets in hexadecimal with {@code 0x} in front. */
    @Override
    public final String toString() {
        return "0x" + HexFormat.of().formatHex(octets);
    }

    /** Parses octets in hexadecimal, with or without {@code 0x} in front. */
    static byte[] parseHex(String hex) {
        return HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex);
    }
}
