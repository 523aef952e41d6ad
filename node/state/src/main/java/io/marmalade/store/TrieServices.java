package io.marmalade.store;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.merkle.StateTrie;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.Services;
import io.marmalade.state.StateCodec;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The service accounts of a serialized state, read from its trie. Safe for use by any number of
 * threads.
 *
 * <p>Every account in the trie decodes: {@link ChainState} lets no other in.
 */
public final class TrieServices implements Services {
    private static final int CACHE_SIZE = 64;

    private record Cached(long service, @Nullable ServiceAccount account) {}

    private final ProtocolConfig config;
    private final StateTrie trie;

    /**
     * Accounts decoded before, by the low bits of their index. Races only cost a second decoding.
     */
    private final @Nullable Cached[] cache = new @Nullable Cached[CACHE_SIZE];

    /**
     * @param trie in which every account decodes
     */
    TrieServices(ProtocolConfig config, StateTrie trie) {
        this.config = config;
        this.trie = trie;
    }

    /** Returns where the accounts are read from. */
    public StateTrie trie() {
        return trie;
    }

    @Override
    public @Nullable ServiceAccount account(long service) {
        int slot = (int) service & CACHE_SIZE - 1;
        Cached cached = cache[slot];
        if (cached != null && cached.service == service) {
            return cached.account;
        }
        Bytes encoding = trie.get(StateKeys.account(service));
        ServiceAccount account =
                encoding == null ? null : StateCodec.decodeAccount(config, service, encoding);
        cache[slot] = new Cached(service, account);
        return account;
    }

    @Override
    public @Nullable Bytes value(StateKey key) {
        return trie.get(key);
    }

    @Override
    public List<StateKey> keysOf(long service) {
        // Accounts and components look like keys of the services 255 and 1 to 16.
        return trie.keysOf(service).stream()
                .filter(key -> !StateKeys.isAccount(key) && !StateKeys.isComponent(key))
                .toList();
    }
}
