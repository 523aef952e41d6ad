package io.marmalade.pvm;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The versions of the protocol that run side by side. What a version changes hangs on this value,
 * as data that is chosen once, when a program is loaded or a chain is opened. Each layer has one
 * table of it:
 *
 * <table>
 * <caption>Where a version makes a difference</caption>
 * <tr><th>layer</th><th>table</th><th>says</th></tr>
 * <tr><td>machine</td><td>{@link Dialect}</td><td>opcodes by number, gas schedule, whether programs are validated
 *     whole and static jumps check all their targets</td></tr>
 * <tr><td>machine</td><td>{@link Opcode}</td><td>each opcode's number</td></tr>
 * <tr><td>host calls</td><td>{@code invocation.HostCallName}</td><td>each call's number, and which there are
 *     ({@code grow_heap})</td></tr>
 * <tr><td>host calls</td><td>{@code invocation.HostCallPrices}</td><td>each call's price</td></tr>
 * <tr><td>accumulation</td><td>{@code invocation.accumulate.AccumulateRules}</td><td>checks of single calls</td></tr>
 * <tr><td>refinement</td><td>{@code invocation.refine.RefineRules}</td><td>inner machines, gas of inner runs, bounds of
 *     packages</td></tr>
 * <tr><td>parameters</td><td>{@code base.ProtocolConfig}, {@code codec.ProtocolParameters}</td><td>values, and their
 *     encoding of 134 or 122 octets</td></tr>
 * <tr><td>availability</td><td>{@code erasure.ErasureCode#of(ProtocolConfig, int)}</td><td>data shards for a set of
 *     validators</td></tr>
 * <tr><td>blocks</td><td>{@code block.BlockFormat}</td><td>encodings in blocks, and what the extrinsic hash is
 *     over</td></tr>
 * <tr><td>state</td><td>{@code state.StateFormat}</td><td>encodings in the state</td></tr>
 * <tr><td>transition</td><td>{@code transition.rules.TransitionRules}</td><td>checks of blocks, set sizes, history,
 *     statistics</td></tr>
 * <tr><td>transition</td><td>{@code transition.accumulation.AccumulationRules}</td><td>gas of rounds, what is
 *     counted</td></tr>
 * <tr><td>vectors</td><td>{@code conformance.json.Structures}</td><td>the JSON of all structures</td></tr>
 * </table>
 *
 * <p>The size of a validator set is nowhere a constant: whatever depends on it asks the set. Only
 * encodings of 0.7.2, which do not write it, take it from the parameters.
 */
public enum ProtocolVersion {
    /** Gray Paper 0.7.2, with the clarifications merged after its tag. */
    V0_7_2(0, 7, 2, Dialect.V0_7_2, EnumSet.noneOf(Deviation.class)),
    /**
     * Gray Paper 0.8.0, with the {@linkplain Deviation deviations} that its public vectors apply.
     */
    V0_8_0(0, 8, 0, Dialect.V0_8_0, Deviation.on());

    private final int major;
    private final int minor;
    private final int patch;
    private final Dialect dialect;
    private final Set<Deviation> deviations;

    ProtocolVersion(int major, int minor, int patch, Dialect dialect, Set<Deviation> deviations) {
        this.major = major;
        this.minor = minor;
        this.patch = patch;
        this.dialect = dialect;
        this.deviations = Collections.unmodifiableSet(deviations);
    }

    /** Returns the first number of the version, 0..255. */
    public int major() {
        return major;
    }

    /** Returns the second number of the version, 0..255. */
    public int minor() {
        return minor;
    }

    /** Returns the third number of the version, 0..255. */
    public int patch() {
        return patch;
    }

    /** Returns what the version changes for the machine. */
    public Dialect dialect() {
        return dialect;
    }

    /** Returns the deviations from its text that are applied. */
    public Set<Deviation> deviations() {
        return deviations;
    }

    /** Returns whether a deviation from its text is applied; of another version's text, never. */
    public boolean applies(Deviation deviation) {
        return deviations.contains(deviation);
    }

    /**
     * Returns the version that is written so.
     *
     * @param text three numbers with dots between them, such as {@code 0.7.2}
     * @throws IllegalArgumentException if no known version is written so; the message says which
     *     are
     */
    public static ProtocolVersion parse(String text) {
        for (ProtocolVersion version : values()) {
            if (version.toString().equals(text)) {
                return version;
            }
        }
        String known =
                Arrays.stream(values())
                        .map(ProtocolVersion::toString)
                        .collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "unknown protocol version " + text + "; known are " + known);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
