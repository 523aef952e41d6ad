package io.marmalade.block;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A block (B).
 *
 * @param header the header
 * @param extrinsic what the header commits to
 * @gp eq:block
 */
public record Block(Header header, Extrinsic extrinsic) implements Encodable {
    @Override
    public void encode(Encoder out) {
        out.value(header).value(extrinsic);
    }

    /** Reads what {@link #encode} writes. */
    public static Block decode(Decoder in) {
        return new Block(
                in.field("header", Header::decode), in.field("extrinsic", Extrinsic::decode));
    }
}
