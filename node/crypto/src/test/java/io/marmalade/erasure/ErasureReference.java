package io.marmalade.erasure;

/**
 * The code by its definition, with interpolation after Lagrange: the plain twin of the transforms.
 */
final class ErasureReference {
    private static final int[] BASIS = {
        0x0001, 0xACCA, 0x3C0E, 0x163E, 0xC582, 0xED2E, 0x914C, 0x4012,
        0x6C98, 0x10D8, 0x6A72, 0xB900, 0xFDB8, 0xFB34, 0xFF38, 0x991E
    };

    private ErasureReference() {}

    /** Returns the polynomial in the standard basis of a word in the Cantor basis. */
    static int toPolynomial(int word) {
        int value = 0;
        for (int bit = 0; bit < 16; bit++) {
            if ((word >>> bit & 1) == 1) {
                value ^= BASIS[bit];
            }
        }
        return value;
    }

    /** Returns the word in the Cantor basis of a polynomial: by elimination. */
    static int toWord(int polynomial) {
        int[] rows = BASIS.clone();
        int[] words = new int[16];
        for (int i = 0; i < 16; i++) {
            words[i] = 1 << i;
        }
        int word = 0;
        int rest = polynomial;
        for (int column = 15; column >= 0; column--) {
            int pivot = -1;
            for (int i = 0; i < 16; i++) {
                if (rows[i] != 0 && Integer.numberOfLeadingZeros(rows[i]) == 31 - column) {
                    if (pivot < 0) {
                        pivot = i;
                    } else {
                        rows[i] ^= rows[pivot];
                        words[i] ^= words[pivot];
                    }
                }
            }
            if ((rest >>> column & 1) == 1) {
                rest ^= rows[pivot];
                word ^= words[pivot];
            }
        }
        return word;
    }

    static int multiply(int a, int b) {
        int product = 0;
        int shifted = toPolynomial(a);
        for (int rest = toPolynomial(b); rest != 0; rest >>>= 1) {
            if ((rest & 1) == 1) {
                product ^= shifted;
            }
            shifted <<= 1;
            if (shifted > 0xffff) {
                shifted ^= 0x1002D;
            }
        }
        return toWord(product);
    }

    /** Encodes a codeword. */
    static int[] encode(int[] data, int shards) {
        int block = 1;
        while (block < data.length) {
            block *= 2;
        }
        int[] out = new int[shards];
        System.arraycopy(data, 0, out, 0, data.length);
        for (int j = 0; j < shards - data.length; j++) {
            out[data.length + j] = evaluate(data, block, block + j);
        }
        return out;
    }

    /** The value at a position of the polynomial through (i, data[i]), and zeroes up to a block. */
    private static int evaluate(int[] data, int block, int position) {
        int sum = 0;
        for (int i = 0; i < data.length; i++) {
            int above = 1;
            int below = 1;
            for (int k = 0; k < block; k++) {
                if (k != i) {
                    above = BinaryField.multiply(above, position ^ k);
                    below = BinaryField.multiply(below, i ^ k);
                }
            }
            int inverse = BinaryField.exp(BinaryField.ORDER - BinaryField.log(below));
            sum ^= BinaryField.multiply(data[i], BinaryField.multiply(above, inverse));
        }
        return sum;
    }
}
