package io.marmalade.block;

import io.marmalade.base.Ed25519Signature;

/**
 * One validator's judgement on a report.
 *
 * @param valid whether it finds the report valid
 * @param validatorIndex 0..2¹⁶−1
 * @param signature over verdict and report hash
 */
public record Judgement(
        boolean valid,
        int validatorIndex,
        Ed25519Signature signature) {}
