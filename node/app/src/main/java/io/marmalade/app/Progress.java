package io.marmalade.app;

import java.io.PrintStream;
import java.util.Locale;

/**
 * How far a command is, on stderr: a line that is rewritten on a terminal, a line every ten seconds
 * elsewhere, nothing if it shall be quiet.
 */
final class Progress implements AutoCloseable {
    private static final long REWRITE_NANOS = 200_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private enum Style {
        NONE,
        LINES,
        REWRITTEN
    }

    private final Style style;
    private final PrintStream out;
    private final String what;
    private final long total;
    private final long begun = System.nanoTime();
    private long shown = begun;
    private long done;
    private int width;

    private Progress(Style style, PrintStream out, String what, long total) {
        this.style = style;
        this.out = out;
        this.what = what;
        this.total = total;
    }

    /**
     * @param what names what is counted, in the plural
     * @param total how many there will be, or 0 if that is not known
     */
    static Progress of(boolean quiet, String what, long total) {
        boolean terminal = Boolean.getBoolean("marmalade.terminal");
        Style style = quiet ? Style.NONE : terminal ? Style.REWRITTEN : Style.LINES;
        return new Progress(style, System.err, what, total);
    }

    /** One more is done. */
    void step() {
        at(done + 1);
    }

    /** So many are done. */
    void at(long now) {
        done = now;
        showIfDue();
    }

    private void showIfDue() {
        long now = System.nanoTime();
        if (style != Style.NONE
                && now - shown >= (style == Style.REWRITTEN ? REWRITE_NANOS : LINE_NANOS)) {
            shown = now;
            show(now);
        }
    }

    private void show(long now) {
        double seconds = (now - begun) / 1e9;
        double rate = done / Math.max(seconds, 1e-9);
        String aSecond = rate < 1 ? "" : String.format(Locale.ROOT, ", %.0f a second", rate);
        String text =
                total > 0
                        ? String.format(
                                Locale.ROOT,
                                "%d of %d %s (%d %%)%s, %.0f s left",
                                done,
                                total,
                                what,
                                100 * done / total,
                                aSecond,
                                (total - done) / Math.max(rate, 1e-9))
                        : done + " " + what + aSecond;
        if (style == Style.REWRITTEN) {
            out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
            out.flush();
            width = text.length();
        } else {
            out.println(text);
        }
    }

    /** Takes the rewritten line away. */
    @Override
    public void close() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }
}
