package io.marmalade.state;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.Collections;
import java.util.SortedSet;

/**
 * What came of disputes (ψ).
 *
 * @param good ψ_G: reports judged valid
 * @param bad ψ_B: reports judged invalid
 * @param wonky ψ_W: reports on which judgement is split
 * @param offenders ψ_O: validators that misbehaved
 * @gp eq:disputesspec
 */
public record DisputeRecords(
        SortedSet<Hash> good,
        SortedSet<Hash> bad,
        SortedSet<Hash> wonky,
        SortedSet<Ed25519Key> offenders)
        implements Encodable {
    /** Makes the sets unmodifiable; the caller gives them away. */
    public DisputeRecords {
        good = Collections.unmodifiableSortedSet(good);
        bad = Collections.unmodifiableSortedSet(bad);
        wonky = Collections.unmodifiableSortedSet(wonky);
        offenders = Collections.unmodifiableSortedSet(offenders);
    }

    @Override
    public void encode(Encoder out) {
        out.sequence(good, Encoder::octets)
                .sequence(bad, Encoder::octets)
                .sequence(wonky, Encoder::octets)
                .sequence(offenders, Encoder::octets);
    }

    /** Reads what {@link #encode} writes. */
    public static DisputeRecords decode(Decoder in) {
        return new DisputeRecords(
                in.field("good", i -> i.set(Hash.SIZE, Decoder::hash)),
                in.field("bad", i -> i.set(Hash.SIZE, Decoder::hash)),
                in.field("wonky", i -> i.set(Hash.SIZE, Decoder::hash)),
                in.field("offenders", i -> i.set(Ed25519Key.SIZE, Decoder::ed25519Key)));
    }
}
