package io.marmalade.crypto.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.Hash;

import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

class Blake2bTest {
    private static final long SEED = 0x6d61726d616cL;

    private final Random random = new Random(SEED);

    @Test
    void hashesKnownMessages() {
        assertEquals(
                "0x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
                Blake2b.hash(new byte[0]).toString());
        assertEquals(
                "0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
                Blake2b.hash("abc".getBytes(StandardCharsets.US_ASCII)).toString());
    }

    @Test
    void agreesWithTheReferenceForEveryLength() {
        for (int length = 0; length < 700; length++) {
            byte[] in = random(length + 3);
            byte[] message = Arrays.copyOfRange(in, 3, in.length);
            Hash expected = library(message);
            assertEquals(expected, Blake2bReference.hash(message), () -> "seed " + SEED);
            assertEquals(expected, Blake2b.hash(message), () -> "seed " + SEED);
            assertEquals(expected, Blake2b.hash(in, 3, length));
            byte[] out = new byte[40];
            Blake2b.hashInto(in, 3, length, out, 5);
            assertArrayEquals(expected.octets(), Arrays.copyOfRange(out, 5, 37));
        }
    }

    @Test
    void agreesWithTheReferenceWhateverThePartsAre() {
        for (int round = 0; round < 500; round++) {
            byte[] message = random(random.nextInt(1000));
            Blake2bHasher hasher = new Blake2bHasher();
            int at = 0;
            while (at < message.length) {
                int length = random.nextInt(Math.min(300, message.length - at + 1));
                hasher.update(message, at, length);
                at += length;
                if (at < message.length && random.nextBoolean()) {
                    hasher.update(message[at++]);
                }
            }
            assertEquals(library(message), hasher.finish(), () -> "seed " + SEED);
            int cut = random.nextInt(message.length + 1);
            assertEquals(
                    library(message),
                    Blake2b.hash(
                            Arrays.copyOf(message, cut / 2),
                            Arrays.copyOfRange(message, cut / 2, cut),
                            Arrays.copyOfRange(message, cut, message.length)));
        }
    }

    @Test
    void startsAnewAfterFinish() {
        Blake2bHasher hasher = new Blake2bHasher();
        byte[] message = random(333);
        assertEquals(hasher.update(message).finish(), hasher.update(message).finish());
        assertEquals(Blake2b.hash(new byte[0]), hasher.finish());
    }

    @Test
    void hashesNodesOverTheirOwnHashes() {
        byte[] node = random(64);
        Hash expected = library(node);
        Blake2b.hashInto(node, 0, 64, node, 16);
        assertArrayEquals(expected.octets(), Arrays.copyOfRange(node, 16, 48));
    }

    @Test
    void refusesRangesOutsideTheArray() {
        assertThrows(IndexOutOfBoundsException.class, () -> Blake2b.hash(new byte[10], 5, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> Blake2b.hash(new byte[10], -1, 6));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Blake2b.hashInto(new byte[64], 0, 64, new byte[32], 1));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Blake2b.hash64Batch(new byte[127], 2, new byte[64]));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Blake2b.hash64Batch(new byte[128], 2, new byte[63]));
    }

    private byte[] random(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    static Hash library(byte[] message) {
        Blake2bDigest digest = new Blake2bDigest(256);
        digest.update(message, 0, message.length);
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return Hash.of(out);
    }
}
