package io.marmalade.transition.rules;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.RingRoot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Roots of rings that are expected to be asked for, in the making. Which of them were expected, and
 * whether they are ready, can only be told by the time that asking takes. Safe to use from several
 * threads.
 */
final class ExpectedRings {
    /** Rings that are kept: forks seldom disagree about the next validators. */
    private static final int KEPT = 4;

    private final Executor executor;
    private final Function<List<BandersnatchKey>, RingRoot> commit;
    private final Map<List<BandersnatchKey>, FutureTask<RingRoot>> roots =
            new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<List<BandersnatchKey>, FutureTask<RingRoot>> eldest) {
                    return size() > KEPT;
                }
            };

    /**
     * @param executor finds the roots of expected rings
     * @param commit the root of a ring, pure
     */
    ExpectedRings(Executor executor, Function<List<BandersnatchKey>, RingRoot> commit) {
        this.executor = executor;
        this.commit = commit;
    }

    /**
     * Begins to find the root of a ring, unless that was done.
     *
     * @param ring the keys
     * @param then what to do in the background once it is known
     */
    void expect(List<BandersnatchKey> ring, Runnable then) {
        FutureTask<RingRoot> task = new FutureTask<>(() -> commit.apply(ring));
        synchronized (roots) {
            if (roots.get(ring) != null) {
                return;
            }
            roots.put(ring, task);
        }
        try {
            executor.execute(() -> {
                task.run();
                if (task.state() == Future.State.SUCCESS) {
                    then.run();
                }
            });
        } catch (RejectedExecutionException e) {
            // Then whoever asks for the root finds it.
        }
    }

    /** Returns the root of a ring, waiting for whoever is about to find it. */
    RingRoot root(List<BandersnatchKey> ring) {
        FutureTask<RingRoot> task;
        synchronized (roots) {
            task = roots.get(ring);
        }
        if (task == null) {
            return commit.apply(ring);
        }
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    // It fails again, as it would have without having been expected.
                    return commit.apply(ring);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
