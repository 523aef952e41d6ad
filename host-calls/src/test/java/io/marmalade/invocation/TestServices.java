package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Service accounts in maps. */
public final class TestServices implements Services {
    private final Map<Long, ServiceAccount> accounts = new HashMap<>();
    private final Map<Long, TreeMap<StateKey, Bytes>> values = new HashMap<>();

    /** Adds an account. */
    public TestServices account(long service, long balance, long items, long octets) {
        accounts.put(
                service,
                new ServiceAccount(Hash.ZERO, balance, 10, 20, octets, 0, items, 30, 40, 50));
        values.put(service, new TreeMap<>());
        return this;
    }

    /** Adds a stored value; the account's counters stay as they are. */
    public TestServices stored(long service, String key, Bytes value) {
        values.get(service).put(StateKeys.storage(service, text(key)), value);
        return this;
    }

    /** Adds a preimage and the history of its request; returns its hash. */
    public Hash preimage(long service, Bytes preimage, Long... history) {
        Hash hash = Blake2b.hash(preimage.octets());
        values.get(service).put(StateKeys.preimage(service, hash), preimage);
        values.get(service)
                .put(
                        StateKeys.request(service, hash, preimage.size()),
                        PreimageRequest.of(history).encoded());
        return hash;
    }

    /** Returns a text's octets. */
    public static Bytes text(String text) {
        return Bytes.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable ServiceAccount account(long service) {
        if (service >>> 32 != 0) {
            throw new IllegalArgumentException("service " + Long.toUnsignedString(service));
        }
        return accounts.get(service);
    }

    @Override
    public @Nullable Bytes value(StateKey key) {
        for (TreeMap<StateKey, Bytes> ofService : values.values()) {
            Bytes value = ofService.get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public List<StateKey> keysOf(long service) {
        return List.copyOf(values.getOrDefault(service, new TreeMap<>()).keySet());
    }
}
