package io.marmalade.block;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Ed25519Key;

/**
 * The two keys of a validator that an epoch mark carries.
 *
 * @param bandersnatch Bandersnatch key
 * @param ed25519 Ed25519 key
 */
public record EpochMarkKeys(
        BandersnatchKey bandersnatch,
        Ed25519Key ed25519) {}
