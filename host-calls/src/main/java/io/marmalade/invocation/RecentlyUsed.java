package io.marmalade.invocation;

import io.marmalade.base.Hash;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * What was used last, by hash, as much of it as has a given weight together. Thread-safe.
 *
 * @param <V> what is remembered
 */
final class RecentlyUsed<V> {
    private final long maxWeight;
    private final ToLongFunction<V> weight;
    private final Consumer<V> evicted;
    private final LinkedHashMap<Hash, V> values = new LinkedHashMap<>(64, 0.75f, true);
    private long total;

    /**
     * @param evicted told of what is remembered no more
     */
    RecentlyUsed(long maxWeight, ToLongFunction<V> weight, Consumer<V> evicted) {
        this.maxWeight = maxWeight;
        this.weight = weight;
        this.evicted = evicted;
    }

    synchronized @Nullable V get(Hash hash) {
        return values.get(hash);
    }

    synchronized int size() {
        return values.size();
    }

    /** Remembers a value unless it is too heavy or there is one; returns the one to be used. */
    synchronized V remember(Hash hash, V value) {
        if (weight.applyAsLong(value) > maxWeight) {
            return value;
        }
        V known = values.putIfAbsent(hash, value);
        if (known != null) {
            return known;
        }
        total += weight.applyAsLong(value);
        var eldest = values.values().iterator();
        while (total > maxWeight) {
            V forgotten = eldest.next();
            total -= weight.applyAsLong(forgotten);
            eldest.remove();
            evicted.accept(forgotten);
        }
        return value;
    }
}
