package io.marmalade.bench.result;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
            th{position:sticky;top:0;background:var(--bg);cursor:pointer}
            th[data-way]::after{content:" ▴"}th[data-way=down]::after{content:" ▾"}
            .again{font-size:0}.sorted .again,.picked .again{font-size:inherit}
            .sorted .part,.picked .part{display:none}[hidden]{display:none!important}
            .part td{font-weight:600;padding-top:.9rem;border-bottom:1px solid var(--dim)}
            #goals~.table td:first-child{min-width:min(17rem,40vw)}#goals~.table td:last-child{white-space:nowrap}
            small{color:var(--dim);font-size:11px;display:block;line-height:1}.gauge{width:130px;min-width:90px;display:inline-block;vertical-align:middle}
            .counts b{font-size:1.3rem;margin-right:.25rem}.counts span{margin-right:1.4rem;white-space:nowrap}
            nav input{width:100%;margin:.4rem 0;padding:.25rem .4rem;font:inherit;color:inherit;
             background:var(--soft);border:1px solid var(--line);border-radius:4px}
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
            .SLOWER,.MISSED{color:var(--c4);font-weight:600}
            .FASTER,.MET{color:var(--c2);font-weight:600}
            .FIRST_MET,.AT_THE_LIMIT{color:var(--c6);font-weight:600}
            .SAME,.UNDECIDED,.ABSENT,.BESIDE{color:var(--dim)}
            @media(min-width:1150px){body{grid-template-columns:240px minmax(0,1fr)}
             nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:1rem 0}}
            @media print{nav{display:none}body{display:block}}
            """;

    /** Sorts and picks rows; the page is whole without it. */
    private static final String SCRIPT = script();

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
        fact(
                "measured",
                result.started()
                        + (result.quick() ? ", short rounds" : "")
                        + (result.seconds() > 0 ? ", in " + Format.minutes(result.seconds()) : ""));
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
        result.missingWarning()
                .ifPresent(words -> {
                    out.append("<p class=warn>").append(text(words)).append(": ");
                    link("missing", "which, and why");
                    out.append("</p>");
                });
        goals(Goals.of(result));
        out.append(
                "<h2 id=reading>How to read it</h2><p>Less is better. A bar is the median of all"
                    + " rounds, the thin line the middle half of the values; the ways to do one"
                    + " thing were measured in turns. Ratios are to <code>cc -O2</code> where it is"
                    + " there, else to the fastest; <b>?</b> stands where the spread leaves no"
                    + " ratio to speak of. A click on a column's head sorts its table.</p>");
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
        out.append("</main><script>").append(SCRIPT).append("</script></html>\n");
    }

    private void contents(
            BenchResult result,
            Map<String, List<Groups.Group>> suites,
            @Nullable Comparison comparison) {
        out.append("<nav><b>Contents</b><input type=search hidden placeholder=\"filter rows\"");
        out.append(" aria-label=\"only rows with\"><ul>");
        if (!Goals.of(result).isEmpty()) {
            entry("goals", "goals");
        }
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
                out.append(first ? "<td>" : "<td class=again>").append(text(one.what()));
                cell(one.how());
                number(Format.value(one.median(), one.unit()), one.median());
                number(Format.percent(one.spread()), one.spread());
                String ratio = group.ratio(one);
                number(ratio, Format.isNumber(ratio) ? Double.parseDouble(ratio) : Double.NaN);
                Work work = one.work();
                number(Format.rate(one), work == null ? Double.NaN : work.aSecond(one.median()));
                number(
                        allocated == null ? "" : String.format(Locale.ROOT, "%,.0f B", allocated),
                        allocated == null ? Double.NaN : allocated);
            }
        }
        out.append("</table></div>");
    }

    /** All that is compared in a suite at a glance: each way as a multiple of another. */
    private void overview(String name, List<Groups.Group> groups) {
        Map<String, List<Groups.Group>> byBase = new LinkedHashMap<>();
        for (Groups.Group group : groups) {
            if (group.series().size() > 1) {
                String base = group.hasNative() ? Groups.NATIVE : "the fastest";
                byBase.computeIfAbsent(base, key -> new ArrayList<>()).add(group);
            }
        }
        byBase.forEach((base, compared) -> {
            List<Plots.Row> rows = new ArrayList<>(Groups.means(compared));
            compared.forEach(group ->
                    rows.add(new Plots.Row(group.what(), group.multiples(), group.doubtful())));
            if (compared.size() > 2) {
                plots.dots(
                        name + " beside " + base,
                        rows,
                        "times as long as " + base + "; a hollow dot is too spread for a ratio",
                        value -> Plots.number(value) + "×");
            }
        });
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
                            .add(new Plots.Row(group.what(), rates, Set.of())));
        }
        // One thing has its bars.
        byUnit.values().removeIf(rows -> rows.size() < 2);
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

    /** A cell of a number, and by what it is sorted. */
    private void number(String text, double value) {
        out.append("<td class=n data-v=\"");
        out.append(Double.isNaN(value) ? "" : Float.toString((float) value));
        out.append("\">").append(text(text));
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
                        true,
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
            plots.lines(curve.title(), curve.x(), curve.y(), curve.lines(), !memory, !memory);
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
        for (BenchResult.Import one : byWay(imports)) {
            List<Double> sorted = one.millis().stream().sorted().toList();
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < sorted.size(); i++) {
                points.add(new double[] {sorted.get(i), 100.0 * (i + 1) / sorted.size()});
            }
            bySet.computeIfAbsent(one.set() + ", " + one.way(), key -> new LinkedHashMap<>())
                    .put(one.engine(), points);
        }
        bySet.forEach((set, lines) ->
                plots.lines(set, "milliseconds", "% of blocks", lines, true, false));
        imports.stream()
                .filter(one -> one.way().contains("fresh"))
                .map(BenchResult.Import::set)
                .distinct()
                .forEach(set -> warmUp(set, imports));
        out.append("</div><div class=table><table><thead><tr><th>set<th>way<th>engine");
        out.append("<th class=n>imported");
        BenchResult.Stats.NAMES.forEach(name -> out.append("<th class=n>").append(name));
        out.append("<tbody>");
        for (BenchResult.Import one : byWay(imports)) {
            BenchResult.Stats stats = one.stats();
            out.append("<tr>");
            cell(one.set());
            cell(one.way());
            cell(one.engine());
            number(Integer.toString(stats.imported()), stats.imported());
            stats.times().forEach(value -> number(Format.digits(value), value));
        }
        out.append("</table></div>");
    }

    /** Sets that come by the same way one after the other. */
    private static List<BenchResult.Import> byWay(List<BenchResult.Import> imports) {
        return imports.stream()
                .map(BenchResult.Import::way)
                .distinct()
                .sorted()
                .flatMap(way -> imports.stream().filter(one -> one.way().equals(way)))
                .toList();
    }

    /** How blocks of a set get quicker in a fresh process. */
    private void warmUp(String set, List<BenchResult.Import> imports) {
        Map<String, List<double[]>> lines = new LinkedHashMap<>();
        for (BenchResult.Import one : imports) {
            if (one.set().equals(set) && one.way().contains("fresh")) {
                List<double[]> points = new ArrayList<>();
                for (double millis : one.millis()) {
                    points.add(new double[] {points.size() + 1.0, millis});
                }
                lines.put(one.engine(), points);
            }
        }
        plots.lines(
                set + ", the first blocks of a process",
                "number of the block",
                "milliseconds",
                lines,
                true,
                true);
    }

    /** What the project has set itself, and whether it is so. */
    private void goals(List<Goal.Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        out.append("<section><h2 id=goals>Goals</h2><p class=counts>");
        for (Goal.Verdict verdict : Goal.Verdict.values()) {
            long count = outcomes.stream().filter(one -> one.verdict() == verdict).count();
            if (count > 0 && verdict != Goal.Verdict.BESIDE) {
                out.append("<span class=").append(verdict).append("><b>").append(count);
                out.append("</b>").append(text(verdict.words())).append("</span> ");
            }
        }
        out.append(
                "<p>What the project has set itself for a machine of two cores. A bar that ends"
                        + " left of the line is better than its goal; it is at the limit where the"
                        + " middle half of the values lies on both sides.</p><div"
                        + " class=table><table><thead><tr><th>figure<th>how<th class=n>measured<th"
                        + " class=n>goal<th>of the goal<th>verdict<tbody>");
        String part = "";
        Set<Goal> begun = new HashSet<>();
        for (Goal.Outcome one : outcomes) {
            Goal goal = one.goal();
            if (!one.isMeasured()) {
                continue;
            }
            if (!goal.part().equals(part)) {
                part = goal.part();
                out.append("<tr class=part><td colspan=6>").append(text(part));
            }
            boolean again = !begun.add(goal);
            out.append(again ? "<tr><td class=again>" : "<tr><td>").append(text(goal.figure()));
            cell(one.how());
            number(one.measured(), one.value());
            out.append("<td class=n>").append(text(goal.limitText()));
            if (goal.first() != goal.limit() && !Double.isNaN(goal.limit())) {
                out.append("<small>first ").append(goal.measure().text(goal.first()));
                out.append("</small>");
            }
            boolean judged = !Double.isNaN(one.distance());
            out.append("<td data-v=\"").append(judged ? one.distance() : "").append("\">");
            if (judged) {
                plots.gauge(one);
            }
            out.append("<td class=").append(one.verdict()).append('>');
            out.append(text(one.verdict().words()));
        }
        out.append("</table></div>");
        String absent = Goals.absent(outcomes);
        if (!absent.isEmpty()) {
            out.append("<details><summary>Not measured</summary><p class=facts>");
            out.append(text(absent)).append("</details>");
        }
        out.append("</section>");
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
            number(Format.value(row.before(), row.unit()), row.before());
            number(Format.value(row.after(), row.unit()), row.after());
            boolean told = row.verdict() != Comparison.Verdict.UNDECIDED;
            number(told ? String.format(Locale.ROOT, "%.2f", row.ratio()) : "?", row.ratio());
            number(String.format(Locale.ROOT, "%.4f", row.probability()), row.probability());
            out.append("<td class=").append(row.verdict()).append('>');
            out.append(row.verdict().toString().toLowerCase(Locale.ROOT));
        }
        out.append("</table></div>");
    }

    private static String text(String raw) {
        return Plots.text(raw);
    }

    private static String script() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
