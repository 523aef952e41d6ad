package io.marmalade.state;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * Who may do what (χ).
 *
 * @param manager χ_M: service index
 * @param assigners χ_A: service index for each core
 * @param delegator χ_V: service index
 * @param registrar χ_R: service index
 * @param alwaysAccumulate χ_Z: service index to gas of services that are accumulated in every block
 * @gp eq:privilegesspec
 */
public record Privileges(
        long manager,
        List<Long> assigners,
        long delegator,
        long registrar,
        SortedMap<Long, Long> alwaysAccumulate)
        implements Encodable {
    /** Copies the list, and makes the map unmodifiable; the caller gives the map away. */
    public Privileges {
        assigners = List.copyOf(assigners);
        alwaysAccumulate = Collections.unmodifiableSortedMap(alwaysAccumulate);
    }

    @Override
    public void encode(Encoder out) {
        out.u32(manager)
                .fixed(assigners, Encoder::u32)
                .u32(delegator)
                .u32(registrar)
                .dictionary(alwaysAccumulate, Encoder::u32, Encoder::u64);
    }

    /** Reads what {@link #encode} writes. */
    public static Privileges decode(Decoder in) {
        return new Privileges(
                in.u32(),
                in.fixed("assigners", in.config().coreCount(), Decoder::u32),
                in.u32(),
                in.u32(),
                in.field(
                        "always accumulate", i -> i.dictionary(4 + 8, Decoder::u32, Decoder::u64)));
    }
}
