package io.marmalade.bench.merkle;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.merkle.StateTrie;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Tries of random keys; values of 8 to 100 octets. Hashed with vectors from the beginning, as a
 * node does from half a minute after its start on; what it does until then is called {@code
 * scalar}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {TrieBenchmark.MODULE, TrieBenchmark.VECTORS, TrieBenchmark.HEAP})
public class TrieBenchmark {
    static final String MODULE = "--add-modules=jdk.incubator.vector";
    static final String VECTORS = "-Dmarmalade.vector=on";
    static final String SCALAR = "-Dmarmalade.vector=off";
    static final String HEAP = "-Xmx8g";

    private static final int EDITS = 100;

    /** Beyond this the plain root takes too long. */
    private static final int CHECKED_KEYS = 100_000;

    /** How many. */
    @Param({"10000", "100000", "1000000", "10000000"})
    public int keys;

    private final SortedMap<StateKey, Bytes> entries = new TreeMap<>();
    private final List<SortedMap<StateKey, Bytes>> edits = new ArrayList<>();
    private StateTrie trie = StateTrie.EMPTY;
    private int next;

    /** Makes the keys, a trie of them, and values to change in it. */
    @Setup
    public void make() {
        Random random = new Random(keys);
        while (entries.size() < keys) {
            byte[] key = new byte[StateKey.SIZE];
            random.nextBytes(key);
            entries.put(StateKey.of(key), value(random));
        }
        trie = StateTrie.of(entries);
        if (keys <= CHECKED_KEYS && !trie.root().equals(PlainTrie.root(entries))) {
            throw new IllegalStateException("the roots differ");
        }
        List<StateKey> all = new ArrayList<>(entries.keySet());
        for (int i = 0; i < 64; i++) {
            SortedMap<StateKey, Bytes> some = new TreeMap<>();
            while (some.size() < EDITS) {
                some.put(all.get(random.nextInt(all.size())), value(random));
            }
            edits.add(some);
        }
    }

    private static Bytes value(Random random) {
        byte[] value = new byte[8 + random.nextInt(93)];
        random.nextBytes(value);
        return Bytes.of(value);
    }

    /** The root of all keys, from nothing. */
    @Benchmark
    public Hash trieBuild_own() {
        return StateTrie.of(entries).root();
    }

    /** The same, as the paper writes it down. */
    @Benchmark
    public Hash trieBuild_plain() {
        return PlainTrie.root(entries);
    }

    /** The root after 100 values have changed. */
    @Benchmark
    public Hash trieUpdate100_own() {
        next = (next + 1) % edits.size();
        return trie.updated(edits.get(next)).root();
    }

    /** The same without vectors. */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {MODULE, SCALAR, HEAP})
    public Hash trieUpdate100_scalar() {
        return trieUpdate100_own();
    }
}
