package io.marmalade.state;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BlsKey;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.ValidatorMetadata;

/**
 * The keys of a validator (k), 336 octets.
 *
 * @param bandersnatch for sealing and tickets
 * @param ed25519 for signatures
 * @param bls for Beefy
 * @param metadata opaque
 * @gp eq:validatorkeys
 */
public record ValidatorKeys(
        BandersnatchKey bandersnatch,
        Ed25519Key ed25519,
        BlsKey bls,
        ValidatorMetadata metadata) {}
