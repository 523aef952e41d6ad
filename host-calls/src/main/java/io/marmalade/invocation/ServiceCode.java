package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.pvm.ProtocolVersion;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A preimage taken apart into metadata and code.
 *
 * @gp eq:serviceaccount
 */
public final class ServiceCode {
    private final byte[] preimage;
    private final int offset;

    private ServiceCode(byte[] preimage, int offset) {
        this.preimage = preimage;
        this.offset = offset;
    }

    /**
     * Takes a preimage apart.
     *
     * @return null if the preimage is not metadata with its length in front, then code
     */
    public static @Nullable ServiceCode of(ProtocolConfig config, Bytes preimage) {
        Decoder in = new Decoder(config, preimage.octets());
        try {
            int metadata = in.count(1);
            return new ServiceCode(preimage.octets(), in.offset() + metadata);
        } catch (DecodeException notCode) {
            return null;
        }
    }

    /** Returns the octets of the code, metadata left out. */
    public int size() {
        return preimage.length - offset;
    }

    /** Returns a copy of the code. */
    public byte[] toArray() {
        return Arrays.copyOfRange(preimage, offset, preimage.length);
    }

    /** Decodes the code; {@link ProgramCache} remembers what was decoded. */
    public ServiceProgram decode(ProtocolVersion version) {
        return ServiceProgram.decode(toArray(), version);
    }
}
