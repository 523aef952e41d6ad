package io.marmalade.crypto.backend;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Two implementations of one thing: a plain one that is there at once, and one by the Vector API
 * that is several times as fast, but only after seconds of compilation.
 *
 * <p>Work is done plainly until there has been enough of it to say that more will come. Some
 * seconds later ({@code marmalade.vector.patience}) a background thread tries the fast
 * implementation over and over, and when it has become the faster one, it takes over. A process
 * that does little never pays for the compilation, and nobody ever waits for it. Both give the same
 * results, so which of them is in use can only be told by the time.
 *
 * <p>The system property {@code marmalade.vector} says otherwise for all things, and {@code
 * marmalade.vector.NAME} for one: {@code off} for the plain implementation only, {@code on} for the
 * fast one from the first call, {@code auto} for what is described here.
 *
 * @param <T> the interface of both
 */
public final class Tiered<T> {
    private static final System.Logger LOG = System.getLogger(Tiered.class.getName());

    private static final String PROPERTY = "marmalade.vector";

    /**
     * How long the background thread waits before it begins, unless the property says otherwise.
     */
    private static final long PATIENCE_SECONDS = 20;

    private static final String PATIENCE_PROPERTY = "marmalade.vector.patience";

    /** Trials in a row in which the fast implementation must have been faster. */
    private static final int WINS = 5;

    private static final long GIVE_UP_NANOS = 60_000_000_000L;

    private final String name;
    private final T plain;
    private final Supplier<? extends T> fast;
    private final Trial<T> trial;
    private final long threshold;
    private final AtomicBoolean started = new AtomicBoolean();

    /** Read and written without order: a late reader merely does some more work plainly. */
    private T current;

    /** Racy on purpose: a lost count only delays. */
    private long work;

    /** A small sample of the work, the same for both implementations. */
    @FunctionalInterface
    public interface Trial<T> {
        /** Does the sample. */
        void run(T implementation);
    }

    /**
     * Creates the pair.
     *
     * @param name for messages and the property: lower case, no spaces
     * @param plain used first
     * @param fast makes the fast implementation; only called where the Vector API is there with at
     *     least 256 bits, in a background thread or by the constructor; what it throws leaves the
     *     plain one in use
     * @param trial a sample of the work, some microseconds long
     * @param threshold the work that must have been done plainly, in units of {@link #forWork},
     *     before the fast implementation is tried
     */
    public Tiered(
            String name, T plain, Supplier<? extends T> fast, Trial<T> trial, long threshold) {
        this.name = name;
        this.plain = plain;
        this.fast = fast;
        this.trial = trial;
        this.threshold = threshold;
        current = plain;
        String mode =
                System.getProperty(PROPERTY + "." + name, System.getProperty(PROPERTY, "auto"));
        switch (mode.toLowerCase(Locale.ROOT)) {
            case "off" -> started.set(true);
            case "on" -> {
                started.set(true);
                if (vectorsAvailable()) {
                    current = fast.get();
                } else {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "No vectors for {0} on this machine",
                            name);
                }
            }
            case "auto" ->
                    // Only the background thread asks for the width: that loads much of the API.
                    started.set(!modulePresent());
            default ->
                    throw new IllegalArgumentException(
                            PROPERTY + " is auto, on or off, not " + mode);
        }
    }

    /** Returns whether the Vector API is part of this process. */
    public static boolean vectorsAvailable() {
        return modulePresent() && VectorWidth.bits() >= 256;
    }

    private static boolean modulePresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /**
     * Returns the implementation to use now.
     *
     * @param amount how much work the caller is about to do
     */
    public T forWork(long amount) {
        if (!started.getPlain()) {
            work += amount;
            if (work >= threshold && started.compareAndSet(false, true)) {
                Thread.ofPlatform().daemon().name("warm-up-" + name).start(this::warmUp);
            }
        }
        return current;
    }

    private void warmUp() {
        try {
            // What a process does in its first seconds has better use for the processors.
            Thread.sleep(Duration.ofSeconds(Long.getLong(PATIENCE_PROPERTY, PATIENCE_SECONDS)));
            if (!vectorsAvailable()) {
                return;
            }
            T candidate = fast.get();
            if (candidate == plain) {
                return;
            }
            long end = System.nanoTime() + GIVE_UP_NANOS;
            int wins = 0;
            while (wins < WINS) {
                long fastNanos = nanos(candidate);
                long plainNanos = nanos(plain);
                wins = fastNanos < plainNanos ? wins + 1 : 0;
                if (System.nanoTime() - end > 0) {
                    LOG.log(System.Logger.Level.DEBUG, "Vectors do not make {0} faster", name);
                    return;
                }
            }
            current = candidate;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "No vectors for " + name, e);
        }
    }

    /** Several runs, so that one interruption decides nothing. */
    private long nanos(T implementation) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            trial.run(implementation);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }
}
