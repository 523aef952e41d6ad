package io.marmalade.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.codec.DecodeException;
import io.marmalade.merkle.StateTrie;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.RandomStructures;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.State;
import io.marmalade.state.StateCodec;
import io.marmalade.state.StateKeys;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;

class ChainStateTest {
    private static final ProtocolConfig TINY = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);

    private final Random random = RandomStructures.seeded(ChainStateTest.class);

    @ParameterizedTest
    @EnumSource
    void followsAsIfSerializedAnew(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        RandomStructures structures = new RandomStructures(config, random);
        ChainState chain = ChainState.of(config, serialized(config, structures));
        for (int step = 0; step < 50; step++) {
            State other = structures.state(chain.state().services());
            State.Builder posterior = chain.state().toBuilder().timeslot(other.timeslot());
            if (random.nextBoolean()) {
                posterior.statistics(other.statistics()).safrole(other.safrole());
            }
            if (random.nextBoolean()) {
                posterior.pendingReports(other.pendingReports()).entropy(other.entropy());
            }
            ServiceChanges changes = new ServiceChanges(chain.state().services());
            TreeMap<StateKey, Bytes> expected = new TreeMap<>(chain.trie().toMap());
            change(structures, changes, expected);
            State built = posterior.build();
            StateCodec.encodeChanged(config, null, built, expected);

            ChainState next = chain.next(built, changes);

            assertEquals(expected, next.trie().toMap());
            ChainState anew = ChainState.of(config, expected);
            assertEquals(anew.root(), next.root());
            assertEquals(
                    anew.state().toBuilder().services(next.state().services()).build(),
                    next.state());
            chain = next;
        }
    }

    @Test
    void isTheSameTrieWhereNothingChanges() {
        ChainState chain = ChainState.of(TINY, serialized(TINY, structures()));
        ChainState next = chain.next(chain.state(), new ServiceChanges(chain.state().services()));
        assertSame(chain.trie(), next.trie());
    }

    @Test
    void refusesChangesOfAnotherState() {
        RandomStructures structures = structures();
        ChainState chain = ChainState.of(TINY, serialized(TINY, structures));
        ChainState other = ChainState.of(TINY, serialized(TINY, structures));
        ServiceChanges changes = new ServiceChanges(other.state().services());
        assertThrows(IllegalArgumentException.class, () -> chain.next(chain.state(), changes));
    }

    @Test
    void keepsAccountsAndComponentsOutOfTheKeysOfServices() {
        RandomStructures structures = structures();
        TreeMap<StateKey, Bytes> serialized = serialized(TINY, structures);
        for (long service : new long[] {1, 16, 255, 256}) {
            serialized.put(StateKeys.account(service), structures.account().encoded(TINY));
        }
        StateKey own = StateKeys.storage(255, Bytes.EMPTY);
        serialized.put(own, Bytes.EMPTY);
        ChainState chain = ChainState.of(TINY, serialized);
        assertEquals(List.of(own), chain.state().services().keysOf(255));
        assertTrue(chain.state().services().keysOf(1).stream().noneMatch(StateKeys::isComponent));
    }

    @Test
    void refusesGarbledAccountsAndUnknownComponents() {
        TreeMap<StateKey, Bytes> serialized = serialized(TINY, structures());
        TreeMap<StateKey, Bytes> garbled = new TreeMap<>(serialized);
        garbled.put(StateKeys.account(77), Bytes.parse("01"));
        assertTrue(refusal(garbled).startsWith("account of service 77"), refusal(garbled));
        for (int index : new int[] {0, 17, 254}) {
            TreeMap<StateKey, Bytes> unknown = new TreeMap<>(serialized);
            unknown.put(StateKeys.component(index), Bytes.EMPTY);
            assertTrue(refusal(unknown).startsWith("component " + index + ": unknown"));
        }
    }

    @Test
    void namesWhatDiffers() {
        RandomStructures structures = structures();
        ChainState chain = ChainState.of(TINY, serialized(TINY, structures));
        ServiceChanges changes = new ServiceChanges(chain.state().services());
        ServiceAccount account = structures.account();
        changes.putAccount(9, account);
        State posterior = chain.state().toBuilder().timeslot(chain.state().timeslot() ^ 1).build();
        ChainState next = chain.next(posterior, changes);
        List<StateDifference> differences = StateDifference.between(chain.trie(), next.trie());
        assertEquals(
                List.of("timeslot", "account of service 9"),
                differences.stream().map(StateDifference::place).toList());
        assertEquals(chain.state().timeslot(), differences.get(0).decodedExpected(TINY));
        assertEquals(account, differences.get(1).decodedActual(TINY));
        assertNull(differences.get(1).decodedExpected(TINY));
    }

    @Test
    void keepsForksAndDropsWhatIsNoLongerReachable() {
        ChainState state = ChainState.of(TINY, serialized(TINY, structures()));
        StateStore store = new MemoryStateStore();
        // 0 - 1 - 2 - 3 - 4, with forks 12 of 1 and 13 of 12, and 14 of 3.
        int[][] blocks = {{0, 99}, {1, 0}, {2, 1}, {3, 2}, {4, 3}, {12, 1}, {13, 12}, {14, 3}};
        for (int[] block : blocks) {
            store.put(name(block[0]), name(block[1]), state);
        }
        assertEquals(8, store.size());
        store.prune(name(55), 0);
        assertEquals(8, store.size());
        store.prune(name(3), 1);
        assertEquals(4, store.size());
        for (int kept : new int[] {2, 3, 4, 14}) {
            assertSame(state, store.find(name(kept)));
        }
        assertNull(store.find(name(13)));
        store.clear();
        assertEquals(0, store.size());
    }

    private static String refusal(TreeMap<StateKey, Bytes> serialized) {
        return assertThrows(DecodeException.class, () -> ChainState.of(TINY, serialized))
                .getMessage();
    }

    private RandomStructures structures() {
        return new RandomStructures(TINY, random);
    }

    private TreeMap<StateKey, Bytes> serialized(
            ProtocolConfig config, RandomStructures structures) {
        TreeMap<StateKey, Bytes> serialized = new TreeMap<>();
        for (long service = 40; service < 44; service++) {
            serialized.put(StateKeys.account(service), structures.account().encoded(config));
            for (int i = 0; i < 20; i++) {
                serialized.put(structures.valueKey(service), structures.blob());
            }
        }
        StateCodec.encodeChanged(
                config, null, structures.state(new ServiceChanges(noServices())), serialized);
        return serialized;
    }

    private static TrieServices noServices() {
        return new TrieServices(TINY, StateTrie.EMPTY);
    }

    private void change(
            RandomStructures structures,
            ServiceChanges changes,
            TreeMap<StateKey, Bytes> expected) {
        long service = 40 + random.nextInt(5);
        switch (random.nextInt(4)) {
            case 0 -> {
                changes.removeAccount(service);
                expected.keySet().removeIf(key -> StateKeys.valueService(key) == service);
                expected.remove(StateKeys.account(service));
            }
            case 1 -> {
                ServiceAccount account = structures.account();
                changes.putAccount(service, account);
                expected.put(StateKeys.account(service), account.encoded(TINY));
            }
            default -> {
                StateKey key = structures.valueKey(service);
                Bytes value = structures.blob();
                changes.putValue(service, key, value);
                expected.put(key, value);
                for (StateKey old : changes.keysOf(service)) {
                    if (random.nextInt(6) == 0) {
                        changes.removeValue(service, old);
                        expected.remove(old);
                    }
                }
            }
        }
    }

    private static Hash name(int index) {
        byte[] octets = new byte[Hash.SIZE];
        octets[0] = (byte) index;
        return Hash.of(octets);
    }
}
