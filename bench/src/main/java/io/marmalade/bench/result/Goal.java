package io.marmalade.bench.result;

import java.util.List;

/**
 * How good a figure is to be.
 *
 * @param part of the node that it is about
 * @param figure in words
 * @param suite it stands in
 * @param whats the series' names; several only for measures that bring several together
 * @param hows each is judged by itself
 * @param measure what is looked at
 * @param first an easier goal on the way there; equal to {@code limit} if there is none
 * @param limit the most that it may be, for a rate the least; NaN if it only stands beside others
 */
record Goal(
        String part,
        String figure,
        String suite,
        List<String> whats,
        List<String> hows,
        Measure measure,
        double first,
        double limit) {

    /** What a result says of a goal. */
    enum Verdict {
        /** As good as it is to be, the middle half of the values. */
        MET("met"),
        /** The limit lies within the middle half of the values. */
        AT_THE_LIMIT("at the limit"),
        /** As good as it was to be at first. */
        FIRST_MET("first goal met"),
        /** Not so good. */
        MISSED("missed"),
        /** There is no goal. */
        BESIDE(""),
        /** It was not measured. */
        ABSENT("not measured");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * What a result says of a goal.
     *
     * @param goal which
     * @param how it was done
     * @param value measured; NaN if it was not
     * @param low the middle half of the values begins here
     * @param high and ends here
     */
    record Outcome(Goal goal, String how, double value, double low, double high) {
        boolean isMeasured() {
            return !Double.isNaN(value);
        }

        Verdict verdict() {
            if (!isMeasured()) {
                return Verdict.ABSENT;
            }
            if (Double.isNaN(goal.limit)) {
                return Verdict.BESIDE;
            }
            boolean less = goal.measure.isLessBetter();
            double best = less ? low : high;
            double worst = less ? high : low;
            return goal.reaches(worst, goal.limit)
                    ? Verdict.MET
                    : goal.reaches(best, goal.limit)
                            ? Verdict.AT_THE_LIMIT
                            : goal.reaches(value, goal.first) ? Verdict.FIRST_MET : Verdict.MISSED;
        }

        /** Returns how far it is from the goal: 1 there, less where it is better. */
        double distance() {
            return goal.measure.isLessBetter() ? value / goal.limit : goal.limit / value;
        }

        /** Writes the measured value. */
        String measured() {
            return isMeasured() ? goal.measure.text(value) : "–";
        }
    }

    private boolean reaches(double value, double mark) {
        return measure.isLessBetter() ? value <= mark : value >= mark;
    }

    /** Writes the limit. */
    String limitText() {
        return Double.isNaN(limit)
                ? ""
                : (measure.isLessBetter() ? "≤ " : "≥ ") + measure.text(limit);
    }
}
