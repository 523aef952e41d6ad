package io.marmalade.state;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BlsKey;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.ValidatorMetadata;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

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
        BandersnatchKey bandersnatch, Ed25519Key ed25519, BlsKey bls, ValidatorMetadata metadata)
        implements Encodable {
    /** The octets of an encoding. */
    public static final int SIZE = 336;

    @Override
    public void encode(Encoder out) {
        out.octets(bandersnatch).octets(ed25519).octets(bls).octets(metadata);
    }

    /** Reads what {@link #encode} writes. */
    public static ValidatorKeys decode(Decoder in) {
        return new ValidatorKeys(
                in.bandersnatchKey(), in.ed25519Key(), in.blsKey(), in.validatorMetadata());
    }
}
