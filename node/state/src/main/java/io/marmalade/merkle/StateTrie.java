package io.marmalade.merkle;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.merkle.Node.Branch;
import io.marmalade.merkle.Node.Leaf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The serialized state as a binary Patricia Merkle trie: an immutable map from keys to values that
 * knows its root. An edited trie shares nodes and hashes with the one before; only the paths that
 * an edit changed are hashed again, batch by batch. Safe for use by any number of threads.
 *
 * <p>Values are kept, not copied.
 *
 * @gp sec:statemerklization
 */
public final class StateTrie {
    /** The trie without keys. */
    public static final StateTrie EMPTY = new StateTrie(null, 0, Hash.ZERO);

    /**
     * Subtries of up to this many leaves are hashed as soon as they are built, while the cache has
     * them.
     */
    private static final int HASHED_AT_ONCE = 4096;

    private final @Nullable Node root;
    private final int size;
    private final Hash rootHash;

    private StateTrie(@Nullable Node root, int size, Hash rootHash) {
        this.root = root;
        this.size = size;
        this.rootHash = rootHash;
    }

    /** Returns a trie of these keys and values. */
    public static StateTrie of(SortedMap<StateKey, Bytes> entries) {
        Builder builder = new Builder();
        entries.forEach(builder::add);
        return builder.build();
    }

    /** Builds a trie in one pass from keys in ascending order. Not thread-safe. */
    public static final class Builder {
        private Leaf[] leaves = new Leaf[64];
        private int count;

        /**
         * Adds a key and its value.
         *
         * @throws IllegalArgumentException if the key is not greater than the one before
         */
        public Builder add(StateKey key, Bytes value) {
            Leaf leaf = new Leaf(key, value);
            if (count > 0 && leaves[count - 1].compareKey(leaf) >= 0) {
                throw new IllegalArgumentException("keys not in ascending order at " + key);
            }
            if (count == leaves.length) {
                leaves = Arrays.copyOf(leaves, 2 * count);
            }
            leaves[count++] = leaf;
            return this;
        }

        /** Returns the trie of what was added. */
        public StateTrie build() {
            Hashed built = buildHashed(leaves, 0, count, 0, new NodeHasher());
            return new StateTrie(built.node, count, built.hash);
        }
    }

    /** Returns the Merkle root; zeroes if there are no keys. */
    public Hash root() {
        return rootHash;
    }

    /** Returns the number of keys. */
    public int size() {
        return size;
    }

    /** Returns what stands at a key, or null if nothing does. */
    public @Nullable Bytes get(StateKey key) {
        byte[] octets = key.octets();
        Node node = root;
        int depth = 0;
        while (node instanceof Branch branch) {
            boolean one = (octets[depth >>> 3] << (depth & 7) & 0x80) != 0;
            node = one ? branch.right : branch.left;
            depth++;
        }
        return node instanceof Leaf leaf && leaf.hasSameKey(new Leaf(key, Bytes.EMPTY))
                ? leaf.value
                : null;
    }

    /**
     * Returns this trie with keys set and removed.
     *
     * @param edits the new value of a key, or null to remove it; it need not be there
     * @return this same trie if that changes nothing
     */
    public StateTrie updated(SortedMap<StateKey, ? extends @Nullable Bytes> edits) {
        if (edits.isEmpty()) {
            return this;
        }
        Update update = new Update(edits, rootHash);
        update.warmUp(root);
        Node updated = update.apply(root, null, 0, update.count, 0);
        if (updated == root) {
            return this;
        }
        return new StateTrie(updated, size + update.added, update.hasher.hash(updated));
    }

    /** Calls back with every key and value, in ascending order of the keys. */
    public void forEach(BiConsumer<StateKey, Bytes> action) {
        forEach(root, action);
    }

    /** Returns all keys and values. */
    public SortedMap<StateKey, Bytes> toMap() {
        TreeMap<StateKey, Bytes> entries = new TreeMap<>();
        forEach(entries::put);
        return entries;
    }

