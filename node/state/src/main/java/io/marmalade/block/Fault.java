package io.marmalade.block;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;

/**
 * Proof that a validator judged against the verdict.
 *
 * @param reportHash of the report
 * @param valid what it judged
 * @param key of the validator
 * @param signature its judgement
 */
public record Fault(
        Hash reportHash,
        boolean valid,
        Ed25519Key key,
        Ed25519Signature signature) {}
