package io.marmalade.crypto.hash;

import static io.marmalade.crypto.hash.Blake2bLanesCompression.CHAIN;
import static io.marmalade.crypto.hash.Blake2bLanesCompression.LANES;
import static io.marmalade.crypto.hash.Blake2bLanesCompression.MESSAGE;
import static io.marmalade.crypto.hash.Blake2bLanesCompression.START;

import io.marmalade.base.Hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** As many messages at a time as a vector has lanes. */
final class VectorBlake2bBatch implements Blake2bBatch {
    private static final int BLOCK = 128;

    /** From how many messages on a group that is not full pays. */
    private static final int FEWEST = 3;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final ThreadLocal<long[]> SCRATCH =
            ThreadLocal.withInitial(Blake2bLanesCompression::scratch);

    @Override
    public void hash(
            byte[] in, int inOffset, int stride, int length, int count, byte[] out, int outOffset) {
        long[] s = SCRATCH.get();
        int done = 0;
        while (count - done >= FEWEST) {
            int lanes = Math.min(LANES, count - done);
            int from = inOffset + done * stride;
            int to = outOffset + done * Hash.SIZE;
            if (length == Blake2b.NODE_SIZE) {
                nodes(s, in, from, stride, lanes, out, to);
            } else {
                group(s, in, from, stride, length, lanes, out, to);
            }
            done += lanes;
        }
        for (; done < count; done++) {
            Blake2b.hashUnchecked(
                    in, inOffset + done * stride, length, out, outOffset + done * Hash.SIZE);
        }
    }

    /** The form for trie nodes. */
    private static void nodes(
            long[] s, byte[] in, int inOffset, int stride, int lanes, byte[] out, int outOffset) {
        Blake2bLanesCompression.limit(s, Blake2b.NODE_SIZE / 8);
        for (int lane = 0; lane < lanes; lane++) {
            loadNode(s, lane, in, inOffset + lane * stride);
        }
        Blake2bLanesCompression.compress(s, START, Blake2b.NODE_SIZE, -1L);
        store(s, lanes, out, outOffset);
    }

    private static void group(
            long[] s,
            byte[] in,
            int inOffset,
            int stride,
            int length,
            int lanes,
            byte[] out,
            int outOffset) {
        int chain = START;
        int at = 0;
        for (; length - at > BLOCK; at += BLOCK) {
            Blake2bLanesCompression.limit(s, 16);
            for (int lane = 0; lane < lanes; lane++) {
                load(s, lane, in, inOffset + lane * stride + at, 16);
            }
            Blake2bLanesCompression.compress(s, chain, at + BLOCK, 0);
            chain = CHAIN;
        }
        int rest = length - at;
        int words = rest >>> 3;
        Blake2bLanesCompression.limit(s, (rest + 7) >>> 3);
        for (int lane = 0; lane < lanes; lane++) {
            int from = inOffset + lane * stride + at;
            load(s, lane, in, from, words);
            if ((rest & 7) != 0) {
                long word = 0;
                for (int i = rest - 1; i >= 8 * words; i--) {
                    word = word << 8 | (in[from + i] & 0xff);
                }
                s[MESSAGE + words * LANES + lane] = word;
            }
        }
        Blake2bLanesCompression.compress(s, chain, length, -1L);
        store(s, lanes, out, outOffset);
    }

    private static void store(long[] s, int lanes, byte[] out, int outOffset) {
        for (int lane = 0; lane < lanes; lane++) {
            int to = outOffset + lane * Hash.SIZE;
            LONGS.set(out, to, s[lane]);
            LONGS.set(out, to + 8, s[LANES + lane]);
            LONGS.set(out, to + 16, s[2 * LANES + lane]);
            LONGS.set(out, to + 24, s[3 * LANES + lane]);
        }
    }

    private static void load(long[] s, int lane, byte[] in, int from, int words) {
        for (int i = 0; i < words; i++) {
            s[MESSAGE + i * LANES + lane] = (long) LONGS.get(in, from + 8 * i);
        }
    }

    /** As {@link #load} for eight words; without a loop it takes a fraction of the time. */
    private static void loadNode(long[] s, int lane, byte[] in, int from) {
        int to = MESSAGE + lane;
        s[to] = (long) LONGS.get(in, from);
        s[to + LANES] = (long) LONGS.get(in, from + 8);
        s[to + 2 * LANES] = (long) LONGS.get(in, from + 16);
        s[to + 3 * LANES] = (long) LONGS.get(in, from + 24);
        s[to + 4 * LANES] = (long) LONGS.get(in, from + 32);
        s[to + 5 * LANES] = (long) LONGS.get(in, from + 40);
        s[to + 6 * LANES] = (long) LONGS.get(in, from + 48);
        s[to + 7 * LANES] = (long) LONGS.get(in, from + 56);
    }
}
