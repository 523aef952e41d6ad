package io.marmalade.crypto.hash;

import io.marmalade.base.Hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Blake2b-256 of a message that arrives in parts. After {@link #finish} the hasher is as new and
 * may be used again. Not for several threads at once.
 */
public final class Blake2bHasher {
    private static final int BLOCK = 128;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] scratch = new long[Blake2bCompression.SCRATCH_WORDS];
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private long compressed;

    /** Creates a hasher that has seen nothing yet. */
    public Blake2bHasher() {
        Blake2bCompression.start(scratch);
    }

    /** Takes all of an array as the next part of the message. */
    public Blake2bHasher update(byte[] part) {
        return update(part, 0, part.length);
    }

    /** Takes one octet, given by its lowest eight bits, as the next part of the message. */
    public Blake2bHasher update(int octet) {
        if (filled == BLOCK) {
            compressBlock();
        }
        block[filled++] = (byte) octet;
        return this;
    }

    /**
     * Takes a range of an array as the next part of the message.
     *
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public Blake2bHasher update(byte[] part, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, part.length);
        int at = offset;
        int left = length;
        // The last block is compressed by finish() only, hence a full one waits until more comes.
        if (left > BLOCK - filled) {
            if (filled > 0) {
                int fits = BLOCK - filled;
                System.arraycopy(part, at, block, filled, fits);
                filled = BLOCK;
                compressBlock();
                at += fits;
                left -= fits;
            }
            while (left > BLOCK) {
                load(part, at);
                compressed += BLOCK;
                Blake2bCompression.compress(scratch, compressed, 0);
                at += BLOCK;
                left -= BLOCK;
            }
        }
        System.arraycopy(part, at, block, filled, left);
        filled += left;
        return this;
    }

    /** Returns the hash of all parts, and starts anew. */
    public Hash finish() {
        byte[] out = new byte[Hash.SIZE];
        finishInto(out, 0);
        return Hash.of(out);
    }

    /**
     * Writes the hash of all parts, 32 octets, and starts anew.
     *
     * @throws IndexOutOfBoundsException if the array has no room for it
     */
    public void finishInto(byte[] out, int offset) {
        Objects.checkFromIndexSize(offset, Hash.SIZE, out.length);
        Arrays.fill(block, filled, BLOCK, (byte) 0);
        load(block, 0);
        Blake2bCompression.compress(scratch, compressed + filled, -1L);
        for (int i = 0; i < 4; i++) {
            LONGS.set(out, offset + 8 * i, scratch[i]);
        }
        Blake2bCompression.start(scratch);
        filled = 0;
        compressed = 0;
    }

    /** Hashes one message; the hasher must be new or finished, and is so again afterwards. */
    void hashInto(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        long[] s = scratch;
        int at = inOffset;
        int left = length;
        long counter = 0;
        while (left > BLOCK) {
            load(in, at);
            counter += BLOCK;
            Blake2bCompression.compress(s, counter, 0);
            at += BLOCK;
            left -= BLOCK;
        }
        loadLast(in, at, left);
        Blake2bCompression.compress(s, counter + left, -1L);
        LONGS.set(out, outOffset, s[0]);
        LONGS.set(out, outOffset + 8, s[1]);
        LONGS.set(out, outOffset + 16, s[2]);
        LONGS.set(out, outOffset + 24, s[3]);
        Blake2bCompression.start(s);
    }

    /**
     * Hashes a message of 64 octets; the hasher must be new or finished, and is so again
     * afterwards.
     */
    void hash64(byte[] in, int inOffset, byte[] out, int outOffset) {
        Blake2bCompression.hash64(scratch, in, inOffset, out, outOffset);
    }

    private void compressBlock() {
        load(block, 0);
        compressed += BLOCK;
        Blake2bCompression.compress(scratch, compressed, 0);
        filled = 0;
    }

    private void load(byte[] in, int at) {
        long[] s = scratch;
        for (int i = 0; i < 16; i++) {
            s[Blake2bCompression.MESSAGE + i] = (long) LONGS.get(in, at + 8 * i);
        }
    }

    private void loadLast(byte[] in, int at, int length) {
        long[] s = scratch;
        int words = length >>> 3;
        for (int i = 0; i < words; i++) {
            s[Blake2bCompression.MESSAGE + i] = (long) LONGS.get(in, at + 8 * i);
        }
        if (words < 16) {
            long word = 0;
            for (int i = length - 1; i >= 8 * words; i--) {
                word = word << 8 | (in[at + i] & 0xff);
            }
            s[Blake2bCompression.MESSAGE + words] = word;
            for (int i = words + 1; i < 16; i++) {
                s[Blake2bCompression.MESSAGE + i] = 0;
            }
        }
    }
}
