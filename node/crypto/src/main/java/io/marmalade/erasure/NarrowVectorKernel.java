package io.marmalade.erasure;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import java.util.Arrays;

/**
 * Row arithmetic by vectors of 128 bits, for machines whose widest lookup that crosses no lanes is
 * that one.
 *
 * <p>A word is cut into four digits of 4 bits, and its product is looked up as in {@link
 * VectorKernel}, in eight vectors of 16 octets.
 */
final class NarrowVectorKernel implements TransformKernel {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;

    /** The words at a time. */
    private static final int STEP = 16;

    private static final int LOOKUPS = 8 * STEP;

    /** Transforms multiply by even constants below the number of positions only. */
    private static final int CONSTANTS = 2048;

    /** Even octets into the lower half, odd ones into the upper. */
    private static final VectorShuffle<Byte> EVENS_FIRST =
            VectorShuffle.fromOp(BYTES, i -> i < 8 ? 2 * i : 2 * (i - 8) + 1);

    /** Odd octets into the lower half, even ones into the upper. */
    private static final VectorShuffle<Byte> ODDS_FIRST =
            VectorShuffle.fromOp(BYTES, i -> i < 8 ? 2 * i + 1 : 2 * (i - 8));

    /** Octets of the lower half and of the upper half in turn. */
    private static final VectorShuffle<Byte> INTERLEAVE =
            VectorShuffle.fromOp(BYTES, i -> (i & 1) == 0 ? i / 2 : 8 + i / 2);

    private static final VectorShuffle<Byte> SWAP_HALVES = VectorShuffle.fromOp(BYTES, i -> i ^ 8);

    private static final VectorMask<Byte> UPPER_HALF = VectorMask.fromLong(BYTES, 0xff00L);

    // Where bit k of the number of a lane is one.
    private static final VectorMask<Byte> BIT0 = VectorMask.fromLong(BYTES, 0xaaaaL);
    private static final VectorMask<Byte> BIT1 = VectorMask.fromLong(BYTES, 0xccccL);
    private static final VectorMask<Byte> BIT2 = VectorMask.fromLong(BYTES, 0xf0f0L);
    private static final VectorMask<Byte> BIT3 = VectorMask.fromLong(BYTES, 0xff00L);

    /** For each constant c the lookups of c. */
    private final byte[] tables = new byte[CONSTANTS / 2 * LOOKUPS];

    NarrowVectorKernel() {
        byte[] table = new byte[LOOKUPS];
        for (int constant = 0; constant < CONSTANTS; constant += 2) {
            tabulate(constant, table, 0);
            System.arraycopy(table, 0, tables, constant / 2 * LOOKUPS, LOOKUPS);
        }
    }

    private static void tabulate(int constant, byte[] table, int at) {
        for (int digit = 0; digit < 4; digit++) {
            int low = at + 2 * digit * STEP;
            int high = low + STEP;
            for (int bit = 0; bit < 4; bit++) {
                int product = BinaryField.multiply(constant, 1 << (4 * digit + bit));
                int span = 1 << bit;
                for (int i = 0; i < span; i++) {
                    table[low + span + i] = (byte) (table[low + i] ^ product);
                    table[high + span + i] = (byte) (table[high + i] ^ product >>> 8);
                }
            }
        }
    }

    @Override
    public void inverse(byte[] work, int at, int size, int used, int offset, int width) {
        int row = 2 * width;
        for (int distance = 1, layer = 0; distance < size; distance <<= 1, layer++) {
            for (int group = 0; group < used; group += 2 * distance) {
                int x = at + group * row;
                int y = x + distance * row;
                int constant = (offset + group) >> layer;
                if (constant == 0) {
                    add(work, y, x, distance * row);
                } else {
                    inverseGroup(work, x, y, distance, width, constant);
                }
            }
        }
    }

    @Override
    public void forward(byte[] work, int at, int size, int wanted, int offset, int width) {
        int row = 2 * width;
        int layer = Integer.numberOfTrailingZeros(size);
        for (int distance = size >> 1; distance > 0; distance >>= 1) {
            layer--;
            for (int group = 0; group < wanted; group += 2 * distance) {
                int x = at + group * row;
                int y = x + distance * row;
                int constant = (offset + group) >> layer;
                if (constant == 0) {
                    add(work, y, x, distance * row);
                } else {
                    forwardGroup(work, x, y, distance, width, constant);
                }
            }
        }
    }

