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
    private final @Nullable Executor executor;

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
     */
    void run(List<Runnable> tasks) {
        Crew crew = new Crew(tasks);
        if (executor != null) {
            int most = Math.min(tasks.size(), Runtime.getRuntime().availableProcessors()) - 1;
            try {
                for (int i = 0; i < most; i++) {
                    executor.execute(crew);
                }
            } catch (RejectedExecutionException e) {
                // No help, then: the caller does the work.
            }
        }
        crew.run();
        crew.await();
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
