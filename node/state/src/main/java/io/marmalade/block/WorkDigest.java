package io.marmalade.block;

import io.marmalade.base.Hash;

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
        int exportCount) {}
