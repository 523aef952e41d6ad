package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * What came of a work item (D).
 *
 * @param service 0..2³²−1
 * @param codeHash of the service's code
 * @param payloadHash of the item's payload
 * @param accumulateGasLimit gas, unsigned
 * @param result output or error
 * @param refineGasUsed gas, unsigned
 * @param importCount segments
 * @param extrinsicCount extrinsics
 * @param extrinsicSize octets, 0..2³²−1
 * @param exportCount segments
 * @gp eq:workdigest
 */
public record WorkDigest(
        long service,
        Hash codeHash,
        Hash payloadHash,
        long accumulateGasLimit,
        WorkResult result,
        long refineGasUsed,
        int importCount,
        int extrinsicCount,
        long extrinsicSize,
        int exportCount)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 4 + 2 * 32 + 8 + 1 + 5;

    @Override
    public void encode(Encoder out) {
        out.u32(service)
                .octets(codeHash)
                .octets(payloadHash)
                .u64(accumulateGasLimit)
                .value(result)
                .natural(refineGasUsed)
                .natural(importCount)
                .natural(extrinsicCount)
                .natural(extrinsicSize)
                .natural(exportCount);
    }

    /** Reads what {@link #encode} writes. */
    public static WorkDigest decode(Decoder in) {
        return new WorkDigest(
                in.u32(),
                in.hash(),
                in.hash(),
                in.u64(),
                WorkResult.decode(in),
                in.natural(),
                (int) in.natural(0xffff, "import count"),
                (int) in.natural(0xffff, "extrinsic count"),
                in.natural(0xffff_ffffL, "extrinsic size"),
                (int) in.natural(0xffff, "export count"));
    }
}
