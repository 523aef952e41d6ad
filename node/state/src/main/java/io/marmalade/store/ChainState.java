package io.marmalade.store;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.codec.DecodeException;
import io.marmalade.merkle.StateTrie;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.State;
import io.marmalade.state.StateCodec;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A state of a chain, after some block: typed, serialized as a trie, and committed to by its root.
 * Immutable; a state shares with the one that it follows all that the block left alone.
 *
 * <p>Invariants: the trie is the serialization of the typed state; all components are there and
 * decode, and so does every account.
 */
public final class ChainState {
    private final ProtocolConfig config;
    private final State state;
    private final StateTrie trie;

    private ChainState(ProtocolConfig config, State state, StateTrie trie) {
        this.config = config;
        this.state = state;
        this.trie = trie;
    }

    /**
     * Returns the state that is serialized so, taken exactly as given.
     *
     * @throws DecodeException if a component is missing, or a component or an account is not an
     *     encoding of one; the message names it
     */
    public static ChainState of(ProtocolConfig config, SortedMap<StateKey, Bytes> keyValues) {
        return of(config, StateTrie.of(keyValues));
    }

    /**
     * Returns the state that is serialized in a trie.
     *
     * @throws DecodeException if a component is missing, or a component or an account is not an
     *     encoding of one; the message names it
     */
    public static ChainState of(ProtocolConfig config, StateTrie trie) {
        State state = StateCodec.decode(config, trie::get, new TrieServices(config, trie));
        trie.forEach((key, value) -> {
            if (StateKeys.isAccount(key)) {
                StateCodec.decodeAccount(config, StateKeys.accountService(key), value);
            } else if (StateKeys.isComponent(key)) {
                StateCodec.requireKnown(key);
            }
        });
        return new ChainState(config, state, trie);
    }

    /**
     * Returns the state that follows this one. Components that are the same objects as here are not
     * looked at; of the others, and of the services, only what differs in its encoding is hashed
     * again.
     *
     * @param posterior all but its services, which are this state's with the changes
     * @param changes on top of {@link #state()}'s services
     * @throws IllegalArgumentException if the changes are on top of other services
     */
    public ChainState next(State posterior, ServiceChanges changes) {
        if (changes.base() != state.services()) {
            throw new IllegalArgumentException("changes on top of another state's services");
        }
        TreeMap<StateKey, @Nullable Bytes> edits = new TreeMap<>();
        StateCodec.encodeChanged(config, state, posterior, edits);
        changes.changedValues().forEach((key, value) -> edits.put(key, value.content()));
        changes.changedAccounts()
                .forEach((service, account) ->
                        edits.put(
                                StateKeys.account(service),
                                account == null ? null : account.encoded(config)));
        StateTrie next = trie.updated(edits);
        TrieServices services = new TrieServices(config, next);
        return new ChainState(config, posterior.toBuilder().services(services).build(), next);
    }

    /** Returns the protocol version and chain parameters. */
    public ProtocolConfig config() {
        return config;
    }

    /** Returns the typed state; its services read from the trie. */
    public State state() {
        return state;
    }

    /** Returns the serialized state. */
    public StateTrie trie() {
        return trie;
    }

    /** Returns the Merkle root. */
    public Hash root() {
        return trie.root();
    }
}
