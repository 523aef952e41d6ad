package io.marmalade.crypto.tree;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.crypto.hash.Keccak;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The binary Merkle trees of the paper with one hash function: roots M_B and M, trace T, and the
 * subtree paths J_x and pages L_x.
 *
 * <p>Items are blobs of any size in M_B, but all of one size where a proof shall be checked by
 * others.
 *
 * @gp sec:merklization
 */
public final class MerkleTree {
    /** Trees by Blake2b, the paper's default. */
    public static final MerkleTree BLAKE2B = new MerkleTree(Blake2b::hash, Blake2b::hash);

    /** Trees by Keccak, as the accumulation log uses them. */
    public static final MerkleTree KECCAK = new MerkleTree(Keccak::hash, Keccak::hash);

    private static final byte[] NODE = "node".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LEAF = "leaf".getBytes(StandardCharsets.US_ASCII);

    private final One one;
    private final Parts parts;

    private MerkleTree(One one, Parts parts) {
        this.one = one;
        this.parts = parts;
    }

    /**
     * Returns the root of the well-balanced tree M_B: the zero hash of no items, the item's hash of
     * one.
     *
     * @gp eq:simplemerkleroot
     */
    public Hash wellBalancedRoot(List<Bytes> items) {
        return items.size() == 1
                ? one.hash(items.getFirst().octets())
                : Hash.of(node(octets(items), 0, items.size()));
    }

    /**
     * Returns the root of the constant-depth tree M.
     *
     * @gp eq:constantdepthmerkleroot
     */
    public Hash constantDepthRoot(List<Bytes> items) {
        byte[][] leaves = constantDepthLeaves(items);
        return Hash.of(node(leaves, 0, leaves.length));
    }

    /**
     * Returns the trace T of an item: the opposite node at each fork from the root to the item.
     *
     * @param index of the item, 0..size−1
     * @return one blob a fork: an item or the 32 octets of a hash
     * @throws IndexOutOfBoundsException if there is no such item
     * @gp eq:merklenode
     */
    public List<Bytes> trace(List<Bytes> items, int index) {
        return trace(octets(items), index);
    }

    /**
     * Returns J_x: the path from the root of the constant-depth tree to a page of leaves.
     *
     * @param exponent x, 0..30: a page has 2^x leaves
     * @param page the index of the page: below 2^x·page there must be an item, unless there are
     *     none
     * @return one hash a fork, from the root downwards
     * @throws IndexOutOfBoundsException if there is no such page
     * @gp eq:constantdepthsubtreemerklejust
     */
    public List<Hash> subtreePath(int exponent, List<Bytes> items, int page) {
        byte[][] leaves = constantDepthLeaves(items);
        int first = pageStart(exponent, items.size(), page);
        int depth = Integer.numberOfTrailingZeros(leaves.length);
        List<Bytes> trace = trace(leaves, first);
        List<Hash> path = new ArrayList<>();
        for (Bytes opposite : trace.subList(0, Math.max(0, depth - exponent))) {
            path.add(Hash.of(opposite.octets()));
        }
        return path;
    }

    /**
     * Returns L_x: the hashes of the items of one page, prefixed as the constant-depth tree does
     * it.
     *
     * @param exponent x, 0..30: a page has 2^x leaves, the last one maybe fewer
     * @param page the index of the page
     * @throws IndexOutOfBoundsException if there is no such page
     * @gp eq:constantdepthsubtreemerkleleafpage
     */
    public List<Hash> subtreePage(int exponent, List<Bytes> items, int page) {
        int first = pageStart(exponent, items.size(), page);
        int end = (int) Math.min(first + (1L << exponent), items.size());
        List<Hash> hashes = new ArrayList<>(end - first);
        for (Bytes item : items.subList(first, end)) {
            hashes.add(leaf(item));
        }
        return hashes;
    }

