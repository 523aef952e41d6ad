package io.marmalade.bench.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Series that do the same thing, side by side. */
final class Groups {
    /** What others are set in proportion to, if it is there; else to the fastest. */
    static final String NATIVE = "cc -O2";

    record Group(String suite, String what, List<Series> series) {
        Series base() {
            return series.stream()
                    .filter(one -> one.how().equals(NATIVE))
                    .findFirst()
                    .orElse(series.getFirst());
        }

        boolean hasNative() {
            return base().how().equals(NATIVE);
        }

        /** Returns each way's median as a multiple of the base's. */
        Map<String, Double> multiples() {
            Map<String, Double> multiples = new LinkedHashMap<>();
            double base = base().median();
            series.forEach(one -> multiples.put(one.how(), one.median() / base));
            return multiples;
        }

        /** Returns the ways of which no ratio can be told. */
        Set<String> doubtful() {
            return series.stream()
                    .filter(one -> ratio(one).equals("?"))
                    .map(Series::how)
                    .collect(Collectors.toSet());
        }

        String ratio(Series one) {
            Series base = base();
            if (one == base) {
                return series.size() == 1 ? "" : "1";
            }
            return Ratio.of(one, base).map(r -> Format.digits(r.value())).orElse("?");
        }
    }

    private Groups() {}

    static List<Group> of(List<Series> all) {
        Map<String, List<Series>> groups = new LinkedHashMap<>();
        for (Series series : all) {
            groups.computeIfAbsent(series.suite() + "/" + series.what(), key -> new ArrayList<>())
                    .add(series);
        }
        List<Group> out = new ArrayList<>();
        for (List<Series> members : groups.values()) {
            members.sort(Comparator.comparingDouble(Series::median));
            Series first = members.getFirst();
            out.add(new Group(first.suite(), first.what(), members));
        }
        return out;
    }

    /**
     * Returns the geometric means of families: groups whose names begin with the same word. A way
     * counts if all of a family have it.
     */
    static List<Plots.Row> means(List<Group> groups) {
        Map<String, List<Group>> families = new LinkedHashMap<>();
        for (Group group : groups) {
            if (group.hasNative()) {
                String family = group.what().split(" ")[0];
                families.computeIfAbsent(family, key -> new ArrayList<>()).add(group);
            }
        }
        List<Plots.Row> rows = new ArrayList<>();
        families.forEach((family, members) -> {
            Map<String, Double> means = new LinkedHashMap<>();
            for (Series one : members.getFirst().series()) {
                double[] multiples =
                        members.stream()
                                .mapToDouble(group ->
                                        group.multiples().getOrDefault(one.how(), Double.NaN))
                                .toArray();
                double mean = Arrays.stream(multiples).map(Math::log).average().orElse(Double.NaN);
                if (!Double.isNaN(mean)) {
                    means.put(one.how(), Math.exp(mean));
                }
            }
            if (members.size() > 2) {
                rows.add(new Plots.Row("geometric mean: " + family + "s", means, Set.of()));
            }
        });
        return rows;
    }

    /**
     * Returns the one parameter of a series that is a number, without which its name is the same.
     */
    static Optional<Map.Entry<String, String>> size(Series series) {
        return series.parameters().entrySet().stream()
                .filter(entry -> entry.getValue().matches("[0-9]+"))
                .findFirst();
    }
}
