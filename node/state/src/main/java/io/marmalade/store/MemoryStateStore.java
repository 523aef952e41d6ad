package io.marmalade.store;

import io.marmalade.base.Hash;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps states in memory. States of a chain share what did not change between them, so that each
 * costs what its block changed; what only a dropped state used is free to be collected.
 */
public final class MemoryStateStore implements StateStore {
    private record Entry(Hash parent, ChainState state) {}

    private final Map<Hash, Entry> entries = new HashMap<>();

    @Override
    public synchronized void put(Hash block, Hash parent, ChainState state) {
        entries.put(block, new Entry(parent, state));
    }

    @Override
    public synchronized @Nullable ChainState find(Hash block) {
        Entry entry = entries.get(block);
        return entry == null ? null : entry.state;
    }

    @Override
    public synchronized int size() {
        return entries.size();
    }

    @Override
    public synchronized void prune(Hash block, int ancestors) {
        Entry entry = entries.get(block);
        if (entry == null) {
            return;
        }
        Set<Hash> kept = new HashSet<>();
        kept.add(block);
        for (Hash each : entries.keySet()) {
            keepIfDescendant(each, kept);
        }
        for (int i = 0; i < ancestors && entry != null; i++) {
            kept.add(entry.parent);
            entry = entries.get(entry.parent);
        }
        entries.keySet().retainAll(kept);
    }

    @Override
    public synchronized void clear() {
        entries.clear();
    }

    /** Walks from a block towards the root; if that meets a kept block, keeps all on the way. */
    private void keepIfDescendant(Hash block, Set<Hash> kept) {
        Set<Hash> way = new HashSet<>();
        Hash each = block;
        while (!kept.contains(each)) {
            Entry entry = entries.get(each);
            if (entry == null || !way.add(each)) {
                return;
            }
            each = entry.parent;
        }
        kept.addAll(way);
    }
}
