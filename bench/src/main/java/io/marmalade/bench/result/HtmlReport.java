package io.marmalade.bench.result;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A result as one page that needs nothing else: tables, and plots as inline SVG. */
public final class HtmlReport {
    private static final String STYLE =
            """
            :root{--fg:#1c1b19;--bg:#fdfcf9;--dim:#6d6a63;--line:#d9d5cb;--soft:#f3f0e8;
             --c0:#d9690f;--c1:#2b6cb0;--c2:#2f855a;--c3:#805ad5;--c4:#b83280;--c5:#718096;--c6:#b7791f}
            @media(prefers-color-scheme:dark){:root{--fg:#ece9e1;--bg:#191815;--dim:#a09b90;
             --line:#3a3832;--soft:#24221d;--c0:#f6994a;--c1:#63b3ed;--c2:#68d391;--c3:#b794f4;
             --c4:#f687b3;--c5:#a0aec0;--c6:#ecc94b}}
            *{box-sizing:border-box}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg);margin:0 auto;
             max-width:1400px;padding:1rem;display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem}
            main{min-width:0}h1{font-size:1.6rem;margin:.5rem 0}
            h2{margin:2.5rem 0 .5rem;border-bottom:2px solid var(--c0)}
            h3{font-size:1rem;margin:1.2rem 0 .3rem;overflow-wrap:anywhere}h2,h3,tr{scroll-margin-top:1rem}
            .table{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
            td,th{padding:.2rem .6rem;border-bottom:1px solid var(--line);text-align:left}
            tbody tr.first td{border-top:1px solid var(--dim)}
            .n{text-align:right;white-space:nowrap}
            .warn{background:var(--soft);border-left:4px solid var(--c0);padding:.5rem 1rem}
            .facts{color:var(--dim);font-size:13px;overflow-wrap:anywhere}
            .facts b{color:var(--fg);font-weight:600}
            .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,430px),1fr));
             gap:.5rem 1.5rem;align-items:start}
            figure{margin:0;min-width:0}.wide{grid-column:1/-1;max-width:1000px}
            svg{width:100%;height:auto;display:block}
            svg text{font:11px system-ui,sans-serif;fill:var(--fg)}svg .d{fill:var(--dim)}
            a{color:var(--c1)}nav{font-size:13px}nav a{text-decoration:none;overflow-wrap:anywhere}
            nav ul{margin:.1rem 0 .4rem;padding-left:1rem;list-style:none}
            nav summary,details>summary{cursor:pointer}
            .SLOWER{color:var(--c4);font-weight:600}.FASTER{color:var(--c2);font-weight:600}
            .SAME,.UNDECIDED{color:var(--dim)}
            @media(min-width:1150px){body{grid-template-columns:240px minmax(0,1fr)}
             nav{position:sticky;top:0;max-height:100vh;overflow-y:auto;padding:1rem 0}}
            @media print{nav{display:none}body{display:block}}
            """;

