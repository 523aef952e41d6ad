package io.marmalade.crypto.hash;

import io.marmalade.base.Hash;
import java.util.Objects;

/**
 * Blake2b with 32 octets of output and no key: the paper's ℋ. All methods may be called from any thread and keep
 * nothing of what they are given.
 *
 * @gp sec:notation
 */
public final class Blake2b {
    /** The octets of a node of the state trie, the message size with a path of its own. */
    public static final int NODE_SIZE = 64;

    private static final ThreadLocal<Blake2bHasher> HASHER =
            ThreadLocal.withInitial(Blake2bHasher::new);

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
     * Writes the hash of a range of an array, 32 octets; allocates nothing. Output may overlap input.
     *
     * @throws IndexOutOfBoundsException if a range is not within its array
     */
    public static void hashInto(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(inOffset, length, in.length);
        Objects.checkFromIndexSize(outOffset, Hash.SIZE, out.length);
        if (length == NODE_SIZE) {
            HASHER.get().hash64(in, inOffset, out, outOffset);
        } else {
            HASHER.get().hashInto(in, inOffset, length, out, outOffset);
        }
    }

    /**
     * Hashes the nodes of a trie level: {@code count} messages of 64 octets, one behind the other from the beginning of
     * {@code nodes}; their hashes of 32 octets go one behind the other to the beginning of {@code out}, which must be
     * another array.
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
        Objects.checkFromIndexSize(nodesOffset, Math.multiplyExact(count, NODE_SIZE), nodes.length);
        Objects.checkFromIndexSize(outOffset, Math.multiplyExact(count, Hash.SIZE), out.length);
        Blake2bHasher hasher = HASHER.get();
        for (int i = 0; i < count; i++) {
            hasher.hash64(
                    nodes, nodesOffset + i * NODE_SIZE, out, outOffset + i * Hash.SIZE);
        }
    }
}
