package io.marmalade.pvm.diff;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.diff.DiffEngine.Disagreement;
import io.marmalade.pvm.diff.DiffEngine.Verdict;
import io.marmalade.pvm.diff.Outcome.Status;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Generated cases, one after the other, on some threads. It can be stopped at any time and goes on
 * where it was: what is done is a number, below which every case was compared.
 */
public final class Campaign {
    /** Cases that a worker takes at once. */
    private static final int SHARE = 256;

    /**
     * Cases that are under way in one worker: enough to keep a process busy, few enough for its
     * pipes.
     */
    private static final int UNDER_WAY = 16;

    /** After so many findings a campaign ends; more would say the same. */
    private static final int MAX_FINDINGS = 20;

    private final List<CaseGenerator> generators = new ArrayList<>();
    private final List<Dialect> dialects;
    private final EngineMaker maker;
    private final long first;
    private final long end;
    private final boolean flat;
    private final long every;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private final Object lock = new Object();
    private long next;
    private long compared;
    private final TreeSet<Long> sharesUnderWay = new TreeSet<>();
    private final Map<ExpectedDifference, Long> expected = new EnumMap<>(ExpectedDifference.class);
    private final Map<Status, Long> stops = new EnumMap<>(Status.class);
    private final List<Finding> findings = new ArrayList<>();

    /** Makes the engines of one worker. */
    @FunctionalInterface
    public interface EngineMaker {
        /**
         * Makes subjects of the worker's own.
         *
         * @return an engine that the worker closes
         * @throws IOException if one does not start
         */
        DiffEngine make() throws IOException;
    }

    /**
     * A case on which subjects disagree.
     *
     * @param index of the case in its campaign
     * @param start as it was generated, with the gas of the checkpoint where it differs
     * @param reduced the minimal case
     * @param lines what differs in the minimal case, and both sides
     */
    public record Finding(long index, DiffCase start, DiffCase reduced, List<String> lines) {}

    /**
     * How far a campaign is.
     *
     * @param compared cases in this run
     * @param done all cases below this index were compared, in this run or before
     * @param expected how often each rule explained a difference
     * @param stops how the first subject's runs ended
     * @param findings what is not explained
     */
    public record Summary(
            long compared,
            long done,
            Map<ExpectedDifference, Long> expected,
            Map<Status, Long> stops,
            List<Finding> findings) {}

    /**
     * Makes a campaign that compares ends, with memory as it is generated.
     *
     * @param seed decides all cases
     * @param dialects of the programs, in turn
     * @param first the index of the first case: 0, or what an earlier run had done
     * @param end the index after the last case
     * @param maker makes the engines of each worker
     */
    public Campaign(long seed, List<Dialect> dialects, long first, long end, EngineMaker maker) {
        this(seed, dialects, first, end, false, 0, maker);
    }

    /**
     * Makes a campaign.
     *
     * @param seed decides all cases
     * @param dialects of the programs, in turn
     * @param first the index of the first case: 0, or what an earlier run had done
     * @param end the index after the last case
     * @param flat whether memory is made one piece ({@link DiffCase#flat})
     * @param every the gas between checkpoints ({@link DiffEngine#compareEvery}); 0 to compare the
     *     ends only, which is much quicker
     * @param maker makes the engines of each worker
     */
    public Campaign(
            long seed,
            List<Dialect> dialects,
            long first,
            long end,
            boolean flat,
            long every,
            EngineMaker maker) {
        this.dialects = List.copyOf(dialects);
        for (Dialect dialect : dialects) {
            generators.add(new CaseGenerator(seed, dialect));
        }
        this.first = first;
        this.next = first;
        this.end = end;
        this.flat = flat;
        this.every = every;
        this.maker = maker;
    }

    /**
     * Returns a case of the campaign.
     *
     * @param index which one
     * @return always the same for the same index
     */
    public DiffCase get(long index) {
        int which = (int) Long.remainderUnsigned(index, dialects.size());
        DiffCase generated = generators.get(which).get(index);
        return flat ? generated.flat() : generated;
    }

    /** Makes the workers end soon. */
    public void stop() {
        stopped.set(true);
    }

