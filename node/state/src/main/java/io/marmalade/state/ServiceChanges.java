package io.marmalade.state;

import io.marmalade.base.Bytes;
import io.marmalade.base.StateKey;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Changes on top of service accounts that stay as they are. What has changed since the latest
 * {@linkplain #mark mark} is remembered, so that a mark costs nothing and {@linkplain #rollback
 * rolling back} to it costs what was done since. Not thread-safe, but several threads may read as
 * long as none changes anything.
 *
 * <p>Invariants: {@code accounts} and {@code values} hold what differs, or may differ, from the
 * base; an entry without a content stands for something that the base has and that was removed. The
 * two maps of what was before hold, by key, the entry as of the latest mark (or null if there was
 * none) of all that was changed since: however often one key is changed, at most two of its
 * contents are kept.
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
    private final Map<Long, @Nullable Account> accountsBefore = new HashMap<>();
    private final Map<StateKey, @Nullable Value> valuesBefore = new HashMap<>();
    private int marks;

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
        values.forEach((key, value) -> {
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
        change(accounts, accountsBefore, service, new Account(account));
    }

    /** Removes a service with all its values. */
    public void removeAccount(long service) {
        for (StateKey key : keysOf(service)) {
            removeValue(service, key);
        }
        change(
                accounts,
                accountsBefore,
                service,
                base.account(service) == null ? null : new Account(null));
    }

    /**
     * Sets what stands at a state key of a service; the account's counters are the caller's
     * business.
     */
    public void putValue(long service, StateKey key, Bytes content) {
        change(values, valuesBefore, key, new Value(service, content));
    }

    /**
     * Removes what stands at a state key of a service; the account's counters are the caller's
     * business.
     */
    public void removeValue(long service, StateKey key) {
        change(
                values,
                valuesBefore,
                key,
                base.value(key) == null ? null : new Value(service, null));
    }

    /** Returns a mark of this moment, for {@link #rollback}. Earlier marks are forgotten. */
    public int mark() {
        accountsBefore.clear();
        valuesBefore.clear();
        return ++marks;
    }

    /**
     * Undoes all that was changed since a mark was taken. The mark stays good.
     *
     * @throws IllegalArgumentException if a later mark was taken
     */
    public void rollback(int mark) {
        if (mark != marks) {
            throw new IllegalArgumentException("mark " + mark + " is not the latest, " + marks);
        }
        restore(accounts, accountsBefore);
        restore(values, valuesBefore);
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

    /** Sets or removes an entry, and remembers what was before if that is not remembered yet. */
    private <K, V> void change(
            Map<K, V> map, Map<K, @Nullable V> before, K key, @Nullable V entry) {
        @Nullable V previous = entry == null ? map.remove(key) : map.put(key, entry);
        if (marks == 0) {
            return;
        }
        if (!before.containsKey(key)) {
            if (previous != null || entry != null) {
                before.put(key, previous);
            }
        } else if (entry == null && before.get(key) == null) {
            before.remove(key);
        }
    }

    private static <K, V> void restore(Map<K, V> map, Map<K, @Nullable V> before) {
        before.forEach((key, entry) -> {
            if (entry == null) {
                map.remove(key);
            } else {
                map.put(key, entry);
            }
        });
        before.clear();
    }
}
