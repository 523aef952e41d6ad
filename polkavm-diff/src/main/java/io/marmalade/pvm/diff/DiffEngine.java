package io.marmalade.pvm.diff;

import io.marmalade.pvm.diff.Outcome.Status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs cases on several subjects and compares what they saw with what the first of them saw. Not
 * thread-safe; it owns its subjects and closes them.
 */
public final class DiffEngine implements AutoCloseable {
    private final List<Subject> subjects;

    /**
     * Makes an engine.
     *
     * @param subjects two or more; the first is what the others are compared with, where they know
     *     the case's dialect
     */
    public DiffEngine(List<? extends Subject> subjects) {
        this.subjects = List.copyOf(subjects);
    }

    /**
     * What was found out about one case.
     *
     * @param start the case
     * @param base what the first subject saw
     * @param disagreements what cannot be explained
     * @param expected the rules that explained the rest
     */
    public record Verdict(
            DiffCase start,
            Outcome base,
            List<Disagreement> disagreements,
            List<ExpectedDifference> expected) {}

    /**
     * A subject that saw something else than the first.
     *
     * @param left the first subject
     * @param right the other
     * @param seenLeft what the first saw
     * @param seenRight what the other saw
     */
    public record Disagreement(Subject left, Subject right, Outcome seenLeft, Outcome seenRight) {
        /** {@return what differs and both sides, for a reader} */
        public List<String> lines() {
            List<String> lines = new ArrayList<>(seenLeft.differences(seenRight));
            seenLeft.lines().forEach(line -> lines.add(left.name() + ": " + line));
            seenRight.lines().forEach(line -> lines.add(right.name() + ": " + line));
            return lines;
        }
    }

    /** {@return the subjects, the first of which is what the others are compared with} */
    public List<Subject> subjects() {
        return subjects;
    }

    /**
     * Begins to run a case on all subjects.
     *
     * @param start the case
     */
    public void submit(DiffCase start) {
        // Those that answer later first, so that they work while ours do.
        for (int index = subjects.size() - 1; index >= 0; index--) {
            if (subjects.get(index).runs(start.dialect())) {
                subjects.get(index).submit(start);
            }
        }
    }

    /**
     * Finishes and compares the oldest case that was not taken yet.
     *
     * @param start that case
     * @return what was found out
     */
    public Verdict take(DiffCase start) {
        Outcome base = subjects.get(0).take();
        List<Disagreement> disagreements = new ArrayList<>();
        List<ExpectedDifference> expected = new ArrayList<>();
        for (int index = 1; index < subjects.size(); index++) {
            Subject other = subjects.get(index);
            if (!other.runs(start.dialect())) {
                continue;
            }
            Outcome seen = other.take();
            if (base.status() != Status.FAILED && base.differences(seen).isEmpty()) {
                continue;
            }
            Optional<ExpectedDifference> rule = explain(start, base, other, seen);
            if (rule.isPresent()) {
                expected.add(rule.get());
            } else {
                disagreements.add(new Disagreement(subjects.get(0), other, base, seen));
            }
        }
        return new Verdict(start, base, disagreements, expected);
    }

    private static Optional<ExpectedDifference> explain(
            DiffCase start, Outcome base, Subject other, Outcome seen) {
        boolean ran = base.status() != Status.FAILED && seen.status() != Status.FAILED;
        return ran && other.isPolkaVm()
                ? ExpectedDifference.explaining(start, base, seen)
                : Optional.empty();
    }

    /**
     * Runs and compares one case; no other may be under way.
     *
     * @param start the case
     * @return what was found out
     */
    public Verdict compare(DiffCase start) {
        submit(start);
        return take(start);
    }

    /**
     * Reduces a case on which two subjects disagree to a minimal one on which they still do.
     *
     * @param start the case
     * @param disagreement what was found of it
     * @return a case that is no larger
     */
    public DiffCase reduce(DiffCase start, Disagreement disagreement) {
        return new Reducer(candidate -> differ(candidate, disagreement)).reduce(start);
    }

    private static boolean differ(DiffCase candidate, Disagreement disagreement) {
        Outcome left = disagreement.left().run(candidate);
        Outcome right = disagreement.right().run(candidate);
        // The same kind of difference must stay, else a small case of another one takes its place.
        return left.status() == disagreement.seenLeft().status()
                && right.status() == disagreement.seenRight().status()
                && !left.differences(right).isEmpty()
                && explain(candidate, left, disagreement.right(), right).isEmpty();
    }

    @Override
    public void close() {
        subjects.forEach(Subject::close);
    }
}
