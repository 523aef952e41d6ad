package io.marmalade.block;

import io.marmalade.base.Hash;

/**
 * Data that comes with a package.
 *
 * @param hash of the data
 * @param length octets, 0..2³²−1
 */
public record ExtrinsicReference(
        Hash hash,
        long length) {}
