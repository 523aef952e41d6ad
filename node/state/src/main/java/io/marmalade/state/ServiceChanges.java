package io.marmalade.state;

import io.marmalade.base.Bytes;
import io.marmalade.base.StateKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes on top of service accounts that stay as they are. Every change is journaled, so that a {@linkplain #mark mark}
 * costs nothing and {@linkplain #rollback rolling back} to it costs what was done since. Not thread-safe.
 *
 * <p>Invariant: {@code accounts} and {@code values} hold what differs, or may differ, from the base; an entry without a
 * content stands for something removed.
 */
public final class ServiceChanges implements Services {
    /**
     * A changed value.
     *
     * @param service whose it is
     * @param content what stands there now, or null if it was removed
     */
    public record Value(long service, @Nullable Bytes content) {}

    private record Account(@Nullable ServiceAccount content) {}

    private final Services base;
    private final Map<Long, Account> accounts = new HashMap<>();
    private final Map<StateKey, Value> values = new HashMap<>();
    private final ArrayList<Runnable> journal = new ArrayList<>();

    /**
     * @param base not changed, and not to change while this is in use
     */
    public ServiceChanges(Services base) {
        this.base = base;
    }

    /** Returns what the changes are on top of. */
    public Services base() {
        return base;
    }

    @Override
    public @Nullable ServiceAccount account(long service) {
        Account changed = accounts.get(service);
        return changed != null ? changed.content : base.account(service);
    }

    @Override
    public @Nullable Bytes value(StateKey key) {
        Value changed = values.get(key);
        return changed != null ? changed.content : base.value(key);
    }

    @Override
    public List<StateKey> keysOf(long service) {
        TreeSet<StateKey> keys = new TreeSet<>(base.keysOf(service));
        values.forEach(
                (key, value) -> {
                    if (value.service == service) {
                        if (value.content == null) {
                            keys.remove(key);
                        } else {
                            keys.add(key);
                        }
                    }
                });
        return List.copyOf(keys);
    }

    /** Sets a service's account, or creates the service. */
    public void putAccount(long service, ServiceAccount account) {
        change(service, new Account(account));
    }

    /** Removes a service with all its values. */
    public void removeAccount(long service) {
        for (StateKey key : keysOf(service)) {
            removeValue(service, key);
        }
        change(service, new Account(null));
    }

    /** Sets what stands at a state key of a service; the account's counters are the caller's business. */
    public void putValue(long service, StateKey key, Bytes content) {
        change(key, new Value(service, content));
    }

    /** Removes what stands at a state key of a service; the account's counters are the caller's business. */
    public void removeValue(long service, StateKey key) {
        change(key, new Value(service, null));
    }

    /** Returns a mark of this moment, for {@link #rollback}. */
    public int mark() {
        return journal.size();
    }

    /** Undoes all that was changed since a mark was taken. */
    public void rollback(int mark) {
        while (journal.size() > mark) {
            journal.removeLast().run();
        }
    }

    /** Returns the accounts that were set or removed (null), by service index. */
    public SortedMap<Long, @Nullable ServiceAccount> changedAccounts() {
        TreeMap<Long, @Nullable ServiceAccount> changed = new TreeMap<>();
        accounts.forEach((service, account) -> changed.put(service, account.content));
        return Collections.unmodifiableSortedMap(changed);
    }

    /** Returns the values that were set or removed, by state key. */
    public SortedMap<StateKey, Value> changedValues() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    private void change(long service, Account account) {
        Account before = accounts.put(service, account);
        journal.add(() -> restore(accounts, service, before));
    }

    private void change(StateKey key, Value value) {
        Value before = values.put(key, value);
        journal.add(() -> restore(values, key, before));
    }

    private static <K, V> void restore(Map<K, V> map, K key, @Nullable V before) {
        if (before == null) {
            map.remove(key);
        } else {
            map.put(key, before);
        }
    }
}
