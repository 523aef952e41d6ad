package io.marmalade.block;

import io.marmalade.base.Hash;

/**
 * A segment that a work item imports.
 *
 * @param root segment root, or hash of the exporting package
 * @param isPackageHash which of the two (⊞)
 * @param index 0..2¹⁵−1
 */
public record ImportSegment(
        Hash root,
        boolean isPackageHash,
        int index) {}