    /** {@return how far the campaign is} */
    public Summary summary() {
        synchronized (lock) {
            long done = sharesUnderWay.isEmpty() ? next : sharesUnderWay.first();
            return new Summary(
                    compared,
                    done,
                    new EnumMap<>(expected),
                    new EnumMap<>(stops),
                    List.copyOf(findings));
        }
    }

    /**
     * Runs to the end, or until it is stopped or has found too much.
     *
     * @param threads workers, at least 1
     * @throws IOException if a subject does not start
     * @throws InterruptedException if this thread is interrupted; the workers have ended then
     */
    public void run(int threads) throws IOException, InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> workers = new ArrayList<>();
        for (int worker = 0; worker < threads; worker++) {
            workers.add(
                    Thread.ofPlatform()
                            .name("diff-" + worker)
                            .start(() -> {
                                try (DiffEngine engine = maker.make()) {
                                    work(engine);
                                } catch (IOException | RuntimeException | Error e) {
                                    failure.compareAndSet(null, e);
                                    stop();
                                }
                            }));
        }
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop();
                }
            }
        }
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case Throwable e -> throw new IllegalStateException("a worker broke down", e);
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    private void work(DiffEngine engine) {
        while (!stopped.get()) {
            long from;
            synchronized (lock) {
                if (next >= end || findings.size() >= MAX_FINDINGS) {
                    return;
                }
                from = next;
                next = Math.min(end, next + SHARE);
                sharesUnderWay.add(from);
            }
            long to = Math.min(end, from + SHARE);
            if (share(engine, from, to)) {
                synchronized (lock) {
                    sharesUnderWay.remove(from);
                }
            }
        }
    }

    /** Returns whether all of the share was compared. */
    private boolean share(DiffEngine engine, long from, long to) {
        ArrayDeque<DiffCase> underWay = new ArrayDeque<>();
        long[] ends = new long[Status.values().length];
        long taken = 0;
        List<ExpectedDifference> explained = new ArrayList<>();
        List<Long> odd = new ArrayList<>();
        for (long index = from; index < to || !underWay.isEmpty(); ) {
            if (index < to && underWay.size() < UNDER_WAY && every == 0) {
                DiffCase start = get(index++);
                engine.submit(start);
                underWay.add(start);
                continue;
            }
            Verdict verdict =
                    every == 0
                            ? engine.take(underWay.remove())
                            : engine.compareEvery(get(index++), every).verdict();
            ends[verdict.base().status().ordinal()]++;
            if (verdict.disagreements().isEmpty()) {
                explained.addAll(verdict.expected());
            } else {
                odd.add(from + taken);
            }
            taken++;
        }
        List<Verdict> findings = new ArrayList<>();
        List<Long> indices = new ArrayList<>();
        for (long index : odd) {
            Verdict verdict =
                    every == 0
                            ? engine.compare(get(index))
                            : engine.compareEvery(get(index), every).verdict();
            explained.addAll(verdict.expected());
            // What was explained by now only needed a closer look; what agrees now is a finding.
            if (!verdict.disagreements().isEmpty() || verdict.expected().isEmpty()) {
                findings.add(verdict);
                indices.add(index);
            }
        }
        synchronized (lock) {
            compared += taken;
            for (Status status : Status.values()) {
                stops.merge(status, ends[status.ordinal()], Long::sum);
            }
            explained.forEach(rule -> expected.merge(rule, 1L, Long::sum));
        }
        for (int at = 0; at < findings.size(); at++) {
            long index = indices.get(at);
            Verdict verdict = findings.get(at);
            DiffCase start = verdict.start();
            if (verdict.disagreements().isEmpty()) {
                found(new Finding(index, start, start, List.of("differs only sometimes")));
                continue;
            }
            Disagreement disagreement = verdict.disagreements().get(0);
            DiffCase reduced = engine.reduce(start, disagreement);
            Verdict again = engine.compare(reduced);
            Disagreement minimal =
                    again.disagreements().isEmpty() ? disagreement : again.disagreements().get(0);
            found(new Finding(index, start, reduced, minimal.lines()));
            if (stopped.get()) {
                return false;
            }
        }
        return true;
    }

    private void found(Finding finding) {
        synchronized (lock) {
            findings.add(finding);
        }
    }

    /** {@return the index of the first case of this run} */
    public long first() {
        return first;
    }
}
