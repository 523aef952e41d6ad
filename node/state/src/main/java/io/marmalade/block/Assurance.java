package io.marmalade.block;

import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import java.util.BitSet;

/**
 * A validator's word that it holds its part of what is available.
 *
 * @param anchor hash of the parent header
 * @param availabilities a bit a core; not to be modified
 * @param validatorIndex 0..2¹⁶−1
 * @param signature over anchor and bits
 * @gp eq:xtassurances
 */
public record Assurance(
        Hash anchor,
        BitSet availabilities,
        int validatorIndex,
        Ed25519Signature signature) {}
