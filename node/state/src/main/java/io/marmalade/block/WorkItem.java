package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import java.util.List;

/**
 * A work item (W).
 *
 * @param service 0..2³²−1
 * @param codeHash of the service's code
 * @param refineGasLimit gas, unsigned
 * @param accumulateGasLimit gas, unsigned
 * @param exportCount segments, 0..2¹⁶−1
 * @param payload for refine
 * @param imports segments that it reads
 * @param extrinsics data that comes with the package
 * @gp eq:workitem
 */
public record WorkItem(
        long service,
        Hash codeHash,
        long refineGasLimit,
        long accumulateGasLimit,
        int exportCount,
        Bytes payload,
        List<ImportSegment> imports,
        List<ExtrinsicReference> extrinsics) {}
