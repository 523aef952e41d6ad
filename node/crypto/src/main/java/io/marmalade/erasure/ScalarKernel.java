package io.marmalade.erasure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Row arithmetic in plain Java: a product is two lookups, by low and by high octet. */
final class ScalarKernel implements TransformKernel {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /**
     * Tables of 512 products for the constants that transforms use; racing threads make equal ones.
     */
    private final char[][] tables = new char[2048][];

    @Override
    public void inverse(byte[] work, int at, int size, int used, int offset, int width) {
        for (int distance = 1, layer = 0; distance < size; distance <<= 1, layer++) {
            int step = distance * 2 * width;
            for (int group = 0; group < used; group += 2 * distance) {
                int constant = (offset + group) >> layer;
                int first = at + group * 2 * width;
                add(work, first + step, first, step);
                addProducts(work, first, first + step, distance, width, constant);
            }
        }
    }

    @Override
    public void forward(byte[] work, int at, int size, int wanted, int offset, int width) {
        int layer = Integer.numberOfTrailingZeros(size);
        for (int distance = size >> 1; distance > 0; distance >>= 1) {
            layer--;
            int step = distance * 2 * width;
            for (int group = 0; group < wanted; group += 2 * distance) {
                int constant = (offset + group) >> layer;
                int first = at + group * 2 * width;
                addProducts(work, first, first + step, distance, width, constant);
                add(work, first + step, first, step);
            }
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
        char[] table = table(constant);
        for (int row = 0; row < rows; row++) {
            addProduct(work, to + row * 2 * width, from + row * 2 * width, width, table);
        }
    }

    @Override
    public void derive(byte[] work, int at, int size, int width) {
        for (int row = 0; row < size; row++) {
            int to = at + row * 2 * width;
            // A row depends on later ones only, so those are still as they were.
            boolean set = false;
            for (int bit = 1; bit < size; bit <<= 1) {
                if ((row & bit) == 0) {
                    int from = at + (row | bit) * 2 * width;
                    if (set) {
                        add(work, to, from, 2 * width);
                    } else {
                        System.arraycopy(work, from, work, to, 2 * width);
                        set = true;
                    }
                }
            }
            if (!set) {
                Arrays.fill(work, to, to + 2 * width, (byte) 0);
            }
        }
    }

    @Override
    public void add(byte[] work, int to, int from, int length) {
        for (int i = 0; i < length; i += 8) {
            LONGS.set(
                    work,
                    to + i,
                    (long) LONGS.get(work, to + i) ^ (long) LONGS.get(work, from + i));
        }
    }

    private static void addProduct(byte[] work, int to, int from, int width, char[] table) {
        for (int i = 0; i < width; i++) {
            int product =
                    table[work[from + i] & 0xff] ^ table[256 + (work[from + width + i] & 0xff)];
            work[to + i] ^= (byte) product;
            work[to + width + i] ^= (byte) (product >>> 8);
        }
    }

    @Override
    public void product(byte[] work, int to, int from, int width, int constant) {
        // Constants of this are of all kinds and seldom used twice, so a table would not pay.
        for (int i = 0; i < width; i++) {
            int word = (work[from + i] & 0xff) | (work[from + width + i] & 0xff) << 8;
            int product = BinaryField.multiply(word, constant);
            work[to + i] = (byte) product;
            work[to + width + i] = (byte) (product >>> 8);
        }
    }

    @Override
    public void spread(byte[] in, int offset, int words, byte[] work, int at, int width) {
        for (int i = 0; i < words; i++) {
            work[at + i] = in[offset + 2 * i];
            work[at + width + i] = in[offset + 2 * i + 1];
        }
        Arrays.fill(work, at + words, at + width, (byte) 0);
        Arrays.fill(work, at + width + words, at + 2 * width, (byte) 0);
    }

    @Override
    public void gather(byte[] work, int at, int width, byte[] out, int offset, int words) {
        for (int i = 0; i < words; i++) {
            out[offset + 2 * i] = work[at + i];
            out[offset + 2 * i + 1] = work[at + width + i];
        }
    }

    private char[] table(int constant) {
        if (constant >= tables.length) {
            return products(constant);
        }
        char[] table = tables[constant];
        if (table == null) {
            table = products(constant);
            tables[constant] = table;
        }
        return table;
    }

    private static char[] products(int constant) {
        char[] table = new char[512];
        for (int bit = 0; bit < 16; bit++) {
            int base = bit < 8 ? 0 : 256;
            int span = 1 << (bit & 7);
            int product = BinaryField.multiply(constant, 1 << bit);
            for (int i = 0; i < span; i++) {
                table[base + span + i] = (char) (table[base + i] ^ product);
            }
        }
        return table;
    }
}