    /**
     * Returns the keys, in ascending order, whose octets 0, 2, 4 and 6 are those of a service
     * index, little-endian: what belongs to the service, and keys of another kind that happen to
     * look so.
     *
     * @param service 0..2³²−1
     */
    public List<StateKey> keysOf(long service) {
        List<StateKey> keys = new ArrayList<>();
        byte[] pattern = new byte[4];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) (service >>> (8 * i));
        }
        collectKeys(root, 0, pattern, keys);
        return keys;
    }

    /**
     * A key at which two tries differ.
     *
     * @param key the key
     * @param left what stands there in one, or null
     * @param right what stands there in the other, or null
     */
    public record Difference(StateKey key, @Nullable Bytes left, @Nullable Bytes right) {}

    /**
     * Returns where two tries differ, in ascending order of the keys. What they share is not looked
     * at.
     */
    public static List<Difference> differences(StateTrie left, StateTrie right) {
        TreeMap<StateKey, Difference> found = new TreeMap<>();
        if (!left.rootHash.equals(right.rootHash)) {
            compare(left.root, right.root, found);
        }
        return List.copyOf(found.values());
    }

    private static void forEach(@Nullable Node node, BiConsumer<StateKey, Bytes> action) {
        switch (node) {
            case null -> {}
            case Leaf leaf -> action.accept(leaf.key(), leaf.value);
            case Branch branch -> {
                forEach(branch.left, action);
                forEach(branch.right, action);
            }
        }
    }

    private static void collectKeys(
            @Nullable Node node, int depth, byte[] pattern, List<StateKey> keys) {
        switch (node) {
            case null -> {}
            case Leaf leaf -> {
                StateKey key = leaf.key();
                byte[] octets = key.octets();
                if (octets[0] == pattern[0]
                        && octets[2] == pattern[1]
                        && octets[4] == pattern[2]
                        && octets[6] == pattern[3]) {
                    keys.add(key);
                }
            }
            case Branch branch -> {
                int octet = depth >>> 3;
                boolean known = octet < 8 && (octet & 1) == 0;
                boolean one = known && (pattern[octet >>> 1] << (depth & 7) & 0x80) != 0;
                if (!known || !one) {
                    collectKeys(branch.left, depth + 1, pattern, keys);
                }
                if (!known || one) {
                    collectKeys(branch.right, depth + 1, pattern, keys);
                }
            }
        }
    }

    private static void compare(
            @Nullable Node left, @Nullable Node right, Map<StateKey, Difference> found) {
        if (left instanceof Branch l && right instanceof Branch r) {
            if (!l.hasSameLeftHash(r)) {
                compare(l.left, r.left, found);
            }
            if (!l.hasSameRightHash(r)) {
                compare(l.right, r.right, found);
            }
            return;
        }
        forEach(left, (key, value) -> found.put(key, new Difference(key, value, null)));
        forEach(
                right,
                (key, value) -> {
                    Difference other = found.get(key);
                    Bytes otherValue = other == null ? null : other.left;
                    if (Objects.equals(value, otherValue)) {
                        found.remove(key);
                    } else {
                        found.put(key, new Difference(key, otherValue, value));
                    }
                });
    }

    /** Builds a trie of leaves with ascending keys that agree in the bits before a depth. */
    private static @Nullable Node build(
            Leaf[] leaves, int from, int to, int depth, NodeHasher hasher) {
        if (to - from <= 1) {
            if (to == from) {
                return null;
            }
            // One that is in a hasher's care already has moved.
            if (leaves[from].place >= 0) {
                hasher.leaf(leaves[from]);
            }
            return leaves[from];
        }
        int parting = leaves[from].commonBits(leaves[to - 1]);
        int middle = firstWithBit(leaves, from, to, parting);
        Node left = build(leaves, from, middle, parting + 1, hasher);
        Node right = build(leaves, middle, to, parting + 1, hasher);
        Node bottom = hasher.branch(left, right, parting, null);
        return chain(bottom, leaves[from], depth, parting, hasher);
    }

    /** A node whose hash is not in the branch above, because there is none yet. */
    private record Hashed(@Nullable Node node, Hash hash) {}

    /** As {@link #build}, and hashes what is large piece by piece. */
    private static Hashed buildHashed(
            Leaf[] leaves, int from, int to, int depth, NodeHasher hasher) {
        if (to - from <= HASHED_AT_ONCE) {
            Node node = build(leaves, from, to, depth, hasher);
            return new Hashed(node, hasher.hash(node));
        }
        int parting = leaves[from].commonBits(leaves[to - 1]);
        int middle = firstWithBit(leaves, from, to, parting);
        Hashed left = buildHashed(leaves, from, middle, parting + 1, hasher);
        Hashed right = buildHashed(leaves, middle, to, parting + 1, hasher);
        Branch bottom = hasher.branch(left.node, right.node, parting, null);
        bottom.setLeftHash(left.hash.octets(), 0);
        bottom.setRightHash(right.hash.octets(), 0);
        Node top = chain(bottom, leaves[from], depth, parting, hasher);
        return new Hashed(top, hasher.hash(top));
    }

    /** Puts the branches above a node that have nothing on their other side. */
    private static Node chain(Node node, Leaf sample, int depth, int bottom, NodeHasher hasher) {
        Node top = node;
        for (int i = bottom - 1; i >= depth; i--) {
            top =
                    sample.bit(i)
                            ? hasher.branch(null, top, i, null)
                            : hasher.branch(top, null, i, null);
        }
        return top;
    }

    private static int firstWithBit(Leaf[] leaves, int from, int to, int depth) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (leaves[middle].bit(depth)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** One batch of edits under way; leaves whose value is to be removed are marked as such. */
    private static final class Update {
        final NodeHasher hasher = new NodeHasher();
        private final Hash rootHash;
        private final Leaf[] edits;
        private final boolean[] removals;
        private final int count;
        private int added;

        /** Depends on all that was read to warm up, so that the reads are not left out. */
        @SuppressWarnings("unused")
        private long warmth;

        Update(SortedMap<StateKey, ? extends @Nullable Bytes> entries, Hash rootHash) {
            this.rootHash = rootHash;
            edits = new Leaf[entries.size()];
            removals = new boolean[entries.size()];
            int i = 0;
            for (Map.Entry<StateKey, ? extends @Nullable Bytes> entry : entries.entrySet()) {
                Bytes value = entry.getValue();
                edits[i] = new Leaf(entry.getKey(), value == null ? Bytes.EMPTY : value);
                removals[i++] = value == null;
            }
            count = i;
        }

        /**
         * Reads the nodes that the edits will need, all paths in step: in a large trie each is a
         * miss of the cache, and misses that do not wait for each other overlap.
         */
        void warmUp(@Nullable Node root) {
            @Nullable Node[] nodes = new @Nullable Node[count];
            Arrays.fill(nodes, root);
            long read = 0;
            int left = count;
            for (int depth = 0; left > 0; depth++) {
                left = 0;
                for (int i = 0; i < count; i++) {
                    if (nodes[i] instanceof Branch branch) {
                        read += branch.touch();
                        nodes[i] = edits[i].bit(depth) ? branch.right : branch.left;
                        left++;
                    }
                }
            }
            for (Node node : nodes) {
                if (node instanceof Leaf leaf) {
                    read += leaf.value.size();
                }
            }
            warmth = read;
        }

        /**
         * Returns what becomes of a node by the edits of a range: the same node if they change
         * nothing.
         *
         * @param above the branch that the node is a child of, unless it is the root
         */
        @Nullable Node apply(
                @Nullable Node node, @Nullable Branch above, int from, int to, int depth) {
            if (from == to) {
                return node;
            }
            return switch (node) {
                case null -> replace(null, above, from, to, depth);
                case Leaf leaf -> replace(leaf, above, from, to, depth);
                case Branch branch -> {
                    int middle = firstWithBit(edits, from, to, depth);
                    Node left = apply(branch.left, branch, from, middle, depth + 1);
                    Node right = apply(branch.right, branch, middle, to, depth + 1);
                    yield join(branch, left, right, depth);
                }
            };
        }

        private @Nullable Node join(
                Branch before, @Nullable Node left, @Nullable Node right, int depth) {
            if (left == before.left && right == before.right) {
                return before;
            }
            if (left == null && !(right instanceof Branch)) {
                return right instanceof Leaf leaf && leaf == before.right
                        ? hasher.moved(leaf, before)
                        : right;
            }
            if (right == null && !(left instanceof Branch)) {
                return left instanceof Leaf leaf && leaf == before.left
                        ? hasher.moved(leaf, before)
                        : left;
            }
            return hasher.branch(left, right, depth, before);
        }

        /** Builds what comes to stand where there was at most a leaf. */
        private @Nullable Node replace(
                @Nullable Leaf before, @Nullable Branch above, int from, int to, int depth) {
            Leaf[] leaves = new Leaf[to - from + 1];
            int size = 0;
            Leaf pending = before;
            for (int i = from; i < to; i++) {
                Leaf edit = edits[i];
                if (pending != null) {
                    int order = pending.compareKey(edit);
                    if (order < 0) {
                        leaves[size++] = pending;
                        pending = null;
                    } else if (order == 0) {
                        if (!removals[i] && pending.value.equals(edit.value)) {
                            edit = pending;
                        }
                        pending = null;
                    }
                }
                if (!removals[i]) {
                    leaves[size++] = edit;
                }
            }
            if (pending != null) {
                leaves[size++] = pending;
            }
            added += size - (before == null ? 0 : 1);
            if (before != null && size == 1 && leaves[0] == before) {
                return before;
            }
            for (int i = 0; i < size; i++) {
                if (leaves[i] == before) {
                    leaves[i] =
                            above == null
                                    ? hasher.moved(before, rootHash)
                                    : hasher.moved(before, above);
                }
            }
            return build(leaves, 0, size, depth, hasher);
        }
    }
}
