package io.marmalade.bench.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Series that do the same thing, side by side. */
final class Groups {
    /** What others are set in proportion to, if it is there; else to the fastest. */
    private static final String NATIVE = "cc -O2";

    record Group(String suite, String what, List<Series> series) {
        Series base() {
            return series.stream()
                    .filter(one -> one.how().equals(NATIVE))
                    .findFirst()
                    .orElse(series.getFirst());
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
     * Returns the one parameter of a series that is a number, without which its name is the same.
     */
    static Optional<Map.Entry<String, String>> size(Series series) {
        return series.parameters().entrySet().stream()
                .filter(entry -> entry.getValue().matches("[0-9]+"))
                .findFirst();
    }
}
