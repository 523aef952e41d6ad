package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * A work report (R): what came of a work package.
 *
 * @param specification what is to be available
 * @param context what the package was refined against
 * @param core 0..2¹⁶−1
 * @param authorizerHash of code and configuration
 * @param authorizationGasUsed gas, unsigned
 * @param authorizationTrace what the authorizer returned
 * @param segmentRootLookup package hash to segment root
 * @param digests 1..16 of them
 * @gp eq:workreport
 */
public record WorkReport(
        AvailabilitySpecification specification,
        RefinementContext context,
        int core,
        Hash authorizerHash,
        long authorizationGasUsed,
        Bytes authorizationTrace,
        SortedMap<Hash, Hash> segmentRootLookup,
        List<WorkDigest> digests)
        implements Encodable {
    /** The fewest octets of an encoding. */
    public static final int MIN_SIZE =
            AvailabilitySpecification.MIN_SIZE + RefinementContext.MIN_SIZE + 32 + 5;

    /** Copies the list, and makes the map unmodifiable; the caller gives the map away. */
    public WorkReport {
        segmentRootLookup = Collections.unmodifiableSortedMap(segmentRootLookup);
        digests = List.copyOf(digests);
    }

    /** Returns the hash that guarantors sign: of the whole encoding. */
    public Hash hash(ProtocolConfig config) {
        return Blake2b.hash(encoded(config).octets());
    }

    @Override
    public void encode(Encoder out) {
        out.value(specification)
                .value(context)
                .natural(core)
                .octets(authorizerHash)
                .natural(authorizationGasUsed)
                .blob(authorizationTrace)
                .dictionary(segmentRootLookup, Encoder::octets, Encoder::octets)
                .sequence(digests, Encoder::value);
    }

    /** Reads what {@link #encode} writes. */
    public static WorkReport decode(Decoder in) {
        return new WorkReport(
                in.field("specification", AvailabilitySpecification::decode),
                in.field("context", RefinementContext::decode),
                (int) in.natural(0xffff, "core"),
                in.hash(),
                in.natural(),
                in.field("authorization trace", Decoder::blob),
                in.field(
                        "segment-root lookup",
                        i -> i.dictionary(2 * Hash.SIZE, Decoder::hash, Decoder::hash)),
                in.sequence("digests", WorkDigest.MIN_SIZE, WorkDigest::decode));
    }
}
