package io.marmalade.crypto.shuffle;

import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Fisher–Yates shuffle ℱ, by numbers or by a hash.
 *
 * @gp eq:suffle eq:sequencefromhash
 */
public final class Shuffle {
    private Shuffle() {}

    /**
     * Returns a shuffled copy of the numbers 0..size−1.
     *
     * @param size not negative
     * @param entropy what decides the order
     */
    public static int[] shuffle(int size, Hash entropy) {
        int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            values[i] = i;
        }
        return shuffle(values, entropy);
    }

    /** Returns a shuffled copy of the values. */
    public static int[] shuffle(int[] values, Hash entropy) {
        return shuffle(values, numbers(values.length, entropy));
    }

    /** Returns a shuffled copy of the list. */
    public static <T> List<T> shuffle(List<T> values, Hash entropy) {
        List<T> shuffled = new ArrayList<>(values.size());
        for (int index : shuffle(values.size(), entropy)) {
            shuffled.add(values.get(index));
        }
        return shuffled;
    }

    /**
     * Returns a copy of the values, shuffled by numbers.
     *
     * @param numbers at least as many as values; each is 0..2^32−1
     * @throws IllegalArgumentException if there are fewer
     */
    public static int[] shuffle(int[] values, long[] numbers) {
        if (numbers.length < values.length) {
            throw new IllegalArgumentException(
                    numbers.length + " numbers for " + values.length + " values");
        }
        int[] rest = values.clone();
        int[] shuffled = new int[values.length];
        for (int i = 0; i < shuffled.length; i++) {
            int left = shuffled.length - i;
            int chosen = (int) Long.remainderUnsigned(numbers[i], left);
            shuffled[i] = rest[chosen];
            rest[chosen] = rest[left - 1];
        }
        return shuffled;
    }

    /**
     * Returns the numeric sequence 𝒬 of a hash: each number is 0..2^32−1.
     *
     * @param size how many numbers, not negative
     */
    public static long[] numbers(int size, Hash entropy) {
        long[] numbers = new long[size];
        byte[] preimage = Arrays.copyOf(entropy.octets(), Hash.SIZE + 4);
        byte[] block = new byte[Hash.SIZE];
        for (int i = 0; i < size; i++) {
            int at = 4 * i % Hash.SIZE;
            if (at == 0) {
                putInt(preimage, Hash.SIZE, i / 8);
                Blake2b.hashInto(preimage, 0, preimage.length, block, 0);
            }
            numbers[i] =
                    (block[at] & 0xffL)
                            | (block[at + 1] & 0xffL) << 8
                            | (block[at + 2] & 0xffL) << 16
                            | (block[at + 3] & 0xffL) << 24;
        }
        return numbers;
    }

    private static void putInt(byte[] out, int offset, int value) {
        out[offset] = (byte) value;
        out[offset + 1] = (byte) (value >>> 8);
        out[offset + 2] = (byte) (value >>> 16);
        out[offset + 3] = (byte) (value >>> 24);
    }
}
