package io.marmalade.invocation.refine;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.crypto.tree.MerkleTree;

import java.util.ArrayList;
import java.util.List;

/**
 * The constant-depth tree over exported segments, with all its nodes at hand: what proves each page
 * of it costs no more than a look. {@link MerkleTree} does the same from scratch each time.
 *
 * @gp eq:constantdepthmerkleroot
 */
public final class SegmentTree {
    private static final MerkleTree TREE = MerkleTree.BLAKE2B;

    private final int size;

    /** The nodes by level: the root first, the leaves last. */
    private final Hash[][] levels;

    /**
     * Hashes segments.
     *
     * @param segments any number of them
     */
    public SegmentTree(List<Bytes> segments) {
        size = segments.size();
        int depth = size <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
        levels = new Hash[depth + 1][];
        Hash[] leaves = new Hash[1 << depth];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = i < size ? TREE.leaf(segments.get(i)) : Hash.ZERO;
        }
        levels[depth] = leaves;
        for (int level = depth - 1; level >= 0; level--) {
            Hash[] below = levels[level + 1];
            Hash[] nodes = new Hash[1 << level];
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = TREE.fork(below[2 * i].octets(), below[2 * i + 1].octets());
            }
            levels[level] = nodes;
        }
    }

    /** Returns the segment root. */
    public Hash root() {
        return levels[0][0];
    }

    /**
     * Returns the path from the root to a page of 2^exponent leaves (J): the opposite node at each
     * fork.
     *
     * @param page below 2^exponent·page there must be a segment
     * @gp eq:constantdepthsubtreemerklejust
     */
    public List<Hash> path(int exponent, int page) {
        List<Hash> path = new ArrayList<>();
        int depth = levels.length - 1;
        for (int level = 1; level <= depth - exponent; level++) {
            path.add(levels[level][page >> (depth - exponent - level) ^ 1]);
        }
        return path;
    }

    /**
     * Returns the leaves of a page (L).
     *
     * @gp eq:constantdepthsubtreemerkleleafpage
     */
    public List<Hash> page(int exponent, int page) {
        Hash[] leaves = levels[levels.length - 1];
        int end = Math.min(page + 1 << exponent, size);
        return List.of(leaves).subList(page << exponent, end);
    }
}
