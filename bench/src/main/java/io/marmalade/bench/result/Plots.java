package io.marmalade.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/** Plots as SVG figures, appended to a page. */
final class Plots {
    private static final int WIDTH = 480;
    private static final int WIDE = 820;

    /** How wide a letter of a label is, about. */
    private static final double LETTER = 6.2;

    private static final int COLORS = 7;

    /** Names that stand everywhere, in the order of legends, and their colours. */
    private static final SequencedMap<String, Integer> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("cc -O2", 6);
        KNOWN.put("polkavm recompiler", 3);
        KNOWN.put("jit", 2);
        KNOWN.put("tiered", 0);
        KNOWN.put("interpreter", 1);
        KNOWN.put("polkavm interpreter", 4);
        KNOWN.put("reference", 5);
    }

    /**
     * A row of dots.
     *
     * @param label of the row
     * @param values by name
     * @param doubtful names of values that are too spread to be relied on; their dots are hollow
     */
    record Row(String label, Map<String, Double> values, Set<String> doubtful) {}

    private final StringBuilder out;

    Plots(StringBuilder out) {
        this.out = out;
    }

    static String text(String raw) {
        return raw.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** One thing, a bar for each way to do it. */
    void bars(Groups.Group group) {
        List<Series> all = group.series();
        int row = 20;
        int left = labelWidth(all.stream().map(Series::how).toList(), 230);
        int right = 118;
        double most = all.stream().mapToDouble(s -> s.quartile(3)).max().orElse(1);
        Map<String, Integer> colors = colors(all.stream().map(Series::how).toList());
        figure(group.what(), WIDTH, all.size() * row + 8);
        int y = 4;
        double scale = (WIDTH - left - right) / most;
        for (Series one : all) {
            svg(
                    "<text x=%d y=%d text-anchor=end>%s</text>",
                    left - 6, y + 13, text(shortened(one.how(), left - 6)));
            svg(
                    "<rect x=%d y=%d width=%.1f height=12 rx=2 fill=\"var(--c%d)\"/>",
                    left,
                    y + 3,
                    Math.max(1, one.median() * scale),
                    colors.getOrDefault(one.how(), 0));
            svg(
                    "<path d=\"M%.1f %dH%.1f\" stroke=\"var(--fg)\" stroke-width=1.5 />",
                    left + one.quartile(1) * scale, y + 9, left + one.quartile(3) * scale);
            String ratio = group.ratio(one);
            svg(
                    "<text x=%.1f y=%d>%s%s</text>",
                    left + Math.max(one.median(), one.quartile(3)) * scale + 5,
                    y + 13,
                    Format.value(one.median(), one.unit()),
                    ratio.isEmpty() || one == group.base()
                            ? ""
                            : ratio.equals("?") ? " · ?" : " · " + ratio + "×");
            y += row;
        }
        out.append("</svg></figure>");
    }

    /** Rows of dots over a common logarithmic axis; each name has a colour. */
    void dots(String title, List<Row> rows, String axis, DoubleFunction<String> tick) {
        List<String> names =
                ordered(rows.stream().flatMap(row -> row.values().keySet().stream()).toList());
        double low = Double.MAX_VALUE;
        double high = 0;
        for (Row row : rows) {
            for (double value : row.values().values()) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (high <= 0) {
            return;
        }
        int height = 18;
        int left = labelWidth(rows.stream().map(Row::label).toList(), 380);
        int bottom = 8 + rows.size() * height;
        List<int[]> places = legendPlaces(names, WIDE);
        int legend = places.isEmpty() ? 0 : places.getLast()[1] + 22;
        Map<String, Integer> colors = colors(names);
        Axis x = Axis.of(low, high, true, left + 6, WIDE - 14);
        figure(title, WIDE, bottom + 34 + legend);
        for (double at : x.ticks()) {
            svg(
                    "<path d=\"M%.1f 4V%d\" stroke=\"var(--line)\"/><text class=d x=%.1f y=%d"
                            + " text-anchor=middle>%s</text>",
                    x.at(at), bottom, x.at(at), bottom + 14, text(tick.apply(at)));
        }
        int y = 8;
        for (Row row : rows) {
            svg(
                    "<text x=%d y=%d text-anchor=end>%s</text>",
                    left, y + 12, text(shortened(row.label(), left)));
            svg("<path d=\"M%d %dH%d\" stroke=\"var(--soft)\"/>", left + 6, y + 8, WIDE - 14);
            for (Map.Entry<String, Double> value : row.values().entrySet()) {
                boolean hollow = row.doubtful().contains(value.getKey());
                svg(
                        "<circle cx=%.1f cy=%d r=%s stroke=\"var(--c%d)\" stroke-width=1.6"
                                + " fill=\"var(--%s)\" fill-opacity=%s"
                                + "><title>%s, %s: %s%s</title></circle>",
                        x.at(value.getValue()),
                        y + 8,
                        hollow ? "3.4" : "3.2",
                        colors.getOrDefault(value.getKey(), 0),
                        hollow ? "bg" : "c" + colors.getOrDefault(value.getKey(), 0),
                        hollow ? "0" : ".85",
                        text(row.label()),
                        text(value.getKey()),
                        text(tick.apply(value.getValue())),
                        hollow ? ", too spread to rely on" : "");
            }
            y += height;
        }
        svg(
                "<text class=d x=%d y=%d text-anchor=end>%s</text>",
                WIDE - 14, bottom + 28, text(axis));
        legend(names, colors, places, bottom + 36);
        out.append("</svg></figure>");
    }

    /** How far from its goal something is: a bar, the goal in the middle. */
    void gauge(Goal.Outcome outcome) {
        double part = Math.min(outcome.distance(), 2);
        String color =
                switch (outcome.verdict()) {
                    case MET -> "--c2";
                    case AT_THE_LIMIT, FIRST_MET -> "--c6";
                    case MISSED -> "--c4";
                    case BESIDE, ABSENT -> "--dim";
                };
        svg("<svg class=gauge viewBox=\"0 0 140 12\" role=img aria-label=\"%.2f\">", part);
        svg("<rect width=100 y=5 height=2 fill=\"var(--line)\"/>");
        svg("<rect width=%.1f y=3 height=6 rx=2 fill=\"var(%s)\"/>", 50 * part, color);
        svg("<path d=\"M50 0V12\" stroke=\"var(--fg)\" stroke-width=1.2 />");
        double distance = outcome.distance();
        String text = distance < 100 ? Format.digits(distance) : "100+";
        svg("<text class=d x=104 y=10>%s</text></svg>", text);
    }

    /** Lines over a common abscissa. */
    void lines(
            String title,
            String xName,
            String yName,
            Map<String, List<double[]>> lines,
            boolean logarithmicX,
            boolean logarithmicY) {
        double[] all = {Double.MAX_VALUE, 0, Double.MAX_VALUE, 0};
        for (List<double[]> line : lines.values()) {
            for (double[] point : line) {
                all[0] = Math.min(all[0], point[0]);
                all[1] = Math.max(all[1], point[0]);
                all[2] = Math.min(all[2], point[1]);
                all[3] = Math.max(all[3], point[1]);
            }
        }
        if (all[1] <= 0 || all[3] <= 0) {
            return;
        }
        boolean time = yName.equals("ns");
        List<String> names = List.copyOf(lines.keySet());
        List<int[]> places = legendPlaces(names, WIDTH);
        Map<String, Integer> colors = colors(names);
        Axis x = Axis.of(all[0], all[1], logarithmicX, 56, 466);
        Axis y = Axis.of(all[2], all[3], logarithmicY, 196, 26);
        figure(title, WIDTH, 248 + places.getLast()[1]);
        svg("<text class=d x=4 y=12>%s</text>", time ? "time for one" : text(yName));
        for (double tick : y.ticks()) {
            svg("<path d=\"M56 %.1fH466\" stroke=\"var(--line)\"/>", y.at(tick));
            svg(
                    "<text class=d x=50 y=%.1f text-anchor=end>%s</text>",
                    y.at(tick) + 4, time ? Format.value(tick, "ns") : number(tick));
        }
        for (double tick : x.ticks()) {
            svg(
                    "<text class=d x=%.1f y=211 text-anchor=middle>%s</text>",
                    x.at(tick), number(tick));
        }
        svg("<text class=d x=466 y=226 text-anchor=end>%s</text>", text(xName));
        lines.forEach((name, points) -> {
            StringBuilder path = new StringBuilder();
            for (double[] point : points) {
                path.append(path.isEmpty() ? 'M' : 'L');
                path.append(
                        String.format(Locale.ROOT, "%.1f %.1f", x.at(point[0]), y.at(point[1])));
            }
            int color = colors.getOrDefault(name, 0);
            svg("<path d=\"%s\" fill=none stroke=\"var(--c%d)\" stroke-width=1.8 />", path, color);
            if (points.size() < 12) {
                for (double[] point : points) {
                    svg(
                            "<circle cx=%.1f cy=%.1f r=3 fill=\"var(--c%d)\"/>",
                            x.at(point[0]), y.at(point[1]), color);
                }
            }
        });
        legend(names, colors, places, 230);
        out.append("</svg></figure>");
    }

    /** What changed, as dots on an axis of ratios: 1 in the middle, 5 % to either side shaded. */
    void changes(String title, List<Comparison.Row> rows) {
        List<Comparison.Row> shown =
                rows.stream().filter(row -> row.ratio() > 0).limit(60).toList();
        double most = 1.2;
        for (Comparison.Row row : shown) {
            most = Math.max(most, Math.max(row.ratio(), 1 / row.ratio()));
        }
        int height = 18;
        int left = labelWidth(shown.stream().map(Comparison.Row::key).toList(), 330);
        int bottom = 8 + shown.size() * height;
        Axis x = new Axis(1 / most / 1.05, most * 1.05, true, left + 8, WIDE - 40);
        figure(title, WIDE, bottom + 20);
        double limit = 1 + Comparison.LEAST_CHANGE;
        svg(
                "<rect x=%.1f y=4 width=%.1f height=%d fill=\"var(--soft)\"/>",
                x.at(1 / limit), x.at(limit) - x.at(1 / limit), bottom - 4);
        for (double tick : ratios(most)) {
            svg(
                    "<path d=\"M%.1f 4V%d\" stroke=\"var(--line)\"/><text class=d x=%.1f y=%d"
                            + " text-anchor=middle>%s</text>",
                    x.at(tick), bottom, x.at(tick), bottom + 14, Format.digits(tick) + "×");
        }
        int y = 8;
        for (Comparison.Row row : shown) {
            String color =
                    switch (row.verdict()) {
                        case SLOWER -> "--c4";
                        case FASTER -> "--c2";
                        case SAME, UNDECIDED -> "--dim";
                    };
            svg(
                    "<text x=%d y=%d text-anchor=end>%s</text>",
                    left, y + 12, text(shortened(row.key(), left)));
            svg(
                    "<path d=\"M%.1f %dH%.1f\" stroke=\"var(%s)\" stroke-width=2 />",
                    x.at(1), y + 8, x.at(row.ratio()), color);
            svg("<circle cx=%.1f cy=%d r=4 fill=\"var(%s)\"/>", x.at(row.ratio()), y + 8, color);
            y += height;
        }
        out.append("</svg></figure>");
    }

    private static List<Double> ratios(double most) {
        double[] steps =
                most < 1.5
                        ? new double[] {1, 1.1, 1.2, 1.3, 1.4}
                        : most < 4
                                ? new double[] {1, 1.5, 2, 3}
                                : new double[] {1, 3, 10, 30, 100, 1000};
        List<Double> ticks = new ArrayList<>();
        for (double step : steps) {
            if (step <= most) {
                ticks.add(step);
                if (step > 1) {
                    ticks.add(1 / step);
                }
            }
        }
        return ticks;
    }

    private static List<int[]> legendPlaces(List<String> names, int most) {
        List<int[]> places = new ArrayList<>();
        int x = 8;
        int y = 0;
        for (String name : names) {
            int width = (int) (30 + LETTER * name.length());
            if (x + width > most && x > 8) {
                x = 8;
                y += 16;
            }
            places.add(new int[] {x, y});
            x += width;
        }
        return places;
    }

    private void legend(
            List<String> names, Map<String, Integer> colors, List<int[]> places, int top) {
        for (int i = 0; i < names.size(); i++) {
            int[] at = places.get(i);
            svg(
                    "<rect x=%d y=%d width=10 height=10 rx=2 fill=\"var(--c%d)\"/><text x=%d"
                            + " y=%d>%s</text>",
                    at[0],
                    top + at[1],
                    colors.getOrDefault(names.get(i), 0),
                    at[0] + 15,
                    top + 9 + at[1],
                    text(names.get(i)));
        }
    }

    /** Gives known names their colour, and others one that no known name here has. */
    private static Map<String, Integer> colors(List<String> names) {
        Map<String, Integer> colors = new LinkedHashMap<>();
        for (String name : names) {
            Integer known = KNOWN.get(name);
            if (known != null) {
                colors.put(name, known);
            }
        }
        int next = 0;
        for (String name : names) {
            if (!colors.containsKey(name)) {
                while (colors.containsValue(next % COLORS) && next < COLORS) {
                    next++;
                }
                colors.put(name, next++ % COLORS);
            }
        }
        return colors;
    }

    /** Known names first, each once. */
    private static List<String> ordered(List<String> names) {
        return Stream.concat(
                        KNOWN.keySet().stream().filter(names::contains),
                        names.stream().filter(name -> !KNOWN.containsKey(name)))
                .distinct()
                .toList();
    }

    private static int labelWidth(List<String> labels, int most) {
        int longest = labels.stream().mapToInt(String::length).max().orElse(0);
        return Math.min(most, (int) (14 + LETTER * longest));
    }

    private static String shortened(String label, int width) {
        int letters = (int) (width / (LETTER - 0.4));
        return label.length() <= letters ? label : label.substring(0, letters - 1) + "…";
    }

    static String number(double value) {
        return value >= 1e9
                ? trimmed(Format.digits(value / 1e9)) + " G"
                : value >= 1e6
                        ? trimmed(Format.digits(value / 1e6)) + " M"
                        : value >= 1e4
                                ? trimmed(Format.digits(value / 1e3)) + " k"
                                : value >= 100
                                        ? String.format(Locale.ROOT, "%.0f", value)
                                        : trimmed(
                                                String.format(
                                                        Locale.ROOT,
                                                        value < 0.01 ? "%.4f" : "%.3f",
                                                        value));
    }

    private static String trimmed(String number) {
        return number.contains(".") ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number;
    }

    private void figure(String title, int width, int height) {
        out.append(width > WIDTH ? "<figure class=wide>" : "<figure>");
        out.append("<h3>").append(text(title)).append("</h3>");
        svg("<svg viewBox=\"0 0 %d %d\" role=img aria-label=\"%s\">", width, height, text(title));
    }

    private void svg(String form, Object... values) {
        out.append(String.format(Locale.ROOT, form, values));
    }
}
