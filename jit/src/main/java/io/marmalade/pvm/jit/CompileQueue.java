package io.marmalade.pvm.jit;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Compiles in the background: one thread, a bounded queue; what does not fit in is hot enough to be
 * found again.
 */
final class CompileQueue {
    private static final int CAPACITY = 256;

    private final ThreadPoolExecutor executor;

    CompileQueue() {
        executor =
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
        executor.allowCoreThreadTimeOut(true);
    }

    void submit(Runnable task) {
        executor.execute(task);
    }
}
