package io.marmalade.crypto.bandersnatch;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does independent tasks on the calling thread and on as many others as an executor lends. The
 * caller only waits for tasks that others have begun, so that a busy executor merely means less
 * help.
 */
final class Workers {
    /** Waiting without sleep: to be woken takes about as long, and most lists are short. */
    private static final long SPIN_NANOS = 100_000;

    private final @Nullable Executor executor;

    /** Threads that wait for the next list. */
    private final AtomicInteger idle = new AtomicInteger();

    private volatile @Nullable Crew latest;

    /**
     * @param executor who lends threads, or null for none
     */
    Workers(@Nullable Executor executor) {
        this.executor = executor;
    }

    /** Returns whether there may be other threads. */
    boolean mayHelp() {
        return executor != null;
    }

    /**
     * Does all tasks, in any order, and returns when they are done; throws what one of them threw.
     * For one caller at a time.
     */
    void run(List<Runnable> tasks) {
        Crew crew = new Crew(tasks);
        if (executor != null) {
            int most = Math.min(tasks.size(), Runtime.getRuntime().availableProcessors()) - 1;
            latest = crew;
            try {
                for (int i = idle.get(); i < most; i++) {
                    executor.execute(this::help);
                }
            } catch (RejectedExecutionException e) {
                // No help, then: the caller does the work.
            }
        }
        crew.run();
        crew.await();
    }

    /** Helps with one list after the other, as long as they follow each other closely. */
    private void help() {
        Crew done = null;
        for (Crew crew = latest; crew != null && crew != done; crew = next(crew)) {
            crew.run();
            done = crew;
        }
    }

    private @Nullable Crew next(Crew last) {
        idle.incrementAndGet();
        long start = System.nanoTime();
        while (latest == last && System.nanoTime() - start < SPIN_NANOS) {
            Thread.onSpinWait();
        }
        idle.decrementAndGet();
        return latest;
    }

    /** The threads at work on one list. */
    private static final class Crew implements Runnable {
        private final List<Runnable> tasks;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch done;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Crew(List<Runnable> tasks) {
            this.tasks = tasks;
            done = new CountDownLatch(tasks.size());
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
                try {
                    tasks.get(i).run();
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    done.countDown();
                }
            }
        }

        void await() {
            long start = System.nanoTime();
            while (done.getCount() > 0 && System.nanoTime() - start < SPIN_NANOS) {
                Thread.onSpinWait();
            }
            boolean interrupted = false;
            while (true) {
                try {
                    done.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            switch (failure.get()) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new AssertionError("tasks throw nothing else", e);
            }
        }
    }
}
