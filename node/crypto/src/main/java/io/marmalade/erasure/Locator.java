package io.marmalade.erasure;

/**
 * Finds for every position the product of its distances to the lost ones.
 *
 * <p>The logarithm of that product is a sum of logarithms of differences, and a difference is an
 * exclusive or, so the sums for all positions together are one convolution over exclusive or, done
 * by two Walsh–Hadamard transforms modulo 65535.
 */
final class Locator {
    private final int positions;

    /** The transform of the logarithms of 0..positions−1, over the number of positions. */
    private final int[] transformed;

    /**
     * Creates a locator.
     *
     * @param positions a power of two, at most 2^11
     */
    Locator(int positions) {
        this.positions = positions;
        transformed = new int[positions];
        for (int i = 0; i < positions; i++) {
            transformed[i] = BinaryField.log(i);
        }
        transform(transformed, positions);
        // 2^16 is 1 modulo 65535, so this divides by the number of positions.
        int inverse = 1 << (16 - Integer.numberOfTrailingZeros(positions));
        for (int i = 0; i < positions; i++) {
            long reduced = Math.floorMod(transformed[i], BinaryField.ORDER);
            transformed[i] = (int) (reduced * inverse % BinaryField.ORDER);
        }
    }

    /**
     * Finds for every position the logarithm of the product of its differences to the lost ones
     * other than itself.
     *
     * @param lost whether each position is lost; it may be longer than there are positions
     * @param values receives the logarithms, and may be longer too
     */
    void logarithms(boolean[] lost, int[] values) {
        for (int i = 0; i < positions; i++) {
            values[i] = lost[i] ? 1 : 0;
        }
        transform(values, positions);
        for (int i = 0; i < positions; i++) {
            values[i] = values[i] * transformed[i] % BinaryField.ORDER;
        }
        transform(values, positions);
        for (int i = 0; i < positions; i++) {
            values[i] = Math.floorMod(values[i], BinaryField.ORDER);
        }
    }

    /** No overflow: 2^11 values of less than 2^16 add up to less than 2^27. */
    private static void transform(int[] values, int count) {
        for (int distance = 1; distance < count; distance <<= 1) {
            for (int group = 0; group < count; group += 2 * distance) {
                for (int i = group; i < group + distance; i++) {
                    int x = values[i];
                    int y = values[i + distance];
                    values[i] = x + y;
                    values[i + distance] = x - y;
                }
            }
        }
    }
}
