package io.marmalade.state;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.Collections;
import java.util.SortedMap;

/**
 * What is remembered of a recent block.
 *
 * @param headerHash hash of its header
 * @param superPeak of the accumulation-output log after it
 * @param stateRoot after it; zeroes until the next block
 * @param timeslot 0..2³²−1; since 0.8.0, 0 before
 * @param reportedPackages package hash to segment root
 * @gp eq:recenthistoryspec
 */
public record RecentBlock(
        Hash headerHash,
        Hash superPeak,
        Hash stateRoot,
        long timeslot,
        SortedMap<Hash, Hash> reportedPackages)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 3 * 32 + 1;

    /** Makes the map unmodifiable; the caller gives it away. */
    public RecentBlock {
        reportedPackages = Collections.unmodifiableSortedMap(reportedPackages);
    }

    @Override
    public void encode(Encoder out) {
        out.octets(headerHash).octets(superPeak).octets(stateRoot);
        StateFormat.of(out.config()).recentTimeslot(out, timeslot);
        out.dictionary(reportedPackages, Encoder::octets, Encoder::octets);
    }

    /** Reads what {@link #encode} writes. */
    public static RecentBlock decode(Decoder in) {
        return new RecentBlock(
                in.hash(),
                in.hash(),
                in.hash(),
                StateFormat.of(in.config()).recentTimeslot(in),
                in.field(
                        "reported packages",
                        i -> i.dictionary(2 * Hash.SIZE, Decoder::hash, Decoder::hash)));
    }
}
