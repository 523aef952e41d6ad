package io.marmalade.bench.result;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A result as one page that needs nothing else: tables, and plots as inline SVG. */
public final class HtmlReport {
    private static final String STYLE =
            """
            :root{--fg:#1c1b19;--bg:#fdfcf9;--dim:#6d6a63;--line:#d9d5cb;--soft:#f3f0e8;
             --c0:#d9690f;--c1:#2b6cb0;--c2:#2f855a;--c3:#805ad5;--c4:#b83280;--c5:#718096;--c6:#b7791f}
            @media(prefers-color-scheme:dark){:root{--fg:#ece9e1;--bg:#191815;--dim:#a09b90;
             --line:#3a3832;--soft:#24221d;--c0:#f6994a;--c1:#63b3ed;--c2:#68d391;--c3:#b794f4;
             --c4:#f687b3;--c5:#a0aec0;--c6:#ecc94b}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg);
             max-width:1080px;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.6rem}h2{margin-top:2.5rem;border-bottom:2px solid var(--c0)}
            h3{font-size:1rem;margin:1.2rem 0 .3rem}
            table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
            td,th{padding:.2rem .6rem;border-bottom:1px solid var(--line);text-align:left}
            .n{text-align:right;white-space:nowrap}
            .warn{background:var(--soft);border-left:4px solid var(--c0);padding:.5rem 1rem}
            .facts{color:var(--dim);font-size:13px}
            .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(480px,1fr));gap:.5rem 1.5rem}
            figure{margin:0}svg{width:100%;height:auto}svg text{font:11px system-ui,sans-serif;fill:var(--fg)}
            svg .d{fill:var(--dim)}nav a{margin-right:1rem;color:var(--c1)}
            .SLOWER{color:var(--c4);font-weight:600}.FASTER{color:var(--c2);font-weight:600}
            .SAME,.UNDECIDED{color:var(--dim)}
            """;

    private static final int COLORS = 7;
    private static final Map<String, Integer> KNOWN =
            Map.of(
                    "interpreter", 1,
                    "tiered", 0,
                    "jit", 2,
                    "reference", 5,
                    "cc -O2", 6,
                    "polkavm recompiler", 3,
                    "polkavm interpreter", 4);

    private final StringBuilder out = new StringBuilder(1 << 17);

    private HtmlReport() {}

    /**
     * Writes the page.
     *
     * @param result what was measured
     * @param comparison with the result before, or null if there is none
     * @return HTML
     */
    public static String of(BenchResult result, @Nullable Comparison comparison) {
        HtmlReport report = new HtmlReport();
        report.page(result, comparison);
        return report.out.toString();
    }