    /** y += x, then x += constant · y. */
    private void inverseGroup(byte[] work, int x, int y, int rows, int width, int constant) {
        int table = constant / 2 * LOOKUPS;
        ByteVector low0 = ByteVector.fromArray(BYTES, tables, table);
        ByteVector high0 = ByteVector.fromArray(BYTES, tables, table + STEP);
        ByteVector low1 = ByteVector.fromArray(BYTES, tables, table + 2 * STEP);
        ByteVector high1 = ByteVector.fromArray(BYTES, tables, table + 3 * STEP);
        ByteVector low2 = ByteVector.fromArray(BYTES, tables, table + 4 * STEP);
        ByteVector high2 = ByteVector.fromArray(BYTES, tables, table + 5 * STEP);
        ByteVector low3 = ByteVector.fromArray(BYTES, tables, table + 6 * STEP);
        ByteVector high3 = ByteVector.fromArray(BYTES, tables, table + 7 * STEP);
        for (int i = 0; i < rows; i++) {
            int at = x + i * 2 * width;
            int other = y + i * 2 * width;
            for (int w = 0; w < width; w += STEP) {
                ByteVector xLow = ByteVector.fromArray(BYTES, work, at + w);
                ByteVector xHigh = ByteVector.fromArray(BYTES, work, at + width + w);
                ByteVector yLow = ByteVector.fromArray(BYTES, work, other + w);
                ByteVector yHigh = ByteVector.fromArray(BYTES, work, other + width + w);
                yLow = yLow.lanewise(XOR, xLow);
                yHigh = yHigh.lanewise(XOR, xHigh);
                yLow.intoArray(work, other + w);
                yHigh.intoArray(work, other + width + w);
                ByteVector digit1 =
                        yLow.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
                ByteVector digit3 =
                        yHigh.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
                ByteVector low =
                        yLow.selectFrom(low0)
                                .lanewise(XOR, digit1.selectFrom(low1))
                                .lanewise(XOR, yHigh.selectFrom(low2))
                                .lanewise(XOR, digit3.selectFrom(low3));
                ByteVector high =
                        yLow.selectFrom(high0)
                                .lanewise(XOR, digit1.selectFrom(high1))
                                .lanewise(XOR, yHigh.selectFrom(high2))
                                .lanewise(XOR, digit3.selectFrom(high3));
                xLow.lanewise(XOR, low).intoArray(work, at + w);
                xHigh.lanewise(XOR, high).intoArray(work, at + width + w);
            }
        }
    }

    /** x += constant · y, then y += x. */
    private void forwardGroup(byte[] work, int x, int y, int rows, int width, int constant) {
        int table = constant / 2 * LOOKUPS;
        ByteVector low0 = ByteVector.fromArray(BYTES, tables, table);
        ByteVector high0 = ByteVector.fromArray(BYTES, tables, table + STEP);
        ByteVector low1 = ByteVector.fromArray(BYTES, tables, table + 2 * STEP);
        ByteVector high1 = ByteVector.fromArray(BYTES, tables, table + 3 * STEP);
        ByteVector low2 = ByteVector.fromArray(BYTES, tables, table + 4 * STEP);
        ByteVector high2 = ByteVector.fromArray(BYTES, tables, table + 5 * STEP);
        ByteVector low3 = ByteVector.fromArray(BYTES, tables, table + 6 * STEP);
        ByteVector high3 = ByteVector.fromArray(BYTES, tables, table + 7 * STEP);
        for (int i = 0; i < rows; i++) {
            int at = x + i * 2 * width;
            int other = y + i * 2 * width;
            for (int w = 0; w < width; w += STEP) {
                ByteVector xLow = ByteVector.fromArray(BYTES, work, at + w);
                ByteVector xHigh = ByteVector.fromArray(BYTES, work, at + width + w);
                ByteVector yLow = ByteVector.fromArray(BYTES, work, other + w);
                ByteVector yHigh = ByteVector.fromArray(BYTES, work, other + width + w);
                ByteVector digit1 =
                        yLow.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
                ByteVector digit3 =
                        yHigh.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
                ByteVector low =
                        yLow.selectFrom(low0)
                                .lanewise(XOR, digit1.selectFrom(low1))
                                .lanewise(XOR, yHigh.selectFrom(low2))
                                .lanewise(XOR, digit3.selectFrom(low3));
                ByteVector high =
                        yLow.selectFrom(high0)
                                .lanewise(XOR, digit1.selectFrom(high1))
                                .lanewise(XOR, yHigh.selectFrom(high2))
                                .lanewise(XOR, digit3.selectFrom(high3));
                xLow = xLow.lanewise(XOR, low);
                xHigh = xHigh.lanewise(XOR, high);
                xLow.intoArray(work, at + w);
                xHigh.intoArray(work, at + width + w);
                yLow.lanewise(XOR, xLow).intoArray(work, other + w);
                yHigh.lanewise(XOR, xHigh).intoArray(work, other + width + w);
            }
        }
    }

