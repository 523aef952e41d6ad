package io.marmalade.transition.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The signature checks of one block, in the order in which the parts ask for them. They may run on
 * an executor while the transition goes on; whoever asks for the {@linkplain #verdict verdict} runs
 * what nobody has begun yet.
 *
 * <p>The verdict is that of the sequential order, whatever the executor does: a part that fails
 * otherwise first adds the signatures that come before. Adding and asking is for one thread only.
 */
public final class SignatureChecks {
    /**
     * How many signatures are checked together: enough to be cheaper, few enough to be shared out.
     */
    private static final int BATCH = 64;

    private static final int NONE = -1;

    /** Checks that run together; the task tells the first that fails. */
    private record Batch(
            Violation violation, IntFunction<String> detail, FutureTask<Integer> task) {}

    private final Executor executor;
    private final List<Batch> batches = new ArrayList<>();
    private int passed;

    /**
     * @param executor runs checks; one that runs them at once gives the sequential order
     */
    public SignatureChecks(Executor executor) {
        this.executor = executor;
    }

    /**
     * An Ed25519 signature to check.
     *
     * @param claim the signature
     * @param where says where it stands; asked for only if it fails
     */
    public record Ed25519Check(Cryptography.Ed25519Claim claim, Supplier<String> where) {}

    /**
     * Adds a check.
     *
     * @param violation what is broken if it fails
     * @param where says where it stands; asked for only if it fails
     * @param check the check itself, pure and safe to run on any thread
     */
    public void add(Violation violation, Supplier<String> where, BooleanSupplier check) {
        submit(violation, index -> where.get(), () -> check.getAsBoolean() ? NONE : 0);
    }

    /**
     * Adds checks that are made together.
     *
     * @param violation what is broken if one fails
     * @param where says where the check of an index stands; asked for only if it is the first that
     *     fails
     * @param checks the checks: a verdict for each; pure and safe to run on any thread
     */
    public void addAll(Violation violation, IntFunction<String> where, Supplier<boolean[]> checks) {
        submit(violation, where, () -> firstFailure(checks.get()));
    }

    /** Adds checks of Ed25519 signatures, in this order. */
    public void addEd25519(
            Violation violation, Cryptography cryptography, List<Ed25519Check> checks) {
        for (int from = 0; from < checks.size(); from += BATCH) {
            List<Ed25519Check> batch =
                    List.copyOf(checks.subList(from, Math.min(checks.size(), from + BATCH)));
            addAll(
                    violation,
                    index -> batch.get(index).where.get(),
                    () ->
                            cryptography.verifyEd25519(
                                    batch.stream().map(Ed25519Check::claim).toList()));
        }
    }

    /**
     * Returns the reason of the first check that fails, or nothing if all that were added pass.
     * Waits for them.
     */
    public Optional<InvalidReason> verdict() {
        for (int i = passed; i < batches.size(); i++) {
            batches.get(i).task.run();
        }
        while (passed < batches.size()) {
            Batch batch = batches.get(passed);
            int failure = await(batch);
            if (failure != NONE) {
                abandon();
                return Optional.of(batch.violation.because(batch.detail.apply(failure)));
            }
            passed++;
        }
        return Optional.empty();
    }

    /** Gives up the checks that have not begun. */
    public void abandon() {
        for (Batch batch : batches) {
            batch.task.cancel(false);
        }
    }

    private void submit(
            Violation violation, IntFunction<String> detail, Callable<Integer> firstFailure) {
        FutureTask<Integer> task = new FutureTask<>(firstFailure);
        batches.add(new Batch(violation, detail, task));
        executor.execute(task);
    }

    private static int firstFailure(boolean[] verdicts) {
        for (int i = 0; i < verdicts.length; i++) {
            if (!verdicts[i]) {
                return i;
            }
        }
        return NONE;
    }

    private static int await(Batch batch) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return batch.task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(
                            "the check of " + batch.violation + " failed by itself", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
