package io.marmalade.bench.result;

import io.marmalade.bench.result.Goal.Outcome;
import io.marmalade.bench.result.Goal.Verdict;
import io.marmalade.bench.result.Measure.Allocation;
import io.marmalade.bench.result.Measure.BlockMean;
import io.marmalade.bench.result.Measure.Rate;
import io.marmalade.bench.result.Measure.Time;
import io.marmalade.bench.result.Measure.Times;
import io.marmalade.bench.result.Measure.WorstTimes;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * All figures that the project has set itself, for a machine of two cores. The one place where they
 * stand: pages and summaries judge results by them.
 */
final class Goals {
    private static final double NONE = Double.NaN;

    /** Octets: a profiler that divides by operations never says exactly 0. */
    private static final double NOTHING = 0.49;

    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;

    private static final String IMPORTING = "Importing blocks";
    private static final String ENGINES = "Running services";
    private static final String COLD = "Cold code";
    private static final String GAS = "Gas";
    private static final String CRYPTO = "Signatures";
    private static final String STATE = "Hashes and tries";
    private static final String CODING = "Availability";
    private static final String COMPARING = "Comparing engines";

    private static final String NATIVE = "cc -O2";
    private static final String INTERPRETER = "interpreter";
    private static final String TIERED = "tiered";
    private static final String JIT = "jit";
    private static final String RECOMPILER = "polkavm recompiler";
    private static final String OWN = "own";
    private static final String VECTORS = "vectors";
    private static final String REPLAY = "replay, warm";

    /** One thread, and all of this machine's. */
    private static final List<String> THREADS = List.of(VECTORS, "vectors, 2 threads");

    private static final List<String> COMPILED = List.of(JIT, TIERED);

    /** The kernels by which PolkaVM's recompiler was measured. */
    private static final List<String> SEVEN =
            Stream.of("fib", "sieve", "sha256", "matmul", "qsort", "xorshift", "interp")
                    .map(name -> "kernel " + name + " 0.8.0")
                    .toList();

    private static final List<String> PROGRAMS =
            Stream.of(
                            "fib",
                            "sieve",
                            "queens",
                            "sort",
                            "matrix",
                            "sha256",
                            "keccak",
                            "blake2b",
                            "ed25519",
                            "secp256k1",
                            "interpreter",
                            "hostcalls")
                    .map(name -> "program " + name + " 0.8.0, first run in a fresh process")
                    .toList();

    /** All goals, those of one part one after the other. */
    static final List<Goal> ALL = all();

    private Goals() {}

    private static List<Goal> all() {
        List<Goal> all = new ArrayList<>();
        importing(all);
        engines(all);
        coldCode(all);
        gas(all);
        signatures(all);
        hashesAndTries(all);
        coding(all);
        comparing(all);
        return List.copyOf(all);
    }

    private static void importing(List<Goal> all) {
        block(all, "fallback", List.of(INTERPRETER, TIERED), 2, 0.5);
        block(all, "safrole", List.of(INTERPRETER, TIERED), 6, 2);
        block(all, "storage_light", List.of(INTERPRETER), 8, 0.7);
        block(all, "storage_light", List.of(TIERED), 1.5, 0.7);
        block(all, "storage", List.of(INTERPRETER), 15, 0.8);
        block(all, "storage", List.of(TIERED), 2, 0.8);
        for (String set : List.of("fallback", "safrole", "storage_light", "storage")) {
            List<String> engines = List.of(INTERPRETER, TIERED);
            String figure = "a block of " + set + ", replayed again and again";
            add(all, IMPORTING, figure, "import", "import " + set, engines, NONE);
        }
    }

    private static void block(
            List<Goal> all, String set, List<String> hows, double first, double limit) {
        String figure = "a block of " + set + ", replayed warm, mean";
        all.add(
                new Goal(
                        IMPORTING,
                        figure,
                        "import",
                        List.of(set),
                        hows,
                        new BlockMean(REPLAY),
                        first,
                        limit));
    }