    /** Returns the hash of an item with the prefix that leaves of the constant-depth tree have. */
    public Hash leaf(Bytes item) {
        return parts.hash(LEAF, item.octets());
    }

    /** Returns the hash of a fork with two nodes below it. */
    public Hash fork(byte[] left, byte[] right) {
        return parts.hash(NODE, left, right);
    }

    /**
     * Returns the root that a path of {@link #subtreePath} and the leaves of its page lead to, for
     * a check against the root that is known.
     *
     * @param exponent x
     * @param pageLeaves the page as {@link #subtreePage} gives it; missing leaves of a last page
     *     are zero hashes
     * @param page the index of the page
     * @param path one hash a fork, from the root downwards
     * @throws IllegalArgumentException if the page has no or too many leaves
     */
    public Hash rootFromSubtree(int exponent, List<Hash> pageLeaves, int page, List<Hash> path) {
        int pageSize = 1 << exponent;
        if (pageLeaves.isEmpty() || pageLeaves.size() > pageSize) {
            throw new IllegalArgumentException("A page of " + pageLeaves.size() + " leaves");
        }
        // A tree smaller than a page is only as deep as its leaves need.
        int size = path.isEmpty() ? ceilingPowerOfTwo(pageLeaves.size()) : pageSize;
        byte[][] leaves = new byte[size][];
        for (int i = 0; i < size; i++) {
            leaves[i] = i < pageLeaves.size() ? pageLeaves.get(i).octets() : Hash.ZERO.octets();
        }
        byte[] node = node(leaves, 0, size);
        for (int i = 0; i < path.size(); i++) {
            byte[] opposite = path.get(path.size() - 1 - i).octets();
            boolean right = (page >>> i & 1) == 1;
            node = (right ? fork(opposite, node) : fork(node, opposite)).octets();
        }
        return Hash.of(node);
    }

    private static int pageStart(int exponent, int size, int page) {
        if (exponent < 0 || exponent > 30) {
            throw new IllegalArgumentException("A page of 2^" + exponent + " leaves");
        }
        long first = (long) page << exponent;
        if (page < 0 || first >= Math.max(1, size)) {
            throw new IndexOutOfBoundsException("Page " + page + " of " + size + " items");
        }
        return (int) first;
    }

    private byte[][] constantDepthLeaves(List<Bytes> items) {
        byte[][] leaves = new byte[ceilingPowerOfTwo(items.size())][];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = i < items.size() ? leaf(items.get(i)).octets() : Hash.ZERO.octets();
        }
        return leaves;
    }

    private static int ceilingPowerOfTwo(int size) {
        return size <= 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }

    private static byte[][] octets(List<Bytes> items) {
        byte[][] octets = new byte[items.size()][];
        Arrays.setAll(octets, i -> items.get(i).octets());
        return octets;
    }

    /** The node function N over items from..to−1. */
    private byte[] node(byte[][] items, int from, int to) {
        int size = to - from;
        if (size == 0) {
            return Hash.ZERO.octets();
        }
        if (size == 1) {
            return items[from];
        }
        int middle = from + (size + 1) / 2;
        return parts.hash(NODE, node(items, from, middle), node(items, middle, to)).octets();
    }

    private List<Bytes> trace(byte[][] items, int index) {
        if (items.length > 0 && (index < 0 || index >= items.length)) {
            throw new IndexOutOfBoundsException("Item " + index + " of " + items.length);
        }
        List<Bytes> opposites = new ArrayList<>();
        int from = 0;
        int to = items.length;
        while (to - from > 1) {
            int middle = from + (to - from + 1) / 2;
            if (index < middle) {
                opposites.add(Bytes.of(node(items, middle, to)));
                to = middle;
            } else {
                opposites.add(Bytes.of(node(items, from, middle)));
                from = middle;
            }
        }
        return opposites;
    }

    private interface One {
        Hash hash(byte[] message);
    }

    private interface Parts {
        Hash hash(byte[] first, byte[] second, byte[]... more);
    }
}
