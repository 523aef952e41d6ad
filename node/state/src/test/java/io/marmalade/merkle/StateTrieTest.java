package io.marmalade.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.RandomStructures;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

class StateTrieTest {
    private final Random random = RandomStructures.seeded(StateTrieTest.class);
    private final RandomStructures structures =
            new RandomStructures(ProtocolConfig.tiny(ProtocolVersion.V0_7_2), random);

    @Test
    void hasARootOfZeroesWithoutKeys() {
        assertEquals(Hash.ZERO, StateTrie.EMPTY.root());
        assertEquals(Hash.ZERO, StateTrie.of(new TreeMap<>()).root());
        assertNull(StateTrie.EMPTY.get(StateKey.ZERO));
    }

    @Test
    void agreesWithTheNaiveTwinOverRandomEdits() {
        for (int run = 0; run < 40; run++) {
            TreeMap<StateKey, Bytes> model = new TreeMap<>();
            StateTrie trie = StateTrie.EMPTY;
            for (int step = 0; step < 40; step++) {
                SortedMap<StateKey, @Nullable Bytes> edits = edits(model);
                StateTrie before = trie;
                trie = trie.updated(edits);
                boolean changed = apply(model, edits);
                if (!changed) {
                    assertSame(before, trie);
                }
                check(model, trie);
            }
            assertEquals(trie.root(), StateTrie.of(model).root());
        }
    }

    @Test
    void agreesWithTheNaiveTwinWhenLargeEnoughToBeBuiltInPieces() {
        TreeMap<StateKey, Bytes> model = new TreeMap<>();
        while (model.size() < 10_000) {
            model.put(structures.valueKey(random.nextInt(3)), structures.blob());
        }
        StateTrie trie = StateTrie.of(model);
        check(model, trie);
        for (int step = 0; step < 5; step++) {
            SortedMap<StateKey, @Nullable Bytes> edits = edits(model);
            trie = trie.updated(edits);
            apply(model, edits);
            check(model, trie);
        }
    }

    @Test
    void keepsTheHashesOfLeavesThatMove() {
        byte[] octets = new byte[StateKey.SIZE];
        StateKey low = StateKey.of(octets.clone());
        octets[20] = 1;
        StateKey middle = StateKey.of(octets.clone());
        octets[0] = (byte) 0x80;
        StateKey high = StateKey.of(octets.clone());
        for (int size : new int[] {0, 1, 32, 33, 500}) {
            Bytes value = Bytes.of(new byte[size]);
            TreeMap<StateKey, Bytes> model = new TreeMap<>();
            StateTrie trie = StateTrie.EMPTY;
            // The leaf of the lowest key is the root, goes down, further down, up, and up again.
            for (StateKey key : List.of(low, high, middle, middle, high)) {
                boolean removed = model.containsKey(key);
                TreeMap<StateKey, @Nullable Bytes> edit = new TreeMap<>();
                edit.put(key, removed ? null : value);
                trie = trie.updated(edit);
                apply(model, edit);
                check(model, trie);
            }
        }
    }

    @Test
    void buildsAgainWithMoreKeys() {
        TreeMap<StateKey, Bytes> all = new TreeMap<>();
        StateTrie.Builder builder = new StateTrie.Builder();
        StateTrie before = builder.build();
        for (int i = 1; i < 17; i++) {
            TreeMap<StateKey, Bytes> model = new TreeMap<>(all);
            all.put(StateKeys.component(i), structures.blob());
            builder.add(StateKeys.component(i), all.get(StateKeys.component(i)));
            StateTrie after = builder.build();
            check(all, after);
            check(model, before);
            before = after;
        }
    }

    @Test
    void leavesForksAsTheyWere() {
        record Fork(TreeMap<StateKey, Bytes> model, StateTrie trie) {}
        List<Fork> forks = new ArrayList<>();
        forks.add(new Fork(new TreeMap<>(), StateTrie.EMPTY));
        for (int step = 0; step < 300; step++) {
            Fork parent = forks.get(random.nextInt(forks.size()));
            SortedMap<StateKey, @Nullable Bytes> edits = edits(parent.model);
            TreeMap<StateKey, Bytes> model = new TreeMap<>(parent.model);
            apply(model, edits);
            forks.add(new Fork(model, parent.trie.updated(edits)));
        }
        for (Fork fork : forks) {
            check(fork.model, fork.trie);
        }
    }

