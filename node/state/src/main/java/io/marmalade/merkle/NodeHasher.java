package io.marmalade.merkle;

import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.merkle.Node.Branch;
import io.marmalade.merkle.Node.Leaf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the new nodes of a trie and hashes them: leaves first, then branches from the deepest level
 * up, so that each level is hashed in batches of independent 64-octet messages. Not thread-safe.
 */
final class NodeHasher {
    /** Nodes a batch: their octets stay in the first-level cache. */
    private static final int BATCH = 128;

    private final byte[] messages = new byte[BATCH * Blake2b.NODE_SIZE];
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<List<Branch>> branches = new ArrayList<>();

    /** The hashes of the leaves, by their places. */
    private byte[] leafHashes = new byte[0];

    /** The hashes of leaves that have moved; their places are counted down from -1. */
    private byte[] movedHashes = new byte[0];

    private int moved;

    /** The hashes of the branches of the level before, by their places. */
    private byte[] below = new byte[0];

    private byte[] level = new byte[0];

    /** Takes in a new leaf. */
    void leaf(Leaf leaf) {
        leaf.place = leaves.size();
        leaves.add(leaf);
    }

    /** Returns a leaf like one that is the left or right child of a branch and moves. */
    Leaf moved(Leaf leaf, Branch from) {
        int offset = nextMoved();
        if (leaf == from.left) {
            from.writeLeftHash(movedHashes, offset);
        } else {
            from.writeRightHash(movedHashes, offset);
        }
        return copyOf(leaf);
    }

    /** Returns a leaf like one whose hash is known, and which moves. */
    Leaf moved(Leaf leaf, Hash hash) {
        int offset = nextMoved();
        System.arraycopy(hash.octets(), 0, movedHashes, offset, Hash.SIZE);
        return copyOf(leaf);
    }

    private int nextMoved() {
        int offset = moved++ * Hash.SIZE;
        if (offset == movedHashes.length) {
            movedHashes = Arrays.copyOf(movedHashes, 2 * offset + Hash.SIZE);
        }
        return offset;
    }

    private Leaf copyOf(Leaf leaf) {
        Leaf copy = new Leaf(leaf);
        copy.place = -moved;
        return copy;
    }

    /**
     * Returns a new branch at a depth.
     *
     * @param left made by this hasher, or the left child of the branch before
     * @param right likewise
     */
    Branch branch(@Nullable Node left, @Nullable Node right, int depth, @Nullable Branch before) {
        Branch branch = new Branch(left, right);
        if (before != null && left == before.left) {
            branch.copyLeftHash(before);
        }
        if (before != null && right == before.right) {
            branch.copyRightHash(before);
        }
        while (branches.size() <= depth) {
            branches.add(new ArrayList<>());
        }
        List<Branch> same = branches.get(depth);
        branch.place = same.size();
        same.add(branch);
        return branch;
    }

    /** Hashes all nodes made so far, and returns the hash of the one above all others. */
    Hash hash(@Nullable Node top) {
        hashLeaves();
        for (List<Branch> branchesOfLevel : branches.reversed()) {
            if (!branchesOfLevel.isEmpty()) {
                hashLevel(branchesOfLevel);
                branchesOfLevel.clear();
            }
        }
        Hash hash =
                switch (top) {
                    case null -> Hash.ZERO;
                    case Leaf leaf when leaf.place < 0 ->
                            hashAt(movedHashes, ~leaf.place * Hash.SIZE);
                    case Leaf leaf -> hashAt(leafHashes, leaf.place * Hash.SIZE);
                    case Branch branch -> hashAt(below, branch.place * Hash.SIZE);
                };
        moved = 0;
        return hash;
    }

    private static Hash hashAt(byte[] hashes, int offset) {
        return Hash.of(Arrays.copyOfRange(hashes, offset, offset + Hash.SIZE));
    }

    private void hashLeaves() {
        int count = leaves.size();
        leafHashes = withRoom(leafHashes, count);
        for (int done = 0; done < count; done += BATCH) {
            int size = Math.min(BATCH, count - done);
            for (int i = 0; i < size; i++) {
                leaves.get(done + i).write(messages, i * Blake2b.NODE_SIZE, NodeHasher::hashValue);
            }
            Blake2b.hash64Batch(messages, 0, size, leafHashes, done * Hash.SIZE);
        }
        leaves.clear();
    }

    private void hashLevel(List<Branch> branchesOfLevel) {
        int count = branchesOfLevel.size();
        level = withRoom(level, count);
        for (int done = 0; done < count; done += BATCH) {
            int size = Math.min(BATCH, count - done);
            for (int i = 0; i < size; i++) {
                Branch branch = branchesOfLevel.get(done + i);
                Node left = branch.left;
                if (left != null && branch.lacksLeftHash()) {
                    branch.setLeftHash(hashesOf(left), offsetOf(left));
                }
                Node right = branch.right;
                if (right != null && branch.lacksRightHash()) {
                    branch.setRightHash(hashesOf(right), offsetOf(right));
                }
                branch.write(messages, i * Blake2b.NODE_SIZE);
            }
            Blake2b.hash64Batch(messages, 0, size, level, done * Hash.SIZE);
        }
        byte[] hashed = level;
        level = below;
        below = hashed;
    }

    private byte[] hashesOf(Node child) {
        return child instanceof Branch ? below : child.place < 0 ? movedHashes : leafHashes;
    }

    private static int offsetOf(Node child) {
        return (child.place < 0 ? ~child.place : child.place) * Hash.SIZE;
    }

    private static byte[] withRoom(byte[] hashes, int count) {
        int needed = Math.multiplyExact(count, Hash.SIZE);
        return needed <= hashes.length ? hashes : new byte[Math.max(needed, 2 * hashes.length)];
    }

    private static void hashValue(byte[] value, byte[] out, int offset) {
        Blake2b.hashInto(value, 0, value.length, out, offset);
    }
}
