package io.marmalade.block;

import io.marmalade.base.Ed25519Signature;

/**
 * A guarantor's signature.
 *
 * @param validatorIndex 0..2¹⁶−1
 * @param signature over the report's hash
 */
public record Credential(
        int validatorIndex,
        Ed25519Signature signature) {}
