package io.marmalade.pvm.diff;

import io.marmalade.pvm.GasSchedule;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.diff.DiffCase.Answer;
import io.marmalade.pvm.diff.ExpectedDifference.Moment;
import io.marmalade.pvm.diff.Outcome.Status;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs cases on several subjects and compares what they saw with what the first of them saw, at the
 * end or at checkpoints on the way. Not thread-safe; it owns its subjects and closes them.
 *
 * <p>A checkpoint is the end of a run with less gas: every engine can be stopped so, and the state
 * in which it stops is compared as a whole. Where gas is charged by the instruction, one more gas
 * is one more instruction; where it is charged by the block, a run stops before the first block
 * that it cannot pay.
 */
public final class DiffEngine implements AutoCloseable {
    private final List<Subject> subjects;

    /**
     * Makes an engine.
     *
     * @param subjects two or more; the first is what the others are compared with, where they know
     *     the case
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
     * What was found out about one case at its checkpoints.
     *
     * @param verdict of the first checkpoint with a disagreement, whose case has that checkpoint's
     *     gas; of the end if there is none
     * @param checkpoints how many were compared, the last one included
     * @param gas that the first subject used up to there
     * @param instructions that it began up to there; -1 if it cannot tell
     */
    public record Trail(Verdict verdict, long checkpoints, long gas, long instructions) {}

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
            if (subjects.get(index).runs(start)) {
                subjects.get(index).submit(start);
            }
        }
    }

    /**
     * Finishes and compares the oldest case that was not taken yet. Rules that need to know at
     * which moment a difference begins explain nothing here; {@link #compare} asks them.
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
            if (!other.runs(start)) {
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
        return other.polkaVm()
                .filter(backend -> ran)
                .flatMap(backend -> ExpectedDifference.explaining(backend, start, base, seen));
    }

    /** As {@link #explain}, and with the rules that look at the moment when two runs part. */
    private static Optional<ExpectedDifference> explainAtMoment(
            DiffCase start, Subject left, Outcome base, Subject other, Outcome seen) {
        Optional<ExpectedDifference> rule = explain(start, base, other, seen);
        Optional<Program> program = Program.decode(start.blob(), start.dialect());
        if (rule.isPresent() || program.isEmpty() || other.polkaVm().isEmpty()) {
            return rule;
        }
        return ExpectedDifference.explaining(
                other.polkaVm().get(), start, program.get(), () -> parting(start, left, other));
    }

    /**
     * Finds a moment when two subjects part: they agree with some gas, and differ with one more. A
     * difference that goes away again may be passed over.
     */
    private static Moment parting(DiffCase start, Subject left, Subject right) {
        int phase = 0;
        while (phase < phases(start)
                && left.run(limited(start, phase, limit(start, phase)))
                        .differences(right.run(limited(start, phase, limit(start, phase))))
                        .isEmpty()) {
            phase++;
        }
        DiffCase at = limited(start, phase, limit(start, phase));
        Outcome seenLeft = left.run(at);
        Outcome seenRight = right.run(at);
        @Nullable Outcome before = null;
        long agree = -1;
        long differ = limit(start, phase);
        // A run that ended early tells where to look first.
        long guess = differ - Math.max(seenLeft.gas(), seenRight.gas());
        while (differ - agree > 1) {
            long middle = guess > agree && guess < differ ? guess : agree + (differ - agree) / 2;
            DiffCase candidate = limited(start, phase, middle);
            Outcome candidateLeft = left.run(candidate);
            Outcome candidateRight = right.run(candidate);
            if (candidateLeft.differences(candidateRight).isEmpty()) {
                agree = middle;
                before = candidateLeft;
                guess = -1;
            } else {
                differ = middle;
                at = candidate;
                seenLeft = candidateLeft;
                seenRight = candidateRight;
                guess = middle - 1;
            }
        }
        return new Moment(at, before, seenLeft, seenRight);
    }

    /** Returns how often the host sets the gas. */
    private static int phases(DiffCase start) {
        return (int) start.answers().stream().filter(answer -> answer.gas() >= 0).count();
    }

    /** Returns the gas that a phase starts with: the case's, or what the host sets. */
    private static long limit(DiffCase start, int phase) {
        return phase == 0
                ? start.gas()
                : start.answers().stream()
                        .mapToLong(Answer::gas)
                        .filter(gas -> gas >= 0)
                        .skip(phase - 1L)
                        .findFirst()
                        .orElseThrow();
    }

    /**
     * Returns the case that stops some gas after the start of a phase: what the host sets later is
     * nothing.
     */
    private static DiffCase limited(DiffCase start, int phase, long gas) {
        List<Answer> answers = new ArrayList<>();
        int setters = 0;
        for (Answer answer : start.answers()) {
            boolean sets = answer.gas() >= 0;
            setters += sets ? 1 : 0;
            long other = !sets || setters < phase ? answer.gas() : setters == phase ? gas : 0;
            answers.add(new Answer(answer.register(), answer.value(), other));
        }
        return (phase == 0 ? start.withGas(gas) : start).withAnswers(answers);
    }

    /**
     * Runs and compares one case; no other may be under way.
     *
     * @param start the case
     * @return what was found out
     */
    public Verdict compare(DiffCase start) {
        submit(start);
        Verdict verdict = take(start);
        List<Disagreement> disagreements = new ArrayList<>();
        List<ExpectedDifference> expected = new ArrayList<>(verdict.expected());
        for (Disagreement each : verdict.disagreements()) {
            explainAtMoment(start, each.left(), each.seenLeft(), each.right(), each.seenRight())
                    .ifPresentOrElse(expected::add, () -> disagreements.add(each));
        }
        return new Verdict(start, verdict.base(), disagreements, expected);
    }

    /**
     * Runs one case from checkpoint to checkpoint and compares at each, up to the first with a
     * disagreement or to the end; no other case may be under way. A disagreement is then looked for
     * between the last two checkpoints as well, so that what is found is its first instruction
     * (where gas is charged by the instruction) or block.
     *
     * <p>Every checkpoint is a run of its own from the start: all of them take a time that grows
     * with the square of their number.
     *
     * @param start the case
     * @param every gas between checkpoints, at least 1: so many instructions, or the blocks that it
     *     pays; with 1, every instruction or every block
     * @return what was found out
     */
    public Trail compareEvery(DiffCase start, long every) {
        Optional<Program> program = Program.decode(start.blob(), start.dialect());
        long step = every;
        long checkpoints = 0;
        int phase = 0;
        long gas = 0;
        long lower = 0;
        while (true) {
            Verdict verdict = compare(limited(start, phase, gas));
            checkpoints++;
            Outcome base = verdict.base();
            if (!verdict.disagreements().isEmpty()) {
                if (step == 1 || gas - lower <= 1) {
                    return trail(verdict, checkpoints);
                }
                step = 1;
                gas = lower + 1;
                continue;
            }
            int reached = reached(start, base);
            if (reached > phase) {
                phase = reached;
                gas = 0;
                lower = 0;
                continue;
            }
            long limit = limit(start, phase);
            if (base.status() != Status.OUT_OF_GAS || gas == limit || program.isEmpty()) {
                return trail(verdict, checkpoints);
            }
            // Less than the next block costs would only stop at the same place.
            long useful = gas + 1;
            if (program.get().dialect().gasSchedule() == GasSchedule.PIPELINE) {
                useful = gas - base.gas() + program.get().blockCosts().cost((int) base.pc());
            }
            lower = gas;
            gas = limit - gas <= step ? limit : Math.min(limit, Math.max(gas + step, useful));
        }
    }

    /** Returns how often the host set the gas in a run. */
    private static int reached(DiffCase start, Outcome base) {
        int setters = 0;
        for (int call = 0; call < base.calls().size(); call++) {
            setters += start.answers().get(call).gas() >= 0 ? 1 : 0;
        }
        return setters;
    }

    private Trail trail(Verdict verdict, long checkpoints) {
        DiffCase start = verdict.start();
        Outcome base = verdict.base();
        long used = 0;
        long given = start.gas();
        for (int call = 0; call < base.calls().size(); call++) {
            long set = start.answers().get(call).gas();
            if (set >= 0) {
                used += given - base.calls().get(call).gas();
                given = set;
            }
        }
        used += given - base.gas();
        long instructions =
                start.dialect().gasSchedule() == GasSchedule.PER_INSTRUCTION
                        ? used
                        : subjects.get(0) instanceof EngineSubject engine
                                ? engine.instructions(start, used)
                                : -1;
        return new Trail(verdict, checkpoints, used, instructions);
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
                && explainAtMoment(
                                candidate, disagreement.left(), left, disagreement.right(), right)
                        .isEmpty();
    }

    @Override
    public void close() {
        subjects.forEach(Subject::close);
    }
}
