package io.marmalade.block;

import io.marmalade.base.Hash;
import java.util.List;

/**
 * What the first header of an epoch says of the next one.
 *
 * @param entropy η₀ before the block
 * @param ticketsEntropy η₁ before the block
 * @param validators keys of the pending set
 * @gp eq:epochmarker
 */
public record EpochMark(
        Hash entropy,
        Hash ticketsEntropy,
        List<EpochMarkKeys> validators) {}
