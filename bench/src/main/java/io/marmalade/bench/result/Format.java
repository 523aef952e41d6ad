package io.marmalade.bench.result;

import java.util.Locale;

/** Numbers for readers. */
public final class Format {
    private Format() {}

    /**
     * Writes a value with three digits and a unit that suits it.
     *
     * @param value of a series
     * @param unit of the series
     * @return such as {@code 1.23 ms}
     */
    public static String value(double value, String unit) {
        if (Double.isNaN(value)) {
            return "–";
        }
        boolean time = unit.equals("ns");
        String[] units =
                time ? new String[] {"ns", "µs", "ms", "s"} : new String[] {"B", "kB", "MB", "GB"};
        int at = 0;
        double scaled = value;
        while (Math.abs(scaled) >= 1000 && at < units.length - 1) {
            scaled /= 1000;
            at++;
        }
        return digits(scaled) + " " + units[at];
    }

    /**
     * Writes a number with three digits.
     *
     * @param value any
     * @return such as {@code 12.3}
     */
    public static String digits(double value) {
        double size = Math.abs(value);
        String form = size >= 100 || size == 0 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }

    /**
     * Writes how much a series does in a second.
     *
     * @param series any
     * @return such as {@code 1.2 G octets/s}; nothing if it does no amount of anything
     */
    public static String rate(Series series) {
        Work work = series.work();
        return work == null || !series.unit().equals("ns")
                ? ""
                : scaled(work.aSecond(series.median()), work.unit() + "/s");
    }

    /** Writes how long a run took. */
    static String minutes(long seconds) {
        return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " minutes";
    }

    static boolean isNumber(String text) {
        return text.matches("[0-9.]+");
    }

    /** Writes a number with three digits and a letter for thousands of it. */
    static String scaled(double value, String unit) {
        String[] letters = {"", "k ", "M ", "G "};
        int at = 0;
        double left = value;
        while (Math.abs(left) >= 1000 && at < letters.length - 1) {
            left /= 1000;
            at++;
        }
        return digits(left) + " " + letters[at] + unit;
    }

    /**
     * Writes a part of a whole.
     *
     * @param part 1 for all of it
     * @return such as {@code 5 %}
     */
    public static String percent(double part) {
        return String.format(Locale.ROOT, part < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * part);
    }
}
