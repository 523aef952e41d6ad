package io.marmalade.crypto.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.Hash;

import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

class KeccakTest {
    private static final long SEED = 0x6b656363616bL;

    @Test
    void hashesTheEmptyMessage() {
        assertEquals(
                "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
                Keccak.hash(new byte[0]).toString());
    }

    @Test
    void agreesWithALibraryForEveryLength() {
        Random random = new Random(SEED);
        for (int length = 0; length < 600; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            KeccakDigest digest = new KeccakDigest(256);
            digest.update(message, 0, length);
            byte[] out = new byte[32];
            digest.doFinal(out, 0);
            assertEquals(Hash.of(out), Keccak.hash(message), () -> "seed " + SEED);
            int cut = random.nextInt(length + 1);
            assertEquals(
                    Hash.of(out),
                    Keccak.hash(
                            Arrays.copyOf(message, cut / 3),
                            Arrays.copyOfRange(message, cut / 3, cut),
                            Arrays.copyOfRange(message, cut, length)));
        }
    }

    @Test
    void writesTheHashAnywhereEvenOverTheMessage() {
        Random random = new Random(SEED);
        for (int length = 0; length < 300; length++) {
            byte[] octets = new byte[length + 40];
            random.nextBytes(octets);
            byte[] before = octets.clone();
            Hash expected = Keccak.hash(Arrays.copyOfRange(before, 3, 3 + length));
            int to = random.nextInt(length + 9);
            Keccak.hashInto(octets, 3, length, octets, to);
            System.arraycopy(expected.octets(), 0, before, to, Hash.SIZE);
            assertArrayEquals(before, octets, () -> "seed " + SEED);
        }
    }

    @Test
    void refusesRangesOutsideTheArray() {
        assertThrows(IndexOutOfBoundsException.class, () -> Keccak.hash(new byte[10], 5, 6));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Keccak.hashInto(new byte[10], 5, 6, new byte[32], 0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Keccak.hashInto(new byte[10], 5, 5, new byte[32], 1));
    }
}
