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
 * change, but for their hash, which is set once, before the trie that a node was made for is handed
 * out.
 *
 * <p>Keys and hashes are kept as longs and not as arrays: a trie has millions of them, and an array
 * costs 16 octets more.
 */
abstract sealed class Node {
    static final VarHandle LITTLE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle BIG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    // The hash; four zeroes while there is none yet.
    long h0;
    long h1;
    long h2;
    long h3;

    final boolean isHashed() {
        return (h0 | h1 | h2 | h3) != 0;
    }

    final void setHash(byte[] hashes, int offset) {
        h0 = (long) LITTLE.get(hashes, offset);
        h1 = (long) LITTLE.get(hashes, offset + 8);
        h2 = (long) LITTLE.get(hashes, offset + 16);
        h3 = (long) LITTLE.get(hashes, offset + 24);
    }

    final Hash hash() {
        byte[] hash = new byte[Hash.SIZE];
        writeHash(hash, 0, -1L);
        return Hash.of(hash);
    }

    final boolean hasSameHash(Node other) {
        return h0 == other.h0 && h1 == other.h1 && h2 == other.h2 && h3 == other.h3;
    }

    private void writeHash(byte[] out, int offset, long firstMask) {
        LITTLE.set(out, offset, h0 & firstMask);
        LITTLE.set(out, offset + 8, h1);
        LITTLE.set(out, offset + 16, h2);
        LITTLE.set(out, offset + 24, h3);
    }

    /** Two tries: of the keys whose bit at this depth is 0, and of those where it is 1. */
    static final class Branch extends Node {
        /** Without the first bit of the left hash, which is what tells a branch from a leaf. */
        private static final long WITHOUT_FIRST_BIT = ~0x80L;

        final @Nullable Node left;
        final @Nullable Node right;

        Branch(@Nullable Node left, @Nullable Node right) {
            this.left = left;
            this.right = right;
        }

        /** Writes the 64 octets that the hash is of. */
        void write(byte[] out, int offset) {
            write(left, out, offset, WITHOUT_FIRST_BIT);
            write(right, out, offset + Hash.SIZE, -1L);
        }

        private static void write(@Nullable Node child, byte[] out, int offset, long firstMask) {
            if (child == null) {
                for (int i = 0; i < Hash.SIZE; i += 8) {
                    LITTLE.set(out, offset + i, 0L);
                }
            } else {
                child.writeHash(out, offset, firstMask);
            }
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
