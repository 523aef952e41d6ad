package io.marmalade.crypto.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.Hash;
import io.marmalade.crypto.backend.Tiered;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class Blake2bBatchTest {
    private static final long SEED = 0x6261746368L;

    static List<Blake2bBatch> implementations() {
        List<Blake2bBatch> all = new ArrayList<>(List.of(new PlainBlake2bBatch()));
        if (Tiered.vectorsAvailable()) {
            all.add(new VectorBlake2bBatch());
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void hashesEachMessageAsIfItWereAlone(Blake2bBatch batch) {
        Random random = new Random(SEED);
        for (int count = 0; count < 40; count++) {
            for (int length : new int[] {0, 1, 63, 64, 65, 69, 127, 128, 129, 256, 300, 700}) {
                int stride = length + random.nextInt(5);
                byte[] in = new byte[7 + count * stride + length];
                random.nextBytes(in);
                byte[] out = new byte[3 + 32 * count];
                batch.hash(in, 7, stride, length, count, out, 3);
                for (int i = 0; i < count; i++) {
                    byte[] message =
                            Arrays.copyOfRange(in, 7 + i * stride, 7 + i * stride + length);
                    assertEquals(
                            Blake2bReference.hash(message),
                            Hash.of(Arrays.copyOfRange(out, 3 + 32 * i, 35 + 32 * i)),
                            "seed " + SEED + " count " + count + " length " + length);
                }
                assertArrayEquals(new byte[3], Arrays.copyOf(out, 3));
            }
        }
    }

    @Test
    void refusesRangesOutsideTheArray() {
        byte[] in = new byte[100];
        byte[] out = new byte[96];
        Blake2b.hashBatch(in, 4, 32, 32, 3, out, 0);
        for (int[] wrong :
                new int[][] {
                    {5, 32, 32, 3, 0}, {4, 33, 32, 3, 0}, {4, 32, 33, 3, 0}, {4, 32, 32, 4, 0},
                    {4, 32, 32, 3, 1}, {-1, 32, 32, 3, 0}, {4, -32, 32, 3, 0}, {4, 32, -1, 3, 0}
                }) {
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () ->
                            Blake2b.hashBatch(
                                    in, wrong[0], wrong[1], wrong[2], wrong[3], out, wrong[4]),
                    Arrays.toString(wrong));
        }
        assertThrows(
                ArithmeticException.class,
                () -> Blake2b.hashBatch(in, 0, 1 << 30, 1, 1 << 26, out, 0));
    }
}
