package io.marmalade.transition.accumulation;

import io.marmalade.base.Hash;
import io.marmalade.block.WorkReport;
import io.marmalade.state.ReadyRecord;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Reports that wait for others: which can be accumulated now, and which go on waiting.
 *
 * @gp sec:accumulation
 */
final class ReadyQueues {
    private ReadyQueues() {}

    /**
     * Newly available reports, split.
     *
     * @param immediate R!: those without dependencies
     * @param queued R^Q: those with, and what of their dependencies was not accumulated before
     */
    record Split(List<WorkReport> immediate, List<ReadyRecord> queued) {}

    /** Splits newly available reports (R) by whether they depend on others. */
    static Split split(List<WorkReport> newlyAvailable, List<SortedSet<Hash>> accumulated) {
        List<WorkReport> immediate = new ArrayList<>();
        List<ReadyRecord> waiting = new ArrayList<>();
        for (WorkReport report : newlyAvailable) {
            List<Hash> prerequisites = report.context().prerequisites();
            if (prerequisites.isEmpty() && report.segmentRootLookup().isEmpty()) {
                immediate.add(report);
            } else {
                TreeSet<Hash> dependencies = new TreeSet<>(prerequisites);
                dependencies.addAll(report.segmentRootLookup().keySet());
                waiting.add(
                        new ReadyRecord(report, Collections.unmodifiableSortedSet(dependencies)));
            }
        }
        return new Split(immediate, edit(waiting, hash -> contains(accumulated, hash)));
    }

    /**
     * Returns the reports that can be accumulated, in order (R*).
     *
     * @param phase m: of the block's time slot in its epoch
     */
    static List<WorkReport> accumulatable(Split split, List<List<ReadyRecord>> ready, int phase) {
        List<ReadyRecord> queue = new ArrayList<>();
        for (int i = 0; i < ready.size(); i++) {
            queue.addAll(ready.get((phase + i) % ready.size()));
        }
        queue.addAll(split.queued);
        List<WorkReport> order = new ArrayList<>(split.immediate);
        order.addAll(unlocked(edit(queue, packages(split.immediate)::contains)));
        return order;
    }

    /**
     * Takes accumulated packages out of a queue, both as entries and as dependencies (E).
     *
     * @return the queue itself if nothing changed
     */
    static List<ReadyRecord> edit(List<ReadyRecord> queue, Predicate<Hash> accumulated) {
        List<ReadyRecord> edited = new ArrayList<>(queue.size());
        boolean changed = false;
        for (ReadyRecord entry : queue) {
            if (accumulated.test(packageOf(entry))) {
                changed = true;
                continue;
            }
            ReadyRecord kept = entry;
            for (Hash dependency : entry.dependencies()) {
                if (accumulated.test(dependency)) {
                    TreeSet<Hash> left = new TreeSet<>(entry.dependencies());
                    left.removeIf(accumulated);
                    kept = new ReadyRecord(entry.report(), Collections.unmodifiableSortedSet(left));
                    changed = true;
                    break;
                }
            }
            edited.add(kept);
        }
        return changed ? Collections.unmodifiableList(edited) : queue;
    }

    /**
     * Returns the reports of a queue that can be accumulated, each behind what it depends on (Q).
     *
     * <p>The paper edits the whole queue again and again; here each entry counts its missing
     * dependencies, so that the work is linear in the queue. What is unlocked in one step comes in
     * the order of the queue.
     */
    static List<WorkReport> unlocked(List<ReadyRecord> queue) {
        int[] missing = new int[queue.size()];
        boolean[] gone = new boolean[queue.size()];
        Map<Hash, List<Integer>> dependents = new HashMap<>();
        Map<Hash, List<Integer>> entriesOf = new HashMap<>();
        List<Integer> step = new ArrayList<>();
        for (int i = 0; i < missing.length; i++) {
            ReadyRecord entry = queue.get(i);
            missing[i] = entry.dependencies().size();
            entriesOf.computeIfAbsent(packageOf(entry), _ -> new ArrayList<>()).add(i);
            for (Hash dependency : entry.dependencies()) {
                dependents.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(i);
            }
            if (missing[i] == 0) {
                step.add(i);
            }
        }
        List<WorkReport> unlocked = new ArrayList<>();
        while (!step.isEmpty()) {
            Set<Hash> accumulated = new HashSet<>();
            for (int i : step) {
                unlocked.add(queue.get(i).report());
                accumulated.add(packageOf(queue.get(i)));
            }
            TreeSet<Integer> touched = new TreeSet<>();
            for (Hash hash : accumulated) {
                for (int i : entriesOf.getOrDefault(hash, List.of())) {
                    gone[i] = true;
                }
                for (int i : dependents.getOrDefault(hash, List.of())) {
                    missing[i]--;
                    touched.add(i);
                }
            }
            step.clear();
            for (int i : touched) {
                if (!gone[i] && missing[i] == 0) {
                    step.add(i);
                }
            }
        }
        return unlocked;
    }

    /** Returns the hashes of the reports' packages (P). */
    static SortedSet<Hash> packages(List<WorkReport> reports) {
        TreeSet<Hash> packages = new TreeSet<>();
        for (WorkReport report : reports) {
            packages.add(report.specification().packageHash());
        }
        return Collections.unmodifiableSortedSet(packages);
    }

    /**
     * Returns the accumulated packages with the latest added and the oldest dropped (ξ′); the same
     * object if all were and are empty.
     */
    static List<SortedSet<Hash>> shift(List<SortedSet<Hash>> accumulated, SortedSet<Hash> latest) {
        if (latest.isEmpty() && accumulated.stream().allMatch(SortedSet::isEmpty)) {
            return accumulated;
        }
        List<SortedSet<Hash>> shifted = new ArrayList<>(accumulated.subList(1, accumulated.size()));
        shifted.add(latest);
        return Collections.unmodifiableList(shifted);
    }

    /**
     * Returns the queue with what still waits (ω′); the same object if nothing changed.
     *
     * @param elapsed τ′ − τ
     * @param phase m: of the block's time slot in its epoch
     * @param latest what was accumulated in this block
     */
    static List<List<ReadyRecord>> requeue(
            List<List<ReadyRecord>> ready,
            List<ReadyRecord> queued,
            long elapsed,
            int phase,
            SortedSet<Hash> latest) {
        List<List<ReadyRecord>> requeued = new ArrayList<>(ready);
        boolean changed = false;
        for (int i = 0; i < ready.size(); i++) {
            int slot = Math.floorMod(phase - i, ready.size());
            List<ReadyRecord> before = ready.get(slot);
            List<ReadyRecord> after;
            if (i == 0) {
                after = edit(queued, latest::contains);
            } else if (i < elapsed) {
                after = List.of();
            } else {
                after = edit(before, latest::contains);
            }
            if (after != before && !(after.isEmpty() && before.isEmpty())) {
                requeued.set(slot, after);
                changed = true;
            }
        }
        return changed ? Collections.unmodifiableList(requeued) : ready;
    }

    private static Hash packageOf(ReadyRecord entry) {
        return entry.report().specification().packageHash();
    }

    private static boolean contains(List<SortedSet<Hash>> sets, Hash hash) {
        for (SortedSet<Hash> set : sets) {
            if (set.contains(hash)) {
                return true;
            }
        }
        return false;
    }
}
