package io.marmalade.block;

import io.marmalade.base.Bytes;

/**
 * A preimage that was asked for.
 *
 * @param service index of the service that asked, 0..2³²−1
 * @param data the preimage itself
 * @gp eq:preimages
 */
public record Preimage(
        long service,
        Bytes data) {}
