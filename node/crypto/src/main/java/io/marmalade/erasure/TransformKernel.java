package io.marmalade.erasure;

/**
 * The arithmetic of rows.
 *
 * <p>A work array holds rows of {@code width} words, each row as its low octets and behind them its
 * high octets, so 2·width octets in all. A block is a power of two of consecutive rows; {@code at}
 * is the offset of its first row in octets. Width is a multiple of {@link #LANES}. All rows of a
 * block are separate words of separate codewords side by side: column w of all rows is one
 * polynomial, given by values (row i is its value at position offset + i) or by coefficients in the
 * basis of products of vanishing polynomials.
 */
sealed interface TransformKernel permits ScalarKernel, NarrowVectorKernel, VectorKernel {
    /** What the width is a multiple of. */
    int LANES = 64;

    /**
     * From values to coefficients, in place.
     *
     * @param size the rows of the block
     * @param used how many of them, from the first, are not zero already
     * @param offset the position of the first value, a multiple of size
     */
    void inverse(byte[] work, int at, int size, int used, int offset, int width);

    /**
     * From coefficients to values, in place.
     *
     * @param wanted how many values, from the first, shall be right
     */
    void forward(byte[] work, int at, int size, int wanted, int offset, int width);

    /**
     * Sets the rows of a block to the coefficients of the formal derivative, as far as rows of the
     * block itself give them.
     */
    void derive(byte[] work, int at, int size, int width);

    /** Adds octets to octets: to ^= from. */
    void add(byte[] work, int to, int from, int length);

    /** Adds rows times a constant to as many others: to ^= constant·from. */
    void addProducts(byte[] work, int to, int from, int rows, int width, int constant);

    /** Sets a row to the product of a row and a constant. The rows may be the same. */
    void product(byte[] work, int to, int from, int width, int constant);

    /**
     * Spreads little-endian words into a row, and fills the row up with zeroes.
     *
     * @param words at most width
     */
    void spread(byte[] in, int offset, int words, byte[] work, int at, int width);

    /** Gathers little-endian words from a row. */
    void gather(byte[] work, int at, int width, byte[] out, int offset, int words);
}
