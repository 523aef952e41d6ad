package io.marmalade.merkle;

import io.marmalade.base.Bytes;
import io.marmalade.base.StateKey;
import io.marmalade.state.StateKeys;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Times the trie: built from sorted keys, edited, looked up. Arguments: how many keys, and of how
 * many services. Values have 8 to 71 octets, keys are those of storage. Times are those of the
 * thread on its core: what else the machine does does not count, and neither does the garbage
 * collector.
 */
final class TrieTimings {
    private TrieTimings() {}

    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        int services = Integer.parseInt(args[1]);
        Random random = new Random(1);
        TreeMap<StateKey, Bytes> model = new TreeMap<>();
        while (model.size() < count) {
            model.put(key(random.nextInt(services), random), value(random));
        }
        StateKey[] keys = model.keySet().toArray(StateKey[]::new);
        Bytes[] values = model.values().toArray(Bytes[]::new);
        model.clear();

        StateTrie trie = StateTrie.EMPTY;
        double[] builds = new double[7];
        for (int i = 0; i < builds.length; i++) {
            long start = now();
            StateTrie.Builder builder = new StateTrie.Builder();
            for (int j = 0; j < keys.length; j++) {
                builder.add(keys[j], values[j]);
            }
            trie = builder.build();
            builds[i] = (now() - start) / 1e6;
        }
        report("build, ms", builds);

        int edits = 100;
        double[] updates = new double[2000];
        double[] replacing = new double[updates.length];
        for (int i = 0; i < updates.length; i++) {
            TreeMap<StateKey, Bytes> changed = new TreeMap<>();
            for (int j = 0; j < edits; j++) {
                changed.put(keys[random.nextInt(keys.length)], value(random));
            }
            long start = now();
            trie = trie.updated(changed);
            updates[i] = (now() - start) / 1e6;
            TreeMap<StateKey, Bytes> moved = new TreeMap<>();
            for (Map.Entry<StateKey, Bytes> each : changed.entrySet()) {
                if (moved.size() % 2 == 0) {
                    moved.put(each.getKey(), null);
                    keys[random.nextInt(keys.length)] = keys[0];
                } else {
                    moved.put(key(random.nextInt(services), random), value(random));
                }
            }
            start = now();
            StateTrie unused = trie.updated(moved);
            replacing[i] = (now() - start) / 1e6;
        }
        report("update of 100 values, ms", Arrays.copyOfRange(updates, 1000, 2000));
        report("50 keys removed, 50 added, ms", Arrays.copyOfRange(replacing, 1000, 2000));

        double[] lookups = new double[20];
        long found = 0;
        for (int i = 0; i < lookups.length; i++) {
            long start = now();
            for (int j = 0; j < 100_000; j++) {
                Bytes value = trie.get(keys[random.nextInt(keys.length)]);
                found += value == null ? 0 : value.size();
            }
            lookups[i] = (now() - start) / 1e5;
        }
        report("look-up, ns", lookups);
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf("%d keys, %d MiB in use (%d)%n", trie.size(), used >> 20, found & 1);
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static StateKey key(long service, Random random) {
        byte[] name = new byte[8];
        random.nextBytes(name);
        return StateKeys.storage(service, Bytes.of(name));
    }

    private static Bytes value(Random random) {
        byte[] value = new byte[8 + random.nextInt(64)];
        random.nextBytes(value);
        return Bytes.of(value);
    }

    private static void report(String what, double[] times) {
        Arrays.sort(times);
        System.out.printf(
                "%s: min %.3f, median %.3f, p90 %.3f%n",
                what, times[0], times[times.length / 2], times[times.length * 9 / 10]);
    }
}