    @Override
    public void derive(byte[] work, int at, int size, int width) {
        int row = 2 * width;
        for (int i = 0; i < size; i++) {
            int to = at + i * row;
            for (int w = 0; w < row; w += STEP) {
                // A row depends on later ones only, so those are still as they were.
                ByteVector sum = ByteVector.zero(BYTES);
                for (int bits = ~i & size - 1; bits != 0; bits &= bits - 1) {
                    int from = to + Integer.lowestOneBit(bits) * row;
                    sum = sum.lanewise(XOR, ByteVector.fromArray(BYTES, work, from + w));
                }
                sum.intoArray(work, to + w);
            }
        }
    }

    @Override
    public void add(byte[] work, int to, int from, int length) {
        for (int i = 0; i < length; i += STEP) {
            ByteVector.fromArray(BYTES, work, to + i)
                    .lanewise(XOR, ByteVector.fromArray(BYTES, work, from + i))
                    .intoArray(work, to + i);
        }
    }

    @Override
    public void addProducts(byte[] work, int to, int from, int rows, int width, int constant) {
        if (constant == 0) {
            return;
        }
        if (constant == 1) {
            add(work, to, from, rows * 2 * width);
            return;
        }
        multiply(work, to, from, rows, width, constant, true);
    }

    @Override
    public void product(byte[] work, int to, int from, int width, int constant) {
        multiply(work, to, from, 1, width, constant, false);
    }

    /** For constants of all kinds, whose lookups are made here. */
    private static void multiply(
            byte[] work, int to, int from, int rows, int width, int constant, boolean adding) {
        ByteVector low0 = ByteVector.zero(BYTES);
        ByteVector high0 = ByteVector.zero(BYTES);
        ByteVector low1 = ByteVector.zero(BYTES);
        ByteVector high1 = ByteVector.zero(BYTES);
        ByteVector low2 = ByteVector.zero(BYTES);
        ByteVector high2 = ByteVector.zero(BYTES);
        ByteVector low3 = ByteVector.zero(BYTES);
        ByteVector high3 = ByteVector.zero(BYTES);
        int product0 = BinaryField.multiply(constant, 1 << 0);
        low0 = low0.lanewise(XOR, (byte) product0, BIT0);
        high0 = high0.lanewise(XOR, (byte) (product0 >>> 8), BIT0);
        int product1 = BinaryField.multiply(constant, 1 << 1);
        low0 = low0.lanewise(XOR, (byte) product1, BIT1);
        high0 = high0.lanewise(XOR, (byte) (product1 >>> 8), BIT1);
        int product2 = BinaryField.multiply(constant, 1 << 2);
        low0 = low0.lanewise(XOR, (byte) product2, BIT2);
        high0 = high0.lanewise(XOR, (byte) (product2 >>> 8), BIT2);
        int product3 = BinaryField.multiply(constant, 1 << 3);
        low0 = low0.lanewise(XOR, (byte) product3, BIT3);
        high0 = high0.lanewise(XOR, (byte) (product3 >>> 8), BIT3);
        int product4 = BinaryField.multiply(constant, 1 << 4);
        low1 = low1.lanewise(XOR, (byte) product4, BIT0);
        high1 = high1.lanewise(XOR, (byte) (product4 >>> 8), BIT0);
        int product5 = BinaryField.multiply(constant, 1 << 5);
        low1 = low1.lanewise(XOR, (byte) product5, BIT1);
        high1 = high1.lanewise(XOR, (byte) (product5 >>> 8), BIT1);
        int product6 = BinaryField.multiply(constant, 1 << 6);
        low1 = low1.lanewise(XOR, (byte) product6, BIT2);
        high1 = high1.lanewise(XOR, (byte) (product6 >>> 8), BIT2);
        int product7 = BinaryField.multiply(constant, 1 << 7);
        low1 = low1.lanewise(XOR, (byte) product7, BIT3);
        high1 = high1.lanewise(XOR, (byte) (product7 >>> 8), BIT3);
        int product8 = BinaryField.multiply(constant, 1 << 8);
        low2 = low2.lanewise(XOR, (byte) product8, BIT0);
        high2 = high2.lanewise(XOR, (byte) (product8 >>> 8), BIT0);
        int product9 = BinaryField.multiply(constant, 1 << 9);
        low2 = low2.lanewise(XOR, (byte) product9, BIT1);
        high2 = high2.lanewise(XOR, (byte) (product9 >>> 8), BIT1);
        int product10 = BinaryField.multiply(constant, 1 << 10);
        low2 = low2.lanewise(XOR, (byte) product10, BIT2);
        high2 = high2.lanewise(XOR, (byte) (product10 >>> 8), BIT2);
        int product11 = BinaryField.multiply(constant, 1 << 11);
        low2 = low2.lanewise(XOR, (byte) product11, BIT3);
        high2 = high2.lanewise(XOR, (byte) (product11 >>> 8), BIT3);
        int product12 = BinaryField.multiply(constant, 1 << 12);
        low3 = low3.lanewise(XOR, (byte) product12, BIT0);
        high3 = high3.lanewise(XOR, (byte) (product12 >>> 8), BIT0);
        int product13 = BinaryField.multiply(constant, 1 << 13);
        low3 = low3.lanewise(XOR, (byte) product13, BIT1);
        high3 = high3.lanewise(XOR, (byte) (product13 >>> 8), BIT1);
        int product14 = BinaryField.multiply(constant, 1 << 14);
        low3 = low3.lanewise(XOR, (byte) product14, BIT2);
        high3 = high3.lanewise(XOR, (byte) (product14 >>> 8), BIT2);
        int product15 = BinaryField.multiply(constant, 1 << 15);
        low3 = low3.lanewise(XOR, (byte) product15, BIT3);
        high3 = high3.lanewise(XOR, (byte) (product15 >>> 8), BIT3);
        for (int i = 0; i < rows; i++) {
            int at = from + i * 2 * width;
            int target = to + i * 2 * width;
            for (int w = 0; w < width; w += STEP) {
                ByteVector yLow = ByteVector.fromArray(BYTES, work, at + w);
                ByteVector yHigh = ByteVector.fromArray(BYTES, work, at + width + w);
                ByteVector digit1 =
                        yLow.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
                ByteVector digit3 =
                        yHigh.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
                ByteVector low =
                        yLow.selectFrom(low0)
                                .lanewise(XOR, digit1.selectFrom(low1))
                                .lanewise(XOR, yHigh.selectFrom(low2))
                                .lanewise(XOR, digit3.selectFrom(low3));
                ByteVector high =
                        yLow.selectFrom(high0)
                                .lanewise(XOR, digit1.selectFrom(high1))
                                .lanewise(XOR, yHigh.selectFrom(high2))
                                .lanewise(XOR, digit3.selectFrom(high3));
                if (adding) {
                    low = low.lanewise(XOR, ByteVector.fromArray(BYTES, work, target + w));
                    high =
                            high.lanewise(
                                    XOR, ByteVector.fromArray(BYTES, work, target + width + w));
                }
                low.intoArray(work, target + w);
                high.intoArray(work, target + width + w);
            }
        }
    }