    private static void engines(List<Goal> all) {
        Rate rate = new Rate("instructions");
        all.add(
                new Goal(
                        ENGINES,
                        "43 recorded runs, warm, instructions a second",
                        "accumulate",
                        List.of("services43"),
                        List.of(INTERPRETER),
                        rate,
                        150e6,
                        350e6));
        add(
                all,
                ENGINES,
                "43 recorded runs, warm, all of them",
                "accumulate",
                "services43",
                List.of(TIERED),
                15 * MILLIS);
        // What the prototypes of the design reached; at first 1.3 times as much.
        kernel(all, "sieve", "kernel sieve 0.8.0", 2.2);
        kernel(all, "field multiplication", "kernel secp 0.8.0", 2.7);
        kernel(all, "SHA-256", "kernel sha256 0.8.0", 1.95);
        kernel(all, "Blake2b", "program blake2b 0.8.0", 2.3);
        kernel(all, "recursion", "kernel fib 0.8.0", 3.1);
        kernel(all, "bytecode interpreter", "kernel interp 0.8.0", 3.6);
        kernel(all, "secp256k1 recover", "program secp256k1 0.8.0", 2.95);
        seven(all, "geometric mean of seven kernels, times cc -O2", COMPILED, NATIVE, 1.47);
        seven(
                all,
                "geometric mean of seven kernels, times cc -O2",
                List.of(RECOMPILER),
                NATIVE,
                NONE);
        seven(
                all,
                "geometric mean of seven kernels, times PolkaVM's recompiler",
                COMPILED,
                RECOMPILER,
                1);
        add(all, ENGINES, "host call, round trip", "pvm", "hostCallRoundTrip 0.8.0", COMPILED, 5);
        add(
                all,
                ENGINES,
                "host call, round trip",
                "pvm",
                "hostCallRoundTrip 0.8.0",
                polkaVm(),
                NONE);
        add(all, ENGINES, "100,000 host calls", "pvm", "hostCalls100000 0.8.0", COMPILED, MILLIS);
    }

    private static List<String> polkaVm() {
        return List.of(RECOMPILER, RECOMPILER + ", own process", "polkavm interpreter");
    }

    private static void kernel(List<Goal> all, String name, String what, double limit) {
        all.add(
                new Goal(
                        ENGINES,
                        name + ", times cc -O2",
                        "pvm",
                        List.of(what),
                        COMPILED,
                        new Times(NATIVE),
                        1.3 * limit,
                        limit));
    }

    private static void seven(
            List<Goal> all, String figure, List<String> hows, String base, double limit) {
        all.add(new Goal(ENGINES, figure, "pvm", SEVEN, hows, new Times(base), limit, limit));
    }

    private static void coldCode(List<Goal> all) {
        String pass = "first pass over 43 recorded runs, fresh process";
        slower(all, pass, "process", List.of(pass), 1.5);
        for (String service : List.of("bootstrap-0.8.0", "corevm-0.8.0")) {
            String cold = "cold service, first result of " + service + ", fresh process";
            slower(all, cold, "process", List.of(cold), 1.2);
        }
        for (String service : List.of("bootstrap-0.8.0", "corevm-0.8.0")) {
            String refined = "refineColdService " + service;
            slower(
                    all,
                    "first result of " + service + ", warm process",
                    "refine",
                    List.of(refined),
                    1.05);
        }
        all.add(
                new Goal(
                        COLD,
                        "first run of a program, fresh process, the worst of 12, times the"
                                + " interpreter's",
                        "pvm",
                        PROGRAMS,
                        List.of(TIERED),
                        new WorstTimes(INTERPRETER),
                        1.05,
                        1.05));
        String compiled = "compile bootstrap-0.8.0";
        List<String> all3 = List.of("decoding only", INTERPRETER, TIERED, JIT);
        add(all, COLD, "105 KB service, from octets to a machine", "pvm", compiled, all3, NONE);
        List<String> compilers = List.of(RECOMPILER, RECOMPILER + ", flat gas");
        add(all, COLD, "105 KB service, compiled by PolkaVM", "pvm", compiled, compilers, NONE);
    }

    private static void slower(
            List<Goal> all, String figure, String suite, List<String> whats, double limit) {
        all.add(
                new Goal(
                        COLD,
                        figure + ", times the interpreter's",
                        suite,
                        whats,
                        List.of(TIERED),
                        new Times(INTERPRETER),
                        limit,
                        limit));
    }

    private static void gas(List<Goal> all) {
        for (String service : List.of("bootstrap-0.8.0", "corevm-0.8.0")) {
            String what = "pipelineGas " + service;
            List<String> how = List.of("compute");
            add(all, GAS, "an instruction of " + service, "pvm", what, how, 150);
        }
        String what = "blockCostsOfService bootstrap-0.8.0";
        List<String> how = List.of("compute");
        add(all, GAS, "all blocks of a 105 KB service, warm", "pvm", what, how, 5 * MILLIS);
        what = "block costs of bootstrap-0.8.0, fresh process";
        how = List.of("pipeline gas");
        add(
                all,
                GAS,
                "all blocks of a 105 KB service, fresh process",
                "process",
                what,
                how,
                5 * MILLIS);
    }

