package io.marmalade.state;

import io.marmalade.base.Hash;

/**
 * The entropy (η).
 *
 * @param current η₀: the accumulator
 * @param first η₁: η₀ at the end of the latest epoch
 * @param second η₂: one epoch before
 * @param third η₃: two epochs before
 * @gp eq:entropycomposition
 */
public record Entropy(
        Hash current,
        Hash first,
        Hash second,
        Hash third) {}