    private void page(BenchResult result, @Nullable Comparison comparison) {
        out.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\">")
                .append("<title>Marmalade benchmarks ")
                .append(text(result.started()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style><h1>Marmalade benchmarks</h1><p class=facts>");
        fact("measured", result.started() + (result.quick() ? ", short rounds" : ""));
        fact("machine", result.cpu());
        fact("JDK", result.jdk());
        fact("commit", result.version() + ", " + result.commit());
        fact("flags", String.join(" ", result.flags()));
        fact("command", result.command());
        fact(
                "load",
                String.format(
                        Locale.ROOT,
                        "%.2f before; other processes kept at most %.2f of %d cores busy",
                        result.loadBefore(),
                        result.loadMost(),
                        result.cores()));
        out.append("</p>");
        result.loadWarning()
                .ifPresent(warning ->
                        out.append("<p class=warn>").append(text(warning)).append("</p>"));
        out.append(
                "<p>Less is better. A bar is the median of all rounds, the thin line the middle"
                    + " half of the values; the ways to do one thing were measured in turns. Ratios"
                    + " are to <code>cc -O2</code> where it is there, else to the fastest; <b>?</b>"
                    + " stands where the spread leaves no ratio to speak of.</p>");
        Map<String, List<Groups.Group>> suites = new LinkedHashMap<>();
        for (Groups.Group group : Groups.of(result.series())) {
            suites.computeIfAbsent(group.suite(), key -> new ArrayList<>()).add(group);
        }
        out.append("<nav>");
        suites.keySet().forEach(suite -> link("suite-" + suite, suite));
        if (!result.curves().isEmpty()) {
            link("curves", "over time");
        }
        if (!result.imports().isEmpty()) {
            link("imports", "imports over the socket");
        }
        if (comparison != null) {
            link("comparison", "against the result before");
        }
        out.append("</nav>");
        suites.forEach(this::suite);
        curves(result.curves());
        imports(result.imports());
        if (comparison != null) {
            comparison(comparison);
        }
        if (!result.missing().isEmpty()) {
            out.append("<h2>Not measured</h2><ul>");
            result.missing().forEach(m -> out.append("<li>").append(text(m)).append("</li>"));
            out.append("</ul>");
        }
        out.append("</html>\n");
    }

    private void fact(String name, String value) {
        out.append("<b>").append(name).append("</b> ").append(text(value)).append("<br>");
    }

    private void link(String id, String name) {
        out.append("<a href=\"#").append(id).append("\">").append(text(name)).append("</a>");
    }

    private void suite(String name, List<Groups.Group> groups) {
        out.append("<h2 id=\"suite-").append(text(name)).append("\">").append(text(name));
        out.append("</h2><div class=plots>");
        groups.stream().filter(group -> group.series().size() > 1).forEach(this::bars);
        bySize(groups);
        out.append("</div><h3>All of ").append(text(name)).append("</h3>");
        out.append(
                "<table><tr><th>what<th>how<th class=n>median<th class=n>spread<th class=n>ratio");
        out.append("<th class=n>a second<th class=n>allocated</tr>");
        for (Groups.Group group : groups) {
            for (Series one : group.series()) {
                Double allocated = one.allocated();
                out.append("<tr>");
                cell(one.what());
                cell(one.how());
                number(Format.value(one.median(), one.unit()));
                number(Format.percent(one.spread()));
                number(group.ratio(one));
                number(one.unit().equals("ns") ? rate(1e9 / one.median()) : "");
                number(allocated == null ? "" : String.format(Locale.ROOT, "%,.0f B", allocated));
                out.append("</tr>");
            }
        }
        out.append("</table>");
    }

    private static String rate(double perSecond) {
        return perSecond >= 1e6
                ? Format.digits(perSecond / 1e6) + " M"
                : perSecond >= 1e3
                        ? Format.digits(perSecond / 1e3) + " k"
                        : Format.digits(perSecond);
    }

    private void cell(String value) {
        out.append("<td>").append(text(value));
    }

    private void number(String value) {
        out.append("<td class=n>").append(text(value));
    }

    /** One thing, a bar for each way to do it. */
    private void bars(Groups.Group group) {
        int row = 20;
        int left = 130;
        int width = 480;
        int right = 110;
        double most = group.series().stream().mapToDouble(s -> s.quartile(3)).max().orElse(1);
        int height = group.series().size() * row + 8;
        figure(group.what(), width, height);
        int y = 4;
        for (Series one : group.series()) {
            double scale = (width - left - right) / most;
            double end = left + Math.max(1, one.median() * scale);
            svg("<text x=%d y=%d text-anchor=end>%s</text>", left - 6, y + 13, text(one.how()));
            svg(
                    "<rect x=%d y=%d width=%.1f height=12 rx=2 fill=\"var(--c%d)\"/>",
                    left, y + 3, end - left, color(one.how(), group.series().indexOf(one)));
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

    /** Things that were done in several sizes, as lines. */
    private void bySize(List<Groups.Group> groups) {
        Map<String, Map<String, List<double[]>>> plots = new LinkedHashMap<>();
        Map<String, String> abscissas = new LinkedHashMap<>();
        for (Groups.Group group : groups) {
            for (Series one : group.series()) {
                Groups.size(one)
                        .ifPresent(size -> {
                            String label = " " + size.getKey() + "=" + size.getValue();
                            String title = one.what().replace(label, "");
                            abscissas.put(title, size.getKey());
                            plots.computeIfAbsent(title, key -> new LinkedHashMap<>())
                                    .computeIfAbsent(one.how(), key -> new ArrayList<>())
                                    .add(
                                            new double[] {
                                                Double.parseDouble(size.getValue()), one.median()
                                            });
                        });
            }
        }
        plots.forEach((title, lines) -> {
            lines.values().forEach(line -> line.sort((a, b) -> Double.compare(a[0], b[0])));
            if (lines.values().stream().anyMatch(line -> line.size() > 1)) {
                lines(title + ", cost against size", abscissas.get(title), "ns", lines, true);
            }
        });
    }

    private void curves(List<BenchResult.Curve> curves) {
        if (curves.isEmpty()) {
            return;
        }
        out.append("<h2 id=curves>Over time</h2><div class=plots>");
        for (BenchResult.Curve curve : curves) {
            boolean memory = curve.y().contains("megabytes");
            lines(curve.title(), curve.x(), curve.y(), curve.lines(), !memory);
        }
        out.append("</div>");
    }

    private void imports(List<BenchResult.Import> imports) {
        if (imports.isEmpty()) {
            return;
        }
        out.append(
                "<h2 id=imports>Imports over the socket</h2><p>Each block once a process, which is"
                    + " warmed up on the other sets; milliseconds from sending a block to its root."
                    + " The plots show the share of blocks that took at most so long.</p><div"
                    + " class=plots>");
        Map<String, Map<String, List<double[]>>> bySet = new LinkedHashMap<>();
        for (BenchResult.Import one : imports) {
            List<Double> sorted = one.millis().stream().sorted().toList();
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < sorted.size(); i++) {
                points.add(new double[] {sorted.get(i), 100.0 * (i + 1) / sorted.size()});
            }
            bySet.computeIfAbsent(one.set(), key -> new LinkedHashMap<>())
                    .put(one.engine(), points);
        }
        bySet.forEach((set, lines) -> lines(set, "milliseconds", "% of blocks", lines, false));
        String[] names = {
            "imported",
            "import_min",
            "import_mean",
            "import_p50",
            "import_p75",
            "import_p90",
            "import_p99",
            "import_max",
            "import_std_dev"
        };
        out.append("</div><table><tr><th>set<th>engine");
        for (String name : names) {
            out.append("<th class=n>").append(name.replace("import_", ""));
        }
        out.append("</tr>");
        for (BenchResult.Import one : imports) {
            out.append("<tr>");
            cell(one.set());
            cell(one.engine());
            for (String name : names) {
                number(Format.digits(one.stats().getOrDefault(name, Double.NaN)));
            }
            out.append("</tr>");
        }
        out.append("</table>");
    }

    private void comparison(Comparison comparison) {
        out.append("<h2 id=comparison>Against the result before</h2>");
        comparison
                .notes()
                .forEach(note -> out.append("<p class=warn>").append(text(note)).append("</p>"));
        out.append(
                "<p>Slower or faster is what changed by 5 % at least, in every round, with a"
                        + " probability of less than 1 % that it is chance (Mann and Whitney's"
                        + " test).</p>");
        out.append("<table><tr><th>what<th class=n>before<th class=n>after<th class=n>ratio");
        out.append("<th class=n>by chance<th>verdict</tr>");
        for (Comparison.Row row : comparison.rows()) {
            out.append("<tr>");
            cell(row.key());
            number(Format.value(row.before(), row.unit()));
            number(Format.value(row.after(), row.unit()));
            boolean told = row.verdict() != Comparison.Verdict.UNDECIDED;
            number(told ? String.format(Locale.ROOT, "%.2f", row.ratio()) : "?");
            number(String.format(Locale.ROOT, "%.4f", row.probability()));
            out.append("<td class=").append(row.verdict()).append('>');
            out.append(row.verdict().toString().toLowerCase(Locale.ROOT)).append("</tr>");
        }
        out.append("</table>");
    }

    /** Lines over a common abscissa, logarithmic in both directions or in none. */
    private void lines(
            String title,
            @Nullable String xName,
            String yName,
            Map<String, List<double[]>> lines,
            boolean logarithmic) {
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
        Axis x = Axis.of(all[0], all[1], logarithmic, 52, 470);
        Axis y = Axis.of(all[2], all[3], logarithmic, 190, 14);
        figure(title, 480, 240);
        for (double tick : y.ticks()) {
            double at = y.at(tick);
            svg("<path d=\"M52 %.1fH470\" stroke=\"var(--line)\"/>", at);
            svg(
                    "<text class=d x=48 y=%.1f text-anchor=end>%s</text>",
                    at + 4, time ? Format.value(tick, "ns") : number(tick));
        }
        for (double tick : x.ticks()) {
            svg(
                    "<text class=d x=%.1f y=204 text-anchor=middle>%s</text>",
                    x.at(tick), number(tick));
        }
        svg(
                "<text class=d x=470 y=218 text-anchor=end>%s%s</text>",
                text(String.valueOf(xName)), time ? "" : "; upwards: " + text(yName));
        int index = 0;
        for (Map.Entry<String, List<double[]>> line : lines.entrySet()) {
            StringBuilder path = new StringBuilder();
            for (double[] point : line.getValue()) {
                path.append(path.isEmpty() ? 'M' : 'L');
                path.append(
                        String.format(Locale.ROOT, "%.1f %.1f", x.at(point[0]), y.at(point[1])));
            }
            int color = color(line.getKey(), index);
            svg("<path d=\"%s\" fill=none stroke=\"var(--c%d)\" stroke-width=1.8 />", path, color);
            svg(
                    "<rect x=%d y=226 width=10 height=10 fill=\"var(--c%d)\"/><text x=%d"
                            + " y=235>%s</text>",
                    52 + 130 * index, color, 66 + 130 * index, text(line.getKey()));
            index++;
        }
        out.append("</svg></figure>");
    }

    private static String number(double value) {
        return value >= 1e6
                ? Format.digits(value / 1e6) + " M"
                : value >= 1e4
                        ? Format.digits(value / 1e3) + " k"
                        : value >= 100
                                ? String.format(Locale.ROOT, "%.0f", value)
                                : String.format(Locale.ROOT, value < 0.01 ? "%.3f" : "%.3g", value)
                                        .replaceAll("(\\.[0-9]*?)0+$", "$1")
                                        .replaceAll("\\.$", "");
    }

    private void figure(String title, int width, int height) {
        out.append("<figure><h3>").append(text(title)).append("</h3>");
        svg("<svg viewBox=\"0 0 %d %d\" role=img aria-label=\"%s\">", width, height, text(title));
    }

    private void svg(String form, Object... values) {
        out.append(String.format(Locale.ROOT, form, values));
    }

    private static int color(String name, int index) {
        return KNOWN.getOrDefault(name, index % COLORS);
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private record Axis(double low, double high, boolean logarithmic, double from, double to) {
        static Axis of(double low, double high, boolean logarithmic, double from, double to) {
            if (!logarithmic) {
                return new Axis(0, high * 1.05, false, from, to);
            }
            double least = Math.max(low, high / 1e6);
            return new Axis(least / 1.15, high * 1.15, true, from, to);
        }

        double at(double value) {
            double part =
                    logarithmic
                            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
                            : (value - low) / (high - low);
            return from + part * (to - from);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            if (logarithmic) {
                boolean wide = high / low > 1000;
                for (double power = Math.pow(10, Math.floor(Math.log10(low)));
                        power <= high;
                        power *= 10) {
                    for (double step : wide ? new double[] {1} : new double[] {1, 2, 5}) {
                        if (power * step >= low && power * step <= high) {
                            ticks.add(power * step);
                        }
                    }
                }
                return ticks;
            }
            double step = Math.pow(10, Math.floor(Math.log10(high)));
            step = high / step < 2 ? step / 5 : high / step < 5 ? step / 2 : step;
            for (double tick = 0; tick <= high; tick += step) {
                ticks.add(tick);
            }
            return ticks;
        }
    }
}
