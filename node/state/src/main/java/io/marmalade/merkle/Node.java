package io.marmalade.merkle;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A node of the trie; null stands for the empty trie. Nodes are shared between tries and never
 * change, but for what is set once, before the trie that a node was made for is handed out.
 *
 * <p>A node's hash stands in the branch above it: who hashes a branch again needs the hash of the
 * other child and not the child, which in a large trie is not in the cache. Keys and hashes are
 * kept as longs and not as arrays: a trie has millions of them, and an array costs 16 octets more.
 */
abstract sealed class Node {
    static final VarHandle LITTLE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle BIG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Where the hasher that makes this node has its hash; without meaning afterwards. */
    int place;

    /** Two tries: of the keys whose bit at this depth is 0, and of those where it is 1. */
    static final class Branch extends Node {
        /** Without the first bit of the left hash, which is what tells a branch from a leaf. */
        private static final long WITHOUT_FIRST_BIT = ~0x80L;

        final @Nullable Node left;
        final @Nullable Node right;

        // The children's hashes; four zeroes for a missing child, and while there is none yet.
        private long l0;
        private long l1;
        private long l2;
        private long l3;
        private long r0;
        private long r1;
        private long r2;
        private long r3;

        Branch(@Nullable Node left, @Nullable Node right) {
            this.left = left;
            this.right = right;
        }

        boolean lacksLeftHash() {
            return left != null && (l0 | l1 | l2 | l3) == 0;
        }

        boolean lacksRightHash() {
            return right != null && (r0 | r1 | r2 | r3) == 0;
        }

        void setLeftHash(byte[] hashes, int offset) {
            l0 = (long) LITTLE.get(hashes, offset);
            l1 = (long) LITTLE.get(hashes, offset + 8);
            l2 = (long) LITTLE.get(hashes, offset + 16);
            l3 = (long) LITTLE.get(hashes, offset + 24);
        }

        void setRightHash(byte[] hashes, int offset) {
            r0 = (long) LITTLE.get(hashes, offset);
            r1 = (long) LITTLE.get(hashes, offset + 8);
            r2 = (long) LITTLE.get(hashes, offset + 16);
            r3 = (long) LITTLE.get(hashes, offset + 24);
        }

        void copyLeftHash(Branch other) {
            l0 = other.l0;
            l1 = other.l1;
            l2 = other.l2;
            l3 = other.l3;
        }

        void copyRightHash(Branch other) {
            r0 = other.r0;
            r1 = other.r1;
            r2 = other.r2;
            r3 = other.r3;
        }

        void writeLeftHash(byte[] out, int offset) {
            writeLeftHash(out, offset, -1L);
        }

        private void writeLeftHash(byte[] out, int offset, long firstMask) {
            LITTLE.set(out, offset, l0 & firstMask);
            LITTLE.set(out, offset + 8, l1);
            LITTLE.set(out, offset + 16, l2);
            LITTLE.set(out, offset + 24, l3);
        }

        void writeRightHash(byte[] out, int offset) {
            LITTLE.set(out, offset, r0);
            LITTLE.set(out, offset + 8, r1);
            LITTLE.set(out, offset + 16, r2);
            LITTLE.set(out, offset + 24, r3);
        }

        boolean hasSameLeftHash(Branch other) {
            return l0 == other.l0 && l1 == other.l1 && l2 == other.l2 && l3 == other.l3;
        }

        boolean hasSameRightHash(Branch other) {
            return r0 == other.r0 && r1 == other.r1 && r2 == other.r2 && r3 == other.r3;
        }

        /** Reads as much as brings all of the branch into the cache. */
        long touch() {
            return l0;
        }

        /** Writes the 64 octets that the hash is of. */
        void write(byte[] out, int offset) {
            writeLeftHash(out, offset, WITHOUT_FIRST_BIT);
            writeRightHash(out, offset + Hash.SIZE);
        }
    }