    @Override
    public void spread(byte[] in, int offset, int words, byte[] work, int at, int width) {
        int w = 0;
        for (; w + STEP <= words; w += STEP) {
            ByteVector first = ByteVector.fromArray(BYTES, in, offset + 2 * w);
            ByteVector second = ByteVector.fromArray(BYTES, in, offset + 2 * w + STEP);
            ByteVector evens = first.rearrange(EVENS_FIRST);
            ByteVector odds = second.rearrange(ODDS_FIRST);
            // The upper half of the first and the lower half of the second change places.
            evens.blend(odds, UPPER_HALF).intoArray(work, at + w);
            evens.rearrange(SWAP_HALVES)
                    .blend(odds.rearrange(SWAP_HALVES), UPPER_HALF)
                    .intoArray(work, at + width + w);
        }
        for (; w < words; w++) {
            work[at + w] = in[offset + 2 * w];
            work[at + width + w] = in[offset + 2 * w + 1];
        }
        Arrays.fill(work, at + w, at + width, (byte) 0);
        Arrays.fill(work, at + width + w, at + 2 * width, (byte) 0);
    }

    @Override
    public void gather(byte[] work, int at, int width, byte[] out, int offset, int words) {
        int w = 0;
        for (; w + STEP <= words; w += STEP) {
            ByteVector low = ByteVector.fromArray(BYTES, work, at + w);
            ByteVector high = ByteVector.fromArray(BYTES, work, at + width + w);
            low.blend(high.rearrange(SWAP_HALVES), UPPER_HALF)
                    .rearrange(INTERLEAVE)
                    .intoArray(out, offset + 2 * w);
            low.rearrange(SWAP_HALVES)
                    .blend(high, UPPER_HALF)
                    .rearrange(INTERLEAVE)
                    .intoArray(out, offset + 2 * w + STEP);
        }
        for (; w < words; w++) {
            out[offset + 2 * w] = work[at + w];
            out[offset + 2 * w + 1] = work[at + width + w];
        }
    }
}
