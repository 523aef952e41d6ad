package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;

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
        Bytes authorizationTrace) implements AccumulationInput {}
