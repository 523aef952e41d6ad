package io.marmalade.pvm;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the public vectors and fuzzers of a version follow something else than its released text.
 * Each is a switch, on by default; {@code -Dmarmalade.released-text=NAME,...} switches some off for
 * a whole process, to compare with others that follow the text to the letter.
 */
public enum Deviation {
    /** Growing the heap without the gas for it leaves no gas, instead of all. */
    GROW_HEAP_LEAVES_NO_GAS("grow-heap-leaves-no-gas", "#533, merged"),
    /**
     * The heap may not grow into the stack's last zone: the stack is rounded up to 64 KiB, not to a
     * page.
     */
    STACK_ROUNDED_TO_ZONE("stack-rounded-to-zone", "#538, merged"),
    /**
     * Any service may call {@code bless}, not only the manager; how results merge decides whose
     * word counts.
     */
    ANYONE_MAY_BLESS("anyone-may-bless", "#519 undone until #558"),
    /** Conditional moves read their destination in the model of costs. */
    MOVES_READ_DESTINATION("conditional-moves-read-destination", "#559"),
    /** Code has at most 2²⁵ octets and a jump table at most 2²⁴ entries. */
    BOUNDED_PROGRAMS("bounded-programs", "#559"),
    /** A work package may ask for the whole of the gas that is its limit, not only for less. */
    INCLUSIVE_PACKAGE_GAS("inclusive-package-gas", "#563, likely");

    private static final String PROPERTY = "marmalade.released-text";

    private final String text;
    private final String source;

    Deviation(String text, String source) {
        this.text = text;
        this.source = source;
    }

    /** Returns where it comes from: a pull request of the Gray Paper, and what became of it. */
    public String source() {
        return source;
    }

    /**
     * Returns the deviations that are switched on when some are switched off by name.
     *
     * @param off names with commas between them; may be empty
     * @throws IllegalArgumentException if there is no deviation of some name
     */
    public static Set<Deviation> without(String off) {
        EnumSet<Deviation> on = EnumSet.allOf(Deviation.class);
        for (String name : List.of(off.split(","))) {
            if (!name.isBlank()) {
                on.remove(named(name.strip()).orElseThrow(() -> unknown(name)));
            }
        }
        return on;
    }

    private static Optional<Deviation> named(String name) {
        return Arrays.stream(values()).filter(each -> each.text.equals(name)).findFirst();
    }

    private static IllegalArgumentException unknown(String name) {
        String known =
                Arrays.stream(values()).map(each -> each.text).collect(Collectors.joining(", "));
        return new IllegalArgumentException(
                "no deviation is called " + name.strip() + "; there are " + known);
    }

    static Set<Deviation> on() {
        return without(System.getProperty(PROPERTY, ""));
    }

    /** Returns the name by which it is switched, words with dashes between them. */
    @Override
    public String toString() {
        return text;
    }
}
