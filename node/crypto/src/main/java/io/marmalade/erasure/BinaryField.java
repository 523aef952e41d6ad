package io.marmalade.erasure;

/**
 * GF(2^16) by the polynomial x^16 + x^5 + x^3 + x^2 + 1, its elements written in the Cantor basis:
 * bit i of a word says whether the basis element v_i is part of the sum.
 *
 * <p>The basis has v_0 = 1 and v_i² + v_i = v_(i−1). Hence x² + x is a shift of the word by one
 * bit, and the vanishing polynomial of the span of v_0..v_(r−1) is a shift by r bits, which is all
 * that the transforms need to know.
 */
final class BinaryField {
    /** The number of elements that are not zero, the modulus of logarithms. */
    static final int ORDER = 65535;

    private static final int POLYNOMIAL = 0x1002D;

    private static final int[] BASIS = {
        0x0001, 0xACCA, 0x3C0E, 0x163E, 0xC582, 0xED2E, 0x914C, 0x4012,
        0x6C98, 0x10D8, 0x6A72, 0xB900, 0xFDB8, 0xFB34, 0xFF38, 0x991E
    };

    /**
     * The element of each exponent; twice over, so that sums of two logarithms need no reduction.
     */
    private static final char[] EXP = new char[2 * ORDER];

    /** The exponent of each element; that of zero is meaningless. */
    private static final char[] LOG = new char[ORDER + 1];

    static {
        // Words of the Cantor basis by value in the standard one.
        char[] word = new char[ORDER + 1];
        for (int i = 0; i <= ORDER; i++) {
            int value = 0;
            for (int bit = 0; bit < 16; bit++) {
                value ^= -(i >>> bit & 1) & BASIS[bit];
            }
            word[value] = (char) i;
        }
        int power = 1;
        for (int i = 0; i < ORDER; i++) {
            EXP[i] = word[power];
            EXP[i + ORDER] = word[power];
            LOG[word[power]] = (char) i;
            power <<= 1;
            if (power > ORDER) {
                power ^= POLYNOMIAL;
            }
        }
    }

    private BinaryField() {}

    /** Returns the product of two elements. */
    static int multiply(int a, int b) {
        return a == 0 || b == 0 ? 0 : EXP[LOG[a] + LOG[b]];
    }

    /** Returns the element of an exponent, 0..{@link #ORDER}. */
    static int exp(int exponent) {
        return EXP[exponent];
    }

    /** Returns the exponent of an element, 0..{@link #ORDER} − 1; 0 for zero, which has none. */
    static int log(int element) {
        return element == 0 ? 0 : LOG[element];
    }
}
