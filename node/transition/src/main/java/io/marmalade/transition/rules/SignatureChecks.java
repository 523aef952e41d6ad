package io.marmalade.transition.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The signature checks of one block, in the order in which the parts ask for them. They may run on an executor while the
 * transition goes on; whoever asks for the {@linkplain #verdict verdict} runs what nobody has begun yet.
 *
 * <p>The verdict is that of the sequential order, whatever the executor does: a part that fails otherwise first asks
 * for the verdict on the signatures before it. Adding and asking is for one thread only.
 */
public final class SignatureChecks {
    private record Check(Violation violation, Supplier<String> detail, FutureTask<Boolean> task) {}

    private final Executor executor;
    private final List<Check> checks = new ArrayList<>();
    private int passed;

    /**
     * @param executor runs checks; one that runs them at once gives the sequential order
     */
    public SignatureChecks(Executor executor) {
        this.executor = executor;
    }

    /**
     * Adds a check.
     *
     * @param violation what is broken if it fails
     * @param detail says where; asked for only if it fails
     * @param check the check itself, pure and safe to run on any thread
     */
    public void add(Violation violation, Supplier<String> detail, BooleanSupplier check) {
        FutureTask<Boolean> task = new FutureTask<>(check::getAsBoolean);
        checks.add(new Check(violation, detail, task));
        executor.execute(task);
    }

    /** Returns the number of checks added so far. */
    public int size() {
        return checks.size();
    }

    /** Returns the reason of the first check that fails, or nothing if all that were added pass. Waits for them. */
    public Optional<InvalidReason> verdict() {
        for (int i = passed; i < checks.size(); i++) {
            checks.get(i).task.run();
        }
        while (passed < checks.size()) {
            Check check = checks.get(passed);
            if (!result(check)) {
                abandon();
                return Optional.of(check.violation.because(check.detail.get()));
            }
            passed++;
        }
        return Optional.empty();
    }

    /** Gives up the checks that have not begun. */
    public void abandon() {
        for (Check check : checks) {
            check.task.cancel(false);
        }
    }

    private static boolean result(Check check) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return check.task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(
                            "the check of " + check.violation + " failed by itself", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
