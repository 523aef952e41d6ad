package io.marmalade.transition.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class SignatureChecksTest {
    @Test
    void givesTheFirstFailureWhateverTheExecutorDoes() {
        long seed = new Random().nextLong();
        System.out.println("SignatureChecksTest seed " + seed);
        Random random = new Random(seed);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int run = 0; run < 300; run++) {
                boolean[] verdicts = new boolean[1 + random.nextInt(200)];
                int first = -1;
                for (int i = 0; i < verdicts.length; i++) {
                    verdicts[i] = random.nextInt(100) != 0;
                    first = first < 0 && !verdicts[i] ? i : first;
                }
                Optional<String> expected =
                        first < 0 ? Optional.empty() : Optional.of("check " + first);
                long shape = random.nextLong();
                assertEquals(expected, verdict(Runnable::run, verdicts, new Random(shape)));
                assertEquals(expected, verdict(task -> {}, verdicts, new Random(shape)));
                assertEquals(expected, verdict(pool, verdicts, new Random(shape)));
                assertEquals(expected, verdict(new Backwards(), verdicts, new Random(shape)));
            }
        }
    }

    @Test
    void verdictInBetweenLeavesLaterChecksToTheNext() {
        SignatureChecks checks = new SignatureChecks(task -> {});
        checks.add(Violation.SAFROLE_BAD_SEAL, () -> "seal", () -> true);
        assertEquals(Optional.empty(), checks.verdict());
        checks.add(Violation.REPORTS_BAD_SIGNATURE, () -> "late", () -> false);
        assertEquals(
                Optional.of(Violation.REPORTS_BAD_SIGNATURE.because("late")), checks.verdict());
    }

    @Test
    void checkThatThrowsIsABugOfOurs() {
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        checks.add(
                Violation.SAFROLE_BAD_SEAL,
                () -> "seal",
                () -> {
                    throw new IllegalArgumentException("broken");
                });
        assertThrows(IllegalStateException.class, checks::verdict);
    }

    /** Adds single checks and batches in turn. */
    private static Optional<String> verdict(Executor executor, boolean[] verdicts, Random random) {
        SignatureChecks checks = new SignatureChecks(executor);
        int i = 0;
        while (i < verdicts.length) {
            int from = i;
            int size = Math.min(verdicts.length - i, 1 + random.nextInt(5));
            if (size == 1) {
                checks.add(Violation.SAFROLE_BAD_SEAL, () -> "check " + from, () -> verdicts[from]);
            } else {
                checks.addAll(
                        Violation.SAFROLE_BAD_TICKET_PROOF,
                        index -> "check " + (from + index),
                        () -> Arrays.copyOfRange(verdicts, from, from + size));
            }
            i += size;
        }
        if (executor instanceof Backwards backwards) {
            backwards.run();
        }
        return checks.verdict().map(InvalidReason::detail);
    }

    /** Runs the tasks that came last first, and not all of them. */
    private static final class Backwards implements Executor {
        private final List<Runnable> tasks = new ArrayList<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void run() {
            Collections.reverse(tasks);
            tasks.subList(0, tasks.size() / 2).forEach(Runnable::run);
        }
    }
}
