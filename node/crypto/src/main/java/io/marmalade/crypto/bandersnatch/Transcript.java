package io.marmalade.crypto.bandersnatch;

import org.bouncycastle.crypto.digests.SHAKEDigest;

import java.nio.charset.StandardCharsets;

/**
 * The transcript of a ring proof, from which its challenges come: SHAKE128 over labels and data,
 * each followed by its length in 32 big-endian bits.
 */
final class Transcript {
    private static final byte[] CHALLENGE = ascii("challenge");
    private static final int CHALLENGE_SIZE = 48;

    private final SHAKEDigest sponge;

    /** The octets since the last separation, or −1 if there was nothing to be separated. */
    private int length = -1;

    /** Begins a transcript. */
    Transcript(byte[] label) {
        sponge = new SHAKEDigest(128);
        label(label);
    }

    private Transcript(Transcript other) {
        sponge = new SHAKEDigest(other.sponge);
        length = other.length;
    }

    /** Returns an independent transcript that says the same so far. */
    Transcript copy() {
        return new Transcript(this);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void separate() {
        if (length >= 0) {
            int value = length;
            for (int shift = 24; shift >= 0; shift -= 8) {
                sponge.update((byte) (value >>> shift));
            }
            length = -1;
        }
    }

    private void write(byte[] data, int offset, int size) {
        sponge.update(data, offset, size);
        length = Math.max(length, 0) + size;
    }

    private void label(byte[] label) {
        separate();
        write(label, 0, label.length);
        separate();
    }

    /** Appends data under a label. */
    void append(byte[] label, byte[] data) {
        append(label, data, 0, data.length);
    }

    void append(byte[] label, byte[] data, int offset, int size) {
        label(label);
        write(data, offset, size);
        separate();
    }

    /** Returns the next challenge. */
    FieldElement challenge(byte[] label) {
        label(label);
        write(CHALLENGE, 0, CHALLENGE.length);
        SHAKEDigest fork = new SHAKEDigest(sponge);
        byte[] octets = new byte[CHALLENGE_SIZE];
        fork.doFinal(octets, 0, CHALLENGE_SIZE);
        separate();
        return FieldElement.reduced(octets);
    }
}
