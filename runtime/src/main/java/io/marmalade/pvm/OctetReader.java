package io.marmalade.pvm;

import java.util.Arrays;

/**
 * Reads the few shapes that blobs of programs are made of; once something is wrong, {@link #failed}
 * stays true.
 */
final class OctetReader {
    private final byte[] octets;
    private final int end;
    private int position;
    private boolean failed;

    OctetReader(byte[] octets, int from, int to) {
        this.octets = octets;
        this.position = from;
        this.end = to;
    }

    boolean failed() {
        return failed;
    }

    int left() {
        return end - position;
    }

    int position() {
        return position;
    }

    int octet() {
        if (position >= end) {
            failed = true;
            return 0;
        }
        return octets[position++] & 0xff;
    }

    /** Reads a little-endian number of up to eight octets. */
    long fixed(int size) {
        if (left() < size) {
            failed = true;
            position = end;
            return 0;
        }
        long value = 0;
        for (int octet = size - 1; octet >= 0; octet--) {
            value = value << 8 | (octets[position + octet] & 0xff);
        }
        position += size;
        return value;
    }

    /** Reads a natural number in its general and shortest encoding, unsigned. */
    long natural() {
        int first = octet();
        int following = Integer.numberOfLeadingZeros(~(first << 24));
        if (following == 0) {
            return first;
        }
        if (following == 8) {
            long value = fixed(8);
            failed |= value >>> 56 == 0;
            return value;
        }
        long high = first & (0x7f >>> following);
        long value = high << (8 * following) | fixed(following);
        failed |= value >>> (7 * following) == 0;
        return value;
    }

    /** Reads octets, which must be there, and puts as many of one value behind them. */
    byte[] octets(int size, int padding, int value) {
        byte[] copy = new byte[size + padding];
        System.arraycopy(octets, position, copy, 0, size);
        position += size;
        if (value != 0) {
            Arrays.fill(copy, size, copy.length, (byte) value);
        }
        return copy;
    }

    void skip(int size) {
        position += size;
    }
}
