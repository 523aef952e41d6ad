package io.marmalade.bench.result;

import java.util.List;
import java.util.Locale;

/** A result as tables in Markdown. */
public final class MarkdownSummary {
    private MarkdownSummary() {}

    /**
     * Writes the summary.
     *
     * @param result what was measured
     * @return a text
     */
    public static String of(BenchResult result) {
        StringBuilder out = new StringBuilder();
        out.append("# Benchmarks, ").append(result.started()).append("\n\n");
        if (result.seconds() > 0) {
            out.append("- took: ").append(Format.minutes(result.seconds())).append('\n');
        }
        out.append("- machine: ").append(result.cpu()).append('\n');
        out.append("- JDK: ").append(result.jdk()).append('\n');
        out.append("- commit: ").append(result.commit()).append('\n');
        out.append("- flags: `").append(String.join(" ", result.flags())).append("`\n");
        out.append("- made by: `").append(result.command()).append("`\n");
        out.append(
                String.format(
                        Locale.ROOT,
                        "- load: %.1f before, at most %.1f from others meanwhile, %d cores%n",
                        result.loadBefore(),
                        result.loadMost(),
                        result.cores()));
        result.partialWarning().ifPresent(text -> out.append("- **").append(text).append("**\n"));
        result.loadWarning().ifPresent(text -> out.append("- **").append(text).append("**\n"));
        result.missingWarning()
                .ifPresent(text -> out.append("- **").append(text).append("** (see the end)\n"));
        out.append(
                "\n"
                    + "Median of all rounds; spread is that of the middle half of the values."
                    + " Ratios are to `cc -O2` where it is there, else to the fastest; `?` where"
                    + " the spread leaves no ratio to speak of. Allocation is in octets an"
                    + " operation.\n");
        goals(result, out);
        String suite = "";
        for (Groups.Group group : Groups.of(result.series())) {
            if (!group.suite().equals(suite)) {
                suite = group.suite();
                out.append("\n## ").append(suite).append("\n\n");
                out.append("| what | how | median | spread | ratio | rate | allocated |\n");
                out.append("|---|---|--:|--:|--:|--:|--:|\n");
            }
            for (Series one : group.series()) {
                Double allocated = one.allocated();
                out.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %s | %s | %s | %s | %s | %s |%n",
                                one.what(),
                                one.how(),
                                Format.value(one.median(), one.unit()),
                                Format.percent(one.spread()),
                                group.ratio(one),
                                Format.rate(one),
                                allocated == null
                                        ? ""
                                        : String.format(Locale.ROOT, "%,.0f", allocated)));
            }
        }
        if (!result.imports().isEmpty()) {
            out.append("\n## Sets of blocks, in milliseconds a block\n\n");
            out.append("| set | way | engine | imported | ");
            out.append(String.join(" | ", BenchResult.Stats.NAMES)).append(" |\n|---|---|---|");
            out.append("--:|".repeat(1 + BenchResult.Stats.NAMES.size())).append('\n');
            for (BenchResult.Import one : result.imports()) {
                BenchResult.Stats stats = one.stats();
                out.append("| ").append(one.set()).append(" | ").append(one.way());
                out.append(" | ").append(one.engine());
                out.append(" | ").append(stats.imported());
                for (double value : stats.times()) {
                    out.append(String.format(Locale.ROOT, " | %.3f", value));
                }
                out.append(" |\n");
            }
        }
        if (!result.missing().isEmpty()) {
            out.append("\n## Not measured\n\n");
            result.missing().forEach(text -> out.append("- ").append(text).append('\n'));
        }
        return out.toString();
    }

    private static void goals(BenchResult result, StringBuilder out) {
        List<Goal.Outcome> outcomes = Goals.of(result);
        if (outcomes.isEmpty()) {
            return;
        }
        out.append("\n## Goals: ").append(Goals.summary(outcomes)).append("\n\n");
        out.append(
                "| part | figure | how | measured | goal | verdict |\n|---|---|---|--:|--:|---|\n");
        for (Goal.Outcome one : outcomes) {
            if (!one.isMeasured()) {
                continue;
            }
            String cells =
                    String.join(
                            " | ",
                            one.goal().part(),
                            one.goal().figure(),
                            one.how(),
                            one.measured(),
                            one.goal().limitText(),
                            one.verdict().words());
            out.append("| ").append(cells).append(" |\n");
        }
        String absent = Goals.absent(outcomes);
        if (!absent.isEmpty()) {
            out.append("\nNot measured: ").append(absent).append(".\n");
        }
    }
}
