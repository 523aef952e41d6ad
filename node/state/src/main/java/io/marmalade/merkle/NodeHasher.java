package io.marmalade.merkle;

import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.merkle.Node.Branch;
import io.marmalade.merkle.Node.Leaf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the new nodes of a trie and hashes them: leaves first, then branches from the deepest level
 * up, so that each level is hashed in batches of independent 64-octet messages. Not thread-safe.
 */
final class NodeHasher {
    /** Nodes a batch: their octets and hashes stay in the first-level cache. */
    private static final int BATCH = 128;

    private final byte[] messages = new byte[BATCH * Blake2b.NODE_SIZE];
    private final byte[] hashes = new byte[BATCH * Hash.SIZE];
    private final Node[] batch = new Node[BATCH];
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<List<Branch>> branches = new ArrayList<>();
    private int batched;

    /** Takes in a leaf; one that has its hash is left alone. */
    Leaf leaf(Leaf leaf) {
        if (!leaf.isHashed()) {
            leaves.add(leaf);
        }
        return leaf;
    }

    /** Returns a new branch at a depth; its children were made before, or are here already. */
    Branch branch(@Nullable Node left, @Nullable Node right, int depth) {
        Branch branch = new Branch(left, right);
        while (branches.size() <= depth) {
            branches.add(new ArrayList<>());
        }
        branches.get(depth).add(branch);
        return branch;
    }

    /** Hashes all nodes made so far that have no hash yet. */
    void hash() {
        for (Leaf leaf : leaves) {
            leaf.write(messages, batched * Blake2b.NODE_SIZE, NodeHasher::hashValue);
            add(leaf);
        }
        flush();
        leaves.clear();
        for (List<Branch> level : branches.reversed()) {
            for (Branch branch : level) {
                branch.write(messages, batched * Blake2b.NODE_SIZE);
                add(branch);
            }
            flush();
            level.clear();
        }
    }

    private void add(Node node) {
        batch[batched++] = node;
        if (batched == BATCH) {
            flush();
        }
    }

    private void flush() {
        Blake2b.hash64Batch(messages, batched, hashes);
        for (int i = 0; i < batched; i++) {
            batch[i].setHash(hashes, i * Hash.SIZE);
        }
        batched = 0;
    }

    private static void hashValue(byte[] value, byte[] out, int offset) {
        Blake2b.hashInto(value, 0, value.length, out, offset);
    }
}
