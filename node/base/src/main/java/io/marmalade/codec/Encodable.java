package io.marmalade.codec;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;

/** A structure that the codec knows how to write. */
@FunctionalInterface
public interface Encodable {
    /** Writes the structure's encoding. */
    void encode(Encoder out);

    /** Returns the structure's encoding. */
    default Bytes encoded(ProtocolConfig config) {
        Encoder out = new Encoder(config);
        encode(out);
        return Bytes.of(out.toArray());
    }
}