    @Test
    void findsTheKeysOfAServiceByTheirPattern() {
        TreeMap<StateKey, Bytes> model = new TreeMap<>();
        for (int i = 0; i < 3000; i++) {
            model.put(structures.valueKey(random.nextInt(5) * 257L), structures.blob());
        }
        StateTrie trie = StateTrie.of(model);
        for (long service : new long[] {0, 1, 257, 514, 1028, 1L << 31}) {
            List<StateKey> expected =
                    model.keySet().stream()
                            .filter(key -> StateKeys.valueService(key) == service)
                            .toList();
            assertEquals(expected, trie.keysOf(service));
        }
    }

    @Test
    void findsWhereTwoTriesDiffer() {
        for (int run = 0; run < 200; run++) {
            TreeMap<StateKey, Bytes> left = new TreeMap<>();
            apply(left, edits(left));
            TreeMap<StateKey, Bytes> right = new TreeMap<>(left);
            StateTrie leftTrie = StateTrie.of(left);
            SortedMap<StateKey, @Nullable Bytes> edits = edits(right);
            apply(right, edits);
            StateTrie rightTrie =
                    random.nextBoolean() ? StateTrie.of(right) : leftTrie.updated(edits);
            List<StateTrie.Difference> expected = new ArrayList<>();
            TreeMap<StateKey, Bytes> all = new TreeMap<>(left);
            all.putAll(right);
            for (StateKey key : all.keySet()) {
                Bytes a = left.get(key);
                Bytes b = right.get(key);
                if (a == null || !a.equals(b)) {
                    expected.add(new StateTrie.Difference(key, a, b));
                }
            }
            assertEquals(expected, StateTrie.differences(leftTrie, rightTrie));
        }
    }

    @Test
    void refusesToBuildFromKeysOutOfOrder() {
        StateKey low = StateKeys.component(1);
        StateKey high = StateKeys.component(2);
        StateTrie.Builder builder = new StateTrie.Builder().add(high, Bytes.EMPTY);
        assertThrows(IllegalArgumentException.class, () -> builder.add(low, Bytes.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> builder.add(high, Bytes.EMPTY));
    }

    private static void check(TreeMap<StateKey, Bytes> model, StateTrie trie) {
        assertEquals(NaiveTrie.root(model), trie.root());
        assertEquals(model.size(), trie.size());
        assertEquals(model, trie.toMap());
        List<StateKey> order = new ArrayList<>();
        trie.forEach((key, value) -> order.add(key));
        assertEquals(List.copyOf(model.keySet()), order);
        model.forEach((key, value) -> assertEquals(value, trie.get(key)));
    }

    /**
     * Makes edits of which some replace, some remove, some change nothing, and some hit close by.
     */
    private SortedMap<StateKey, @Nullable Bytes> edits(TreeMap<StateKey, Bytes> model) {
        TreeMap<StateKey, @Nullable Bytes> edits = new TreeMap<>();
        List<StateKey> present = List.copyOf(model.keySet());
        for (int i = random.nextInt(12); i >= 0; i--) {
            StateKey known =
                    present.isEmpty() ? StateKey.ZERO : present.get(random.nextInt(present.size()));
            StateKey key =
                    switch (random.nextInt(6)) {
                        case 0 -> known;
                        case 1 -> neighbour(known);
                        case 2 -> StateKeys.component(random.nextInt(17));
                        case 3 -> StateKeys.account(random.nextInt(3));
                        default -> structures.valueKey(random.nextInt(3));
                    };
            Bytes value =
                    switch (random.nextInt(4)) {
                        case 0 -> null;
                        case 1 -> model.get(key);
                        default -> structures.blob();
                    };
            edits.put(key, value);
        }
        return edits;
    }

    private StateKey neighbour(StateKey key) {
        byte[] octets = key.toArray();
        int bit = random.nextInt(8 * octets.length);
        octets[bit / 8] ^= (byte) (0x80 >> bit % 8);
        return StateKey.of(octets);
    }

    private static boolean apply(
            TreeMap<StateKey, Bytes> model, SortedMap<StateKey, @Nullable Bytes> edits) {
        boolean changed = false;
        for (var edit : edits.entrySet()) {
            Bytes value = edit.getValue();
            Bytes before =
                    value == null ? model.remove(edit.getKey()) : model.put(edit.getKey(), value);
            changed |= value == null ? before != null : !value.equals(before);
        }
        return changed;
    }
}