    private static void signatures(List<Goal> all) {
        crypto(all, "Bandersnatch, IETF, verify", "ietfVerify", List.of(VECTORS), 1, 100 * MICROS);
        // Verifying hardly depends on the ring's size.
        crypto(all, "ring verify, alone", "ringVerify1 ring=1023", THREADS, 1, 1300 * MICROS);
        crypto(all, "ring verify, each of 3", "ringVerify3 ring=1023", THREADS, 3, 700 * MICROS);
        crypto(all, "ring verify, each of 16", "ringVerify16 ring=1023", THREADS, 16, 600 * MICROS);
        crypto(all, "ring root of 6 keys", "ringRoot ring=6", THREADS, 1, MILLIS);
        crypto(all, "ring root of 1023 keys", "ringRoot ring=1023", THREADS, 1, 12 * MILLIS);
        crypto(all, "ring prove, tiny", "ringProve ring=6", THREADS, 1, 60 * MILLIS);
        crypto(all, "ring prove, full", "ringProve ring=1023", THREADS, 1, 150 * MILLIS);
        for (String name : List.of("frMultiply8", "frSquare8", "fpMultiply8", "fpSquare8")) {
            nothingAllocated(all, CRYPTO, "crypto", name, VECTORS);
        }
        crypto(all, "Ed25519 verify, alone", "ed25519Verify", List.of(OWN), 1, 55 * MICROS);
        crypto(
                all,
                "Ed25519 verify, each of 64",
                "ed25519Verify64",
                List.of(VECTORS),
                1,
                20 * MICROS);
    }

    private static void crypto(
            List<Goal> all,
            String figure,
            String what,
            List<String> hows,
            int pieces,
            double limit) {
        Time time = new Time(pieces);
        all.add(new Goal(CRYPTO, figure, "crypto", List.of(what), hows, time, limit, limit));
    }

    private static void hashesAndTries(List<Goal> all) {
        List<String> own = List.of(OWN);
        List<String> lanes = List.of(VECTORS);
        add(all, STATE, "Blake2b of 64 octets, alone", "crypto", "blake2b64", own, 100);
        add(all, STATE, "Blake2b of 64 octets, batches", "crypto", "blake2b64Batch", lanes, 25);
        add(all, STATE, "root of 1,000,000 keys", "merkle", "trieBuild keys=1000000", own, 1e9);
        add(
                all,
                STATE,
                "root after 100 changes in 1,000,000",
                "merkle",
                "trieUpdate100 keys=1000000",
                own,
                300 * MICROS);
        nothingAllocated(all, STATE, "crypto", "blake2b64", OWN);
        nothingAllocated(all, STATE, "crypto", "blake2b64Batch", VECTORS);
        nothingAllocated(all, STATE, "crypto", "blake2b4104", OWN);
        nothingAllocated(all, STATE, "crypto", "keccak64", OWN);
    }

    private static void coding(List<Goal> all) {
        for (String name : List.of("encodeBlob", "encodeSegments")) {
            rate(all, CODING, "erasure coding, one core: " + name, "erasure", name, 1.4e9);
        }
        rate(all, CODING, "restoring, one core: recoverBlob", "erasure", "recoverBlob", 0.43e9);
        for (String name : List.of("encodeBlob", "encodeSegments", "recoverBlob")) {
            nothingAllocated(all, CODING, "erasure", name, VECTORS);
        }
    }

    private static void rate(
            List<Goal> all, String part, String figure, String suite, String what, double least) {
        Rate rate = new Rate("octets");
        all.add(new Goal(part, figure, suite, List.of(what), List.of(VECTORS), rate, least, least));
    }

    private static void comparing(List<Goal> all) {
        compared(all, "interpreter, polkavm-interpreter", 20_000);
        compared(all, "interpreter, jit, polkavm-interpreter", 2_000);
    }

    private static void compared(List<Goal> all, String engines, double least) {
        all.add(
                new Goal(
                        COMPARING,
                        "generated programs compared a second",
                        "diff",
                        List.of("generated program compared"),
                        List.of(engines),
                        new Rate("programs"),
                        least,
                        least));
    }

    private static void add(
            List<Goal> all,
            String part,
            String figure,
            String suite,
            String what,
            List<String> hows,
            double limit) {
        all.add(new Goal(part, figure, suite, List.of(what), hows, new Time(1), limit, limit));
    }

    private static void nothingAllocated(
            List<Goal> all, String part, String suite, String what, String how) {
        all.add(
                new Goal(
                        part,
                        "allocated by " + what,
                        suite,
                        List.of(what),
                        List.of(how),
                        new Allocation(),
                        NOTHING,
                        NOTHING));
    }

