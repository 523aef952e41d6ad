package io.marmalade.merkle;

import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.merkle.Node.Branch;
import io.marmalade.merkle.Node.Leaf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the nodes of a trie that have no hash yet, level by level from the leaves up, so that each level is hashed in
 * batches of independent 64-octet messages. Not thread-safe.
 */
final class NodeHasher {
    /** Nodes a batch: their octets and hashes stay in the first-level cache. */
    private static final int BATCH = 128;

    private final byte[] messages = new byte[BATCH * Blake2b.NODE_SIZE];
    private final byte[] hashes = new byte[BATCH * Hash.SIZE];
    private final Node[] batch = new Node[BATCH];
    private final List<List<Node>> levels = new ArrayList<>();
    private int batched;

    /** Makes sure that a node and all below it have their hash. */
    void hash(@Nullable Node node) {
        if (node == null || node.isHashed()) {
            return;
        }
        collect(node);
        for (List<Node> level : levels) {
            for (Node each : level) {
                add(each);
            }
            flush();
            level.clear();
        }
    }

    /** Puts unhashed nodes into levels, and returns the level above that of the node given. */
    private int collect(@Nullable Node node) {
        if (node == null || node.isHashed()) {
            return 0;
        }
        int level =
                switch (node) {
                    case Leaf leaf -> 0;
                    case Branch branch -> Math.max(collect(branch.left), collect(branch.right));
                };
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        levels.get(level).add(node);
        return level + 1;
    }

    private void add(Node node) {
        int offset = batched * Blake2b.NODE_SIZE;
        switch (node) {
            case Leaf leaf -> leaf.write(messages, offset, NodeHasher::hashValue);
            case Branch branch -> branch.write(messages, offset);
        }
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
