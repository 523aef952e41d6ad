package io.marmalade.crypto.hash;

import io.marmalade.base.Hash;
import io.marmalade.crypto.backend.Tiered;

import java.util.Objects;

/**
 * Blake2b with 32 octets of output and no key: the paper's ℋ. All methods may be called from any
 * thread and keep nothing of what they are given.
 *
 * @gp sec:notation
 */
public final class Blake2b {
    /** The octets of a node of the state trie, the message size with a path of its own. */
    public static final int NODE_SIZE = 64;

    private static final ThreadLocal<Blake2bHasher> HASHER =
            ThreadLocal.withInitial(Blake2bHasher::new);

    /** The messages of a sample by which implementations are compared. */
    private static final int SAMPLE = 64;

    /**
     * What a process hashes in batches before vectors are warmed up: that of some hundred blocks.
     */
    private static final long THRESHOLD = 100_000;

    private static final Tiered<Blake2bBatch> BATCH =
            new Tiered<>(
                    "blake2b",
                    new PlainBlake2bBatch(),
                    () -> new VectorBlake2bBatch(),
                    new Sample(),
                    THRESHOLD);

    private Blake2b() {}

    /** Returns the hash of a message. */
    public static Hash hash(byte[] message) {
        byte[] out = new byte[Hash.SIZE];
        hashInto(message, 0, message.length, out, 0);
        return Hash.of(out);
    }

    /**
     * Returns the hash of a range of an array.
     *
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public static Hash hash(byte[] in, int offset, int length) {
        byte[] out = new byte[Hash.SIZE];
        hashInto(in, offset, length, out, 0);
        return Hash.of(out);
    }

    /** Returns the hash of the concatenation of several parts. */
    public static Hash hash(byte[] first, byte[] second, byte[]... more) {
        Blake2bHasher hasher = HASHER.get();
        hasher.update(first).update(second);
        for (byte[] part : more) {
            hasher.update(part);
        }
        return hasher.finish();
    }

    /**
     * Writes the hash of a range of an array, 32 octets; allocates nothing. Output may overlap
     * input.
     *
     * @throws IndexOutOfBoundsException if a range is not within its array
     */
    public static void hashInto(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(inOffset, length, in.length);
        Objects.checkFromIndexSize(outOffset, Hash.SIZE, out.length);
        hashUnchecked(in, inOffset, length, out, outOffset);
    }

    /** As {@link #hashInto}, for ranges that are known to be right. */
    static void hashUnchecked(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Blake2bHasher hasher = HASHER.get();
        if (length == NODE_SIZE) {
            hasher.hash64(in, inOffset, out, outOffset);
        } else {
            hasher.hashInto(in, inOffset, length, out, outOffset);
        }
    }

    /**
     * Hashes the nodes of a trie level: {@code count} messages of 64 octets, one behind the other
     * from the beginning of {@code nodes}; their hashes of 32 octets go one behind the other to the
     * beginning of {@code out}, which must be another array.
     *
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void hash64Batch(byte[] nodes, int count, byte[] out) {
        hash64Batch(nodes, 0, count, out, 0);
    }

    /**
     * As {@link #hash64Batch(byte[], int, byte[])}, from and to given offsets.
     *
     * @throws IndexOutOfBoundsException if a range is not within its array
     */
    public static void hash64Batch(
            byte[] nodes, int nodesOffset, int count, byte[] out, int outOffset) {
        hashBatch(nodes, nodesOffset, NODE_SIZE, NODE_SIZE, count, out, outOffset);
    }

    /**
     * Hashes many messages of one length at once, which takes a fraction of the time that one after
     * the other takes; allocates nothing.
     *
     * @param in where message i is, at {@code inOffset + i · stride}
     * @param stride not negative
     * @param length of each message
     * @param count how many messages
     * @param out another array, in which the hashes of 32 octets go one behind the other from
     *     {@code outOffset} on
     * @throws IndexOutOfBoundsException if a range is not within its array
     */
    public static void hashBatch(
            byte[] in, int inOffset, int stride, int length, int count, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(outOffset, Math.multiplyExact(count, Hash.SIZE), out.length);
        if (count == 0) {
            return;
        }
        int last = Math.addExact(inOffset, Math.multiplyExact(stride, count - 1));
        Objects.checkFromIndexSize(inOffset, length, in.length);
        Objects.checkFromIndexSize(last, length, in.length);
        if (count < 3) {
            for (int i = 0; i < count; i++) {
                hashUnchecked(in, inOffset + i * stride, length, out, outOffset + i * Hash.SIZE);
            }
            return;
        }
        BATCH.forWork(count).hash(in, inOffset, stride, length, count, out, outOffset);
    }

    private static final class Sample implements Tiered.Trial<Blake2bBatch> {
        private final byte[] nodes = new byte[SAMPLE * NODE_SIZE];
        private final byte[] hashes = new byte[SAMPLE * Hash.SIZE];

        @Override
        public void run(Blake2bBatch implementation) {
            implementation.hash(nodes, 0, NODE_SIZE, NODE_SIZE, SAMPLE, hashes, 0);
        }
    }
}
