package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encoder;

/**
 * What accumulate is told of a work item (U).
 *
 * @param packageHash of the package
 * @param segmentRoot of its exports
 * @param authorizerHash of its authorizer
 * @param payloadHash of the item's payload
 * @param gasLimit gas, unsigned
 * @param result output or error
 * @param authorizationTrace what the authorizer returned
 * @gp eq:operandtuple
 */
public record Operand(
        Hash packageHash,
        Hash segmentRoot,
        Hash authorizerHash,
        Hash payloadHash,
        long gasLimit,
        WorkResult result,
        Bytes authorizationTrace)
        implements AccumulationInput {
    static final int TAG = 0;

    /** Writes the tag 0 and the fields. */
    @Override
    public void encode(Encoder out) {
        out.u8(TAG)
                .octets(packageHash)
                .octets(segmentRoot)
                .octets(authorizerHash)
                .octets(payloadHash)
                .natural(gasLimit)
                .value(result)
                .blob(authorizationTrace);
    }

    static Operand decodeAfterTag(Decoder in) {
        return new Operand(
                in.hash(),
                in.hash(),
                in.hash(),
                in.hash(),
                in.natural(),
                WorkResult.decode(in),
                in.blob());
    }
}