    /**
     * Judges a result.
     *
     * @return nothing if it has none of the figures
     */
    static List<Outcome> of(BenchResult result) {
        Map<String, Series> series = new HashMap<>();
        result.series().forEach(one -> series.put(one.key(), one));
        List<Outcome> outcomes = new ArrayList<>();
        for (Goal goal : ALL) {
            for (String how : goal.hows()) {
                outcomes.add(outcome(goal, how, series, result));
            }
        }
        boolean any = outcomes.stream().anyMatch(Outcome::isMeasured);
        return any ? outcomes : List.of();
    }

    /** Writes what was not measured, as a list in words. */
    static String absent(List<Outcome> outcomes) {
        Map<String, StringJoiner> hows = new LinkedHashMap<>();
        for (Outcome one : outcomes) {
            if (!one.isMeasured()) {
                hows.computeIfAbsent(one.goal().figure(), key -> new StringJoiner(", "))
                        .add(one.how());
            }
        }
        StringJoiner words = new StringJoiner("; ");
        hows.forEach((figure, ways) -> words.add(figure + " (" + ways + ")"));
        return words.toString();
    }

    /** Counts verdicts, in words. */
    static String summary(List<Outcome> outcomes) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        outcomes.forEach(one -> counts.merge(one.verdict(), 1, Integer::sum));
        StringJoiner words = new StringJoiner(", ");
        counts.forEach((verdict, count) -> {
            if (verdict != Verdict.BESIDE) {
                words.add(count + " " + verdict.words());
            }
        });
        return words.toString();
    }

    private static Outcome outcome(
            Goal goal, String how, Map<String, Series> all, BenchResult result) {
        Outcome absent = new Outcome(goal, how, NONE, NONE, NONE);
        if (goal.measure() instanceof BlockMean mean) {
            return result.imports().stream()
                    .filter(one -> goal.whats().contains(one.set()))
                    .filter(one -> one.way().equals(mean.way()) && one.engine().equals(how))
                    .map(one -> one.stats().importMean())
                    .findFirst()
                    .map(value -> new Outcome(goal, how, value, value, value))
                    .orElse(absent);
        }
        List<Outcome> found = new ArrayList<>();
        for (String what : goal.whats()) {
            Series one = all.get(goal.suite() + " / " + what + " / " + how);
            if (one == null) {
                return absent;
            }
            Outcome outcome =
                    switch (goal.measure()) {
                        case Times(String base) -> times(goal, one, all, what, base);
                        case WorstTimes(String base) -> times(goal, one, all, what, base);
                        case Time(int pieces) ->
                                new Outcome(
                                        goal,
                                        how,
                                        one.median() / pieces,
                                        one.quartile(1) / pieces,
                                        one.quartile(3) / pieces);
                        case Rate _ -> rate(goal, one);
                        case Allocation _ -> {
                            Double octets = one.allocated();
                            double value = octets == null ? NONE : octets;
                            yield new Outcome(goal, how, value, value, value);
                        }
                        case BlockMean _ -> absent;
                    };
            found.add(outcome);
        }
        return together(goal, how, found);
    }

    private static Outcome times(
            Goal goal, Series one, Map<String, Series> all, String what, String base) {
        Series other = all.get(goal.suite() + " / " + what + " / " + base);
        if (other == null) {
            return new Outcome(goal, one.how(), NONE, NONE, NONE);
        }
        Ratio ratio = Ratio.between(one, other);
        return new Outcome(goal, one.how(), ratio.value(), ratio.low(), ratio.high());
    }

    private static Outcome rate(Goal goal, Series one) {
        Work work = one.work();
        return work == null
                ? new Outcome(goal, one.how(), NONE, NONE, NONE)
                : new Outcome(
                        goal,
                        one.how(),
                        work.aSecond(one.median()),
                        work.aSecond(one.quartile(3)),
                        work.aSecond(one.quartile(1)));
    }

    private static Outcome together(Goal goal, String how, List<Outcome> found) {
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (goal.measure() instanceof WorstTimes) {
            Outcome worst = found.getFirst();
            for (Outcome one : found) {
                worst = one.value() > worst.value() ? one : worst;
            }
            return found.stream().anyMatch(one -> Double.isNaN(one.value()))
                    ? new Outcome(goal, how, NONE, NONE, NONE)
                    : worst;
        }
        double[] logs = new double[3];
        for (Outcome one : found) {
            logs[0] += Math.log(one.value());
            logs[1] += Math.log(one.low());
            logs[2] += Math.log(one.high());
        }
        int count = found.size();
        return new Outcome(
                goal,
                how,
                Math.exp(logs[0] / count),
                Math.exp(logs[1] / count),
                Math.exp(logs[2] / count));
    }
}
