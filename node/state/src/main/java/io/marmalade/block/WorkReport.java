package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
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
        List<WorkDigest> digests) {}