    /** A key and its value. */
    static final class Leaf extends Node {
        /** The most octets of a value that stands in the leaf itself. */
        static final int MAX_EMBEDDED = 32;

        private static final int EMBEDDED = 0x80;
        private static final int REGULAR = 0xc0;

        // The key's bits, the first as the most significant; the last octet is zero.
        final long k0;
        final long k1;
        final long k2;
        final long k3;
        final Bytes value;

        Leaf(StateKey key, Bytes value) {
            byte[] octets = key.octets();
            this.k0 = (long) BIG.get(octets, 0);
            this.k1 = (long) BIG.get(octets, 8);
            this.k2 = (long) BIG.get(octets, 16);
            this.k3 = (long) BIG.get(octets, 23) << 8;
            this.value = value;
        }

        /** A leaf of the same key and value, for another trie. */
        Leaf(Leaf other) {
            this.k0 = other.k0;
            this.k1 = other.k1;
            this.k2 = other.k2;
            this.k3 = other.k3;
            this.value = other.value;
        }

        StateKey key() {
            byte[] key = new byte[StateKey.SIZE];
            BIG.set(key, 0, k0);
            BIG.set(key, 8, k1);
            BIG.set(key, 16, k2);
            for (int i = 24; i < StateKey.SIZE; i++) {
                key[i] = (byte) (k3 >>> (8 * (31 - i)));
            }
            return StateKey.of(key);
        }

        /** Returns the key's bit at a depth, 0..247. */
        boolean bit(int depth) {
            long word =
                    switch (depth >>> 6) {
                        case 0 -> k0;
                        case 1 -> k1;
                        case 2 -> k2;
                        default -> k3;
                    };
            return word << depth < 0;
        }

        boolean hasSameKey(Leaf other) {
            return k0 == other.k0 && k1 == other.k1 && k2 == other.k2 && k3 == other.k3;
        }

        /** Returns how many bits two different keys have in common before they part. */
        int commonBits(Leaf other) {
            if (k0 != other.k0) {
                return Long.numberOfLeadingZeros(k0 ^ other.k0);
            }
            if (k1 != other.k1) {
                return 64 + Long.numberOfLeadingZeros(k1 ^ other.k1);
            }
            if (k2 != other.k2) {
                return 128 + Long.numberOfLeadingZeros(k2 ^ other.k2);
            }
            return 192 + Long.numberOfLeadingZeros(k3 ^ other.k3);
        }

        int compareKey(Leaf other) {
            int order = Long.compareUnsigned(k0, other.k0);
            if (order == 0) {
                order = Long.compareUnsigned(k1, other.k1);
            }
            if (order == 0) {
                order = Long.compareUnsigned(k2, other.k2);
            }
            return order == 0 ? Long.compareUnsigned(k3, other.k3) : order;
        }

        /**
         * Writes the 64 octets that the hash is of.
         *
         * @param valueHash hashes a value that is too long to be embedded
         */
        void write(byte[] out, int offset, ValueHash valueHash) {
            byte[] octets = value.octets();
            boolean embedded = octets.length <= MAX_EMBEDDED;
            int head = embedded ? EMBEDDED | octets.length : REGULAR;
            BIG.set(out, offset, (long) head << 56 | k0 >>> 8);
            BIG.set(out, offset + 8, k0 << 56 | k1 >>> 8);
            BIG.set(out, offset + 16, k1 << 56 | k2 >>> 8);
            BIG.set(out, offset + 24, k2 << 56 | k3 >>> 8);
            if (embedded) {
                System.arraycopy(octets, 0, out, offset + 32, octets.length);
                for (int i = octets.length; i < MAX_EMBEDDED; i++) {
                    out[offset + 32 + i] = 0;
                }
            } else {
                valueHash.hash(octets, out, offset + 32);
            }
        }
    }

    /** Where the hash of a long value comes from. */
    @FunctionalInterface
    interface ValueHash {
        void hash(byte[] value, byte[] out, int offset);
    }
}
