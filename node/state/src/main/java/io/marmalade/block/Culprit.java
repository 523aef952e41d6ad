package io.marmalade.block;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;

/**
 * Proof that a validator guaranteed a bad report.
 *
 * @param reportHash of the report
 * @param key of the validator
 * @param signature its guarantee
 */
public record Culprit(
        Hash reportHash,
        Ed25519Key key,
        Ed25519Signature signature) {}
