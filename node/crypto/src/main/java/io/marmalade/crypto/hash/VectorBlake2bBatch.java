package io.marmalade.crypto.hash;

import static io.marmalade.crypto.hash.Blake2bLanesCompression.LANES;
import static io.marmalade.crypto.hash.Blake2bLanesCompression.MESSAGE;

import io.marmalade.base.Hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** As many messages at a time as a vector has lanes. */
final class VectorBlake2bBatch implements Blake2bBatch {
    private static final int BLOCK = 128;

    /** From how many messages on a group that is not full pays. */
    private static final int FEWEST = 3;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final ThreadLocal<long[]> SCRATCH =
            ThreadLocal.withInitial(() -> new long[Blake2bLanesCompression.SCRATCH_WORDS]);

    @Override
    public void hash(
            byte[] in, int inOffset, int stride, int length, int count, byte[] out, int outOffset) {
        long[] s = SCRATCH.get();
        int done = 0;
        while (count - done >= FEWEST) {
            int lanes = Math.min(LANES, count - done);
            group(
                    s,
                    in,
                    inOffset + done * stride,
                    stride,
                    length,
                    lanes,
                    out,
                    outOffset + done * Hash.SIZE);
            done += lanes;
        }
        for (; done < count; done++) {
            Blake2b.hashUnchecked(
                    in, inOffset + done * stride, length, out, outOffset + done * Hash.SIZE);
        }
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
        Arrays.fill(s, 0, LANES, Blake2bCompression.INITIAL0);
        Arrays.fill(s, LANES, 2 * LANES, Blake2bCompression.IV1);
        Arrays.fill(s, 2 * LANES, 3 * LANES, Blake2bCompression.IV2);
        Arrays.fill(s, 3 * LANES, 4 * LANES, Blake2bCompression.IV3);
        Arrays.fill(s, 4 * LANES, 5 * LANES, Blake2bCompression.IV4);
        Arrays.fill(s, 5 * LANES, 6 * LANES, Blake2bCompression.IV5);
        Arrays.fill(s, 6 * LANES, 7 * LANES, Blake2bCompression.IV6);
        Arrays.fill(s, 7 * LANES, 8 * LANES, Blake2bCompression.IV7);
        int at = 0;
        for (; length - at > BLOCK; at += BLOCK) {
            for (int lane = 0; lane < lanes; lane++) {
                load(s, lane, in, inOffset + lane * stride + at, 16);
            }
            Blake2bLanesCompression.compress(s, at + BLOCK, 0);
        }
        int rest = length - at;
        int words = rest >>> 3;
        Arrays.fill(s, (MESSAGE + words) * LANES, (MESSAGE + 16) * LANES, 0);
        for (int lane = 0; lane < lanes; lane++) {
            int from = inOffset + lane * stride + at;
            load(s, lane, in, from, words);
            if ((rest & 7) != 0) {
                long word = 0;
                for (int i = rest - 1; i >= 8 * words; i--) {
                    word = word << 8 | (in[from + i] & 0xff);
                }
                s[(MESSAGE + words) * LANES + lane] = word;
            }
        }
        Blake2bLanesCompression.compress(s, length, -1L);
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
            s[(MESSAGE + i) * LANES + lane] = (long) LONGS.get(in, from + 8 * i);
        }
    }
}
