package io.marmalade.transition.accumulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.base.Hash;
import io.marmalade.block.WorkReport;
import io.marmalade.state.ReadyRecord;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

class ReadyQueuesTest {
    @Test
    void unlocksAsThePaperWritesItDown() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            List<ReadyRecord> queue = queue(random, random.nextInt(20));
            assertEquals(plainUnlocked(queue), ReadyQueues.unlocked(queue));
        }
    }

    @Test
    void editsAsThePaperWritesItDown() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            List<ReadyRecord> queue = queue(random, random.nextInt(20));
            Set<Hash> accumulated = new TreeSet<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                accumulated.add(Reports.hash(random.nextInt(16)));
            }
            List<ReadyRecord> edited = ReadyQueues.edit(queue, accumulated::contains);
            assertEquals(plainEdit(queue, accumulated), edited);
            if (edited.equals(queue)) {
                assertSame(queue, edited);
            }
        }
    }

    @Test
    void unlocksALongChainInLinearTime() {
        List<ReadyRecord> queue = new ArrayList<>();
        for (int i = 10_000; i > 0; i--) {
            queue.add(record(i, i == 1 ? Set.of() : Set.of(Reports.hash(i - 1))));
        }
        List<WorkReport> unlocked = ReadyQueues.unlocked(queue);
        assertEquals(10_000, unlocked.size());
        assertEquals(Reports.hash(1), unlocked.getFirst().specification().packageHash());
    }

    @Test
    void walksTheQueueFromTheOldestSlot() {
        List<List<ReadyRecord>> ready =
                List.of(
                        List.of(record(1, Set.of())),
                        List.of(record(2, Set.of())),
                        List.of(record(3, Set.of())));
        List<WorkReport> order =
                ReadyQueues.accumulatable(
                        ReadyQueues.split(
                                List.of(Reports.report(4, List.of())),
                                Collections.nCopies(3, new TreeSet<>())),
                        ready,
                        1);
        assertEquals(
                List.of(Reports.hash(4), Reports.hash(2), Reports.hash(3), Reports.hash(1)),
                order.stream().map(report -> report.specification().packageHash()).toList());
    }

    @Test
    void dropsSlotsThatWerePassedOver() {
        List<List<ReadyRecord>> ready = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ready.add(List.of(record(i, Set.of(Reports.hash(99)))));
        }
        List<ReadyRecord> queued = List.of(record(7, Set.of(Reports.hash(98))));
        List<List<ReadyRecord>> requeued =
                ReadyQueues.requeue(ready, queued, 3, 1, new TreeSet<>());
        assertEquals(List.of(List.of(), queued, ready.get(2), ready.get(3), List.of()), requeued);
    }

    @Test
    void keepsTheQueueItselfWhereNothingHappens() {
        List<List<ReadyRecord>> ready = List.of(List.of(), List.of(), List.of());
        assertSame(
                ready,
                ReadyQueues.requeue(ready, List.of(), 1, 2, new TreeSet<>(Set.of(Hash.ZERO))));
        List<SortedSet<Hash>> accumulated = Collections.nCopies(3, new TreeSet<>());
        assertSame(accumulated, ReadyQueues.shift(accumulated, new TreeSet<>()));
    }

    /** E. */
    private static List<ReadyRecord> plainEdit(List<ReadyRecord> queue, Set<Hash> accumulated) {
        List<ReadyRecord> edited = new ArrayList<>();
        for (ReadyRecord entry : queue) {
            if (!accumulated.contains(entry.report().specification().packageHash())) {
                TreeSet<Hash> left = new TreeSet<>(entry.dependencies());
                left.removeAll(accumulated);
                edited.add(new ReadyRecord(entry.report(), left));
            }
        }
        return edited;
    }

    /** Q. */
    private static List<WorkReport> plainUnlocked(List<ReadyRecord> queue) {
        List<WorkReport> step =
                queue.stream()
                        .filter(entry -> entry.dependencies().isEmpty())
                        .map(ReadyRecord::report)
                        .toList();
        if (step.isEmpty()) {
            return step;
        }
        List<WorkReport> all = new ArrayList<>(step);
        all.addAll(plainUnlocked(plainEdit(queue, ReadyQueues.packages(step))));
        return all;
    }

    private static List<ReadyRecord> queue(Random random, int size) {
        List<ReadyRecord> queue = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Set<Hash> dependencies = new TreeSet<>();
            for (int j = random.nextInt(4); j > 0; j--) {
                dependencies.add(Reports.hash(random.nextInt(16)));
            }
            // Two entries may be of the same package, and depend on it.
            queue.add(record(random.nextInt(16), dependencies));
        }
        return queue;
    }

    private static ReadyRecord record(int number, Set<Hash> dependencies) {
        return new ReadyRecord(
                Reports.report(number, List.copyOf(dependencies)), new TreeSet<>(dependencies));
    }
}