    private final StringBuilder out = new StringBuilder(1 << 17);
    private final Plots plots = new Plots(out);

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
        Map<String, List<Groups.Group>> suites = new LinkedHashMap<>();
        for (Groups.Group group : Groups.of(result.series())) {
            suites.computeIfAbsent(group.suite(), key -> new ArrayList<>()).add(group);
        }
        out.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\">")
                .append("<title>Marmalade benchmarks ")
                .append(text(result.started()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style>");
        contents(result, suites, comparison);
        out.append("<main><h1>Marmalade benchmarks</h1><p class=facts>");
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
        warning(result.partialWarning());
        warning(result.loadWarning());
        out.append(
                "<p>Less is better. A bar is the median of all rounds, the thin line the middle"
                    + " half of the values; the ways to do one thing were measured in turns. Ratios"
                    + " are to <code>cc -O2</code> where it is there, else to the fastest; <b>?</b>"
                    + " stands where the spread leaves no ratio to speak of.</p>");
        imports(result.imports());
        suites.forEach(this::suite);
        curves(result.curves());
        if (comparison != null) {
            comparison(comparison);
        }
        if (!result.missing().isEmpty()) {
            out.append("<h2 id=missing>Not measured</h2><ul>");
            result.missing().forEach(m -> out.append("<li>").append(text(m)).append("</li>"));
            out.append("</ul>");
        }
        out.append("</main></html>\n");
    }

    private void contents(
            BenchResult result,
            Map<String, List<Groups.Group>> suites,
            @Nullable Comparison comparison) {
        out.append("<nav><b>Contents</b><ul>");
        if (!result.imports().isEmpty()) {
            entry("imports", "sets of blocks");
        }
        suites.forEach((name, groups) -> {
            out.append("<li><details><summary>");
            link("suite-" + name, name);
            out.append(" (").append(groups.size()).append(")</summary><ul>");
            for (Groups.Group group : groups) {
                entry(id(group), group.what());
            }
            out.append("</ul></details>");
        });
        if (!result.curves().isEmpty()) {
            entry("curves", "over time");
        }
        if (comparison != null) {
            entry("comparison", "against the result before");
        }
        if (!result.missing().isEmpty()) {
            entry("missing", "not measured");
        }
        out.append("</ul></nav>");
    }

    private void entry(String id, String name) {
        out.append("<li>");
        link(id, name);
    }

    private void link(String id, String name) {
        out.append("<a href=\"#").append(text(id)).append("\">").append(text(name)).append("</a>");
    }

    private static String id(Groups.Group group) {
        return (group.suite() + "-" + group.what()).replaceAll("[^A-Za-z0-9.]+", "-");
    }

    private void fact(String name, String value) {
        out.append("<b>").append(name).append("</b> ").append(text(value)).append("<br>");
    }

    private void warning(Optional<String> warning) {
        warning.ifPresent(words -> out.append("<p class=warn>").append(text(words)).append("</p>"));
    }

    private void suite(String name, List<Groups.Group> groups) {
        out.append("<h2 id=\"suite-").append(text(name)).append("\">").append(text(name));
        out.append("</h2><div class=plots>");
        overview(name, groups);
        rates(name, groups);
        bySize(groups);
        out.append("</div>");
        List<Groups.Group> compared =
                groups.stream().filter(group -> group.series().size() > 1).toList();
        if (!compared.isEmpty()) {
            out.append("<details open><summary>Each by itself</summary><div class=plots>");
            compared.forEach(plots::bars);
            out.append("</div></details>");
        }
        out.append("<h3>All of ").append(text(name)).append("</h3>");
        out.append("<div class=table><table><thead><tr><th>what<th>how<th class=n>median");
        out.append("<th class=n>spread<th class=n>ratio<th class=n>rate<th class=n>allocated");
        out.append("<tbody>");
        for (Groups.Group group : groups) {
            for (Series one : group.series()) {
                boolean first = one == group.series().getFirst();
                Double allocated = one.allocated();
                out.append(first ? "<tr class=first id=\"" + id(group) + "\">" : "<tr>");
                cell(first ? one.what() : "");
                cell(one.how());
                number(Format.value(one.median(), one.unit()));
                number(Format.percent(one.spread()));
                number(group.ratio(one));
                number(Format.rate(one));
                number(allocated == null ? "" : String.format(Locale.ROOT, "%,.0f B", allocated));
            }
        }
        out.append("</table></div>");
    }

    /** All that is compared in a suite at a glance: each way as a multiple of the fastest. */
    private void overview(String name, List<Groups.Group> groups) {
        List<Plots.Row> rows = new ArrayList<>();
        for (Groups.Group group : groups) {
            if (group.series().size() > 1) {
                Map<String, Double> values = new LinkedHashMap<>();
                double base = group.base().median();
                group.series().forEach(one -> values.put(one.how(), one.median() / base));
                rows.add(new Plots.Row(group.what(), values));
            }
        }
        if (rows.size() > 2) {
            plots.dots(
                    name + " at a glance",
                    rows,
                    "times as long as cc -O2 where it is there, else as the fastest",
                    value -> Plots.number(value) + "×");
        }
    }

    /** What is done a second, where that can be told; a plot for each unit. */
    private void rates(String name, List<Groups.Group> groups) {
        Map<String, List<Plots.Row>> byUnit = new TreeMap<>();
        for (Groups.Group group : groups) {
            Map<String, Map<String, Double>> values = new LinkedHashMap<>();
            for (Series one : group.series()) {
                Work work = one.work();
                if (work != null) {
                    values.computeIfAbsent(work.unit(), key -> new LinkedHashMap<>())
                            .put(one.how(), work.aSecond(one.median()));
                }
            }
            values.forEach((unit, rates) ->
                    byUnit.computeIfAbsent(unit, key -> new ArrayList<>())
                            .add(new Plots.Row(group.what(), rates)));
        }
        byUnit.forEach((unit, rows) ->
                plots.dots(
                        name + ": " + unit + " a second",
                        rows,
                        unit + " a second; more is better",
                        Plots::number));
    }

    private void cell(String value) {
        out.append("<td>").append(text(value));
    }

    private void number(String value) {
        out.append("<td class=n>").append(text(value));
    }

    /** Things that were done in several sizes, as lines. */
    private void bySize(List<Groups.Group> groups) {
        Map<String, Map<String, List<double[]>>> all = new LinkedHashMap<>();
        Map<String, String> abscissas = new LinkedHashMap<>();
        for (Groups.Group group : groups) {
            for (Series one : group.series()) {
                Groups.size(one)
                        .ifPresent(size -> {
                            String label = " " + size.getKey() + "=" + size.getValue();
                            String title = one.what().replace(label, "");
                            abscissas.put(title, size.getKey());
                            all.computeIfAbsent(title, key -> new LinkedHashMap<>())
                                    .computeIfAbsent(one.how(), key -> new ArrayList<>())
                                    .add(
                                            new double[] {
                                                Double.parseDouble(size.getValue()), one.median()
                                            });
                        });
            }
        }
        all.forEach((title, lines) -> {
            lines.values().forEach(line -> line.sort((a, b) -> Double.compare(a[0], b[0])));
            if (lines.values().stream().anyMatch(line -> line.size() > 1)) {
                plots.lines(
                        title + ", cost against size",
                        abscissas.getOrDefault(title, ""),
                        "ns",
                        lines,
                        true);
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
            plots.lines(curve.title(), curve.x(), curve.y(), curve.lines(), !memory);
        }
        out.append("</div>");
    }

    private void imports(List<BenchResult.Import> imports) {
        if (imports.isEmpty()) {
            return;
        }
        out.append(
                "<h2 id=imports>Sets of blocks</h2><p>Milliseconds from a block to its root, each"
                    + " block once. A warm process has imported other sets before; a fresh one has"
                    + " done nothing. The plots show the share of blocks that took at most so"
                    + " long.</p><div class=plots>");
        Map<String, Map<String, List<double[]>>> bySet = new LinkedHashMap<>();
        for (BenchResult.Import one : imports) {
            List<Double> sorted = one.millis().stream().sorted().toList();
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < sorted.size(); i++) {
                points.add(new double[] {sorted.get(i), 100.0 * (i + 1) / sorted.size()});
            }
            bySet.computeIfAbsent(one.set() + ", " + one.way(), key -> new LinkedHashMap<>())
                    .put(one.engine(), points);
        }
        bySet.forEach(
                (set, lines) -> plots.lines(set, "milliseconds", "% of blocks", lines, false));
        out.append("</div><div class=table><table><thead><tr><th>set<th>way<th>engine");
        for (String name :
                List.of("imported", "min", "mean", "p50", "p75", "p90", "p99", "max", "std dev")) {
            out.append("<th class=n>").append(name);
        }
        out.append("<tbody>");
        for (BenchResult.Import one : imports) {
            BenchResult.Stats stats = one.stats();
            out.append("<tr>");
            cell(one.set());
            cell(one.way());
            cell(one.engine());
            number(Integer.toString(stats.imported()));
            for (double value :
                    new double[] {
                        stats.importMin(),
                        stats.importMean(),
                        stats.importP50(),
                        stats.importP75(),
                        stats.importP90(),
                        stats.importP99(),
                        stats.importMax(),
                        stats.importStdDev()
                    }) {
                number(Format.digits(value));
            }
        }
        out.append("</table></div>");
    }

    private void comparison(Comparison comparison) {
        out.append("<h2 id=comparison>Against the result before</h2>");
        comparison.notes().forEach(note -> warning(Optional.of(note)));
        out.append(
                "<p>Slower or faster is what changed by 5 % at least, in every round, with a"
                    + " probability of less than 1 % that it is chance (Student's test of the"
                    + " rounds). What changed by less is the same; where the values are too spread"
                    + " to tell, nothing is said.</p>");
        List<Comparison.Row> changed = new ArrayList<>();
        List<Comparison.Row> others = new ArrayList<>();
        for (Comparison.Row row : comparison.rows()) {
            boolean isChange =
                    switch (row.verdict()) {
                        case SLOWER, FASTER -> true;
                        case SAME, UNDECIDED -> false;
                    };
            (isChange ? changed : others).add(row);
        }
        if (changed.isEmpty()) {
            out.append("<p>Nothing got slower or faster.</p>");
        } else {
            plots.changes("times as long as before", changed);
            rows(changed);
        }
        out.append("<details><summary>The same, or too spread to tell: ").append(others.size());
        out.append("</summary>");
        rows(others);
        out.append("</details>");
    }

    private void rows(List<Comparison.Row> rows) {
        out.append("<div class=table><table><thead><tr><th>what<th class=n>before");
        out.append("<th class=n>after<th class=n>ratio<th class=n>by chance<th>verdict<tbody>");
        for (Comparison.Row row : rows) {
            out.append("<tr>");
            cell(row.key());
            number(Format.value(row.before(), row.unit()));
            number(Format.value(row.after(), row.unit()));
            boolean told = row.verdict() != Comparison.Verdict.UNDECIDED;
            number(told ? String.format(Locale.ROOT, "%.2f", row.ratio()) : "?");
            number(String.format(Locale.ROOT, "%.4f", row.probability()));
            out.append("<td class=").append(row.verdict()).append('>');
            out.append(row.verdict().toString().toLowerCase(Locale.ROOT));
        }
        out.append("</table></div>");
    }

    private static String text(String raw) {
        return Plots.text(raw);
    }
}
