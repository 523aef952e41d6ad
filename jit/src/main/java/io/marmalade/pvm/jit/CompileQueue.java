package io.marmalade.pvm.jit;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Compiles in the background: one thread, a bounded queue; what does not fit in is hot enough to be
 * found again. A process that never compiles anything loads none of this.
 */
final class CompileQueue {
    private static final int CAPACITY = 256;

    private static final class Executor {
        final ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        1,
                        1,
                        5,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(CAPACITY),
                        task -> {
                            Thread thread = new Thread(task, "jit");
                            thread.setDaemon(true);
                            return thread;
                        },
                        new ThreadPoolExecutor.DiscardPolicy());

        Executor() {
            threads.allowCoreThreadTimeOut(true);
        }
    }

    private @Nullable Executor executor;

    synchronized void submit(Runnable task) {
        Executor known = executor;
        if (known == null) {
            known = new Executor();
            executor = known;
        }
        known.threads.execute(task);
    }
}
