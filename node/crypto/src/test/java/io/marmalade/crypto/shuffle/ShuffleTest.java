package io.marmalade.crypto.shuffle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.Hash;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class ShuffleTest {
    private static final long SEED = 0x73687566L;

    /** The recursive definition of the paper. */
    private static List<Integer> reference(List<Integer> values, long[] numbers, int from) {
        int size = values.size();
        if (size == 0) {
            return List.of();
        }
        int chosen = (int) (numbers[from] % size);
        List<Integer> rest = new ArrayList<>(values);
        rest.set(chosen, values.get(size - 1));
        List<Integer> shuffled = new ArrayList<>();
        shuffled.add(values.get(chosen));
        shuffled.addAll(reference(rest.subList(0, size - 1), numbers, from + 1));
        return shuffled;
    }

    @Test
    void followsTheRecursiveDefinition() {
        Random random = new Random(SEED);
        for (int size = 0; size < 100; size++) {
            byte[] octets = new byte[32];
            random.nextBytes(octets);
            Hash entropy = Hash.of(octets);
            List<Integer> expected =
                    reference(
                            IntStream.range(0, size).boxed().toList(),
                            Shuffle.numbers(size, entropy),
                            0);
            int[] shuffled = Shuffle.shuffle(size, entropy);
            assertEquals(expected, Arrays.stream(shuffled).boxed().toList(), () -> "seed " + SEED);
            assertEquals(
                    expected, Shuffle.shuffle(IntStream.range(0, size).boxed().toList(), entropy));
        }
    }

    @Test
    void shufflesByTheHashOfTheVectors() {
        Hash ones = Hash.parse("ff".repeat(32));
        assertArrayEquals(new int[] {1, 2, 6, 0, 7, 4, 3, 5}, Shuffle.shuffle(8, ones));
    }

    @Test
    void refusesTooFewNumbers() {
        assertThrows(
                IllegalArgumentException.class, () -> Shuffle.shuffle(new int[3], new long[2]));
    }
}
