package io.marmalade.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C and a request to terminate do: the working thread is interrupted, and has a moment to
 * close what it holds and to report what was done so far, before the process ends.
 */
final class Interruption {
    /** Below the second within which the process has to end. */
    private static final long PATIENCE_MILLIS = 800;

    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile boolean requested;

    private Interruption() {}

    /** Makes the calling thread the one that is interrupted. */
    static void install() {
        Thread worker = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("interruption")
                                .unstarted(() -> {
                                    if (FINISHED.getCount() > 0) {
                                        requested = true;
                                        worker.interrupt();
                                        await();
                                    }
                                }));
    }

    /** Returns whether the process was asked to end. */
    static boolean requested() {
        return requested;
    }

    /** Says that the work is over, interrupted or not. */
    static void finished() {
        FINISHED.countDown();
    }

    private static void await() {
        try {
            FINISHED.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
