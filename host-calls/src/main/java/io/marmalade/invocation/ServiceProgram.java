package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.ServiceCode;
import io.marmalade.pvm.StandardProgram;

import org.jspecify.annotations.Nullable;

/**
 * The code of a service or an authorizer, decoded. Immutable and safe to share.
 *
 * @param codeSize octets of the code, metadata left out
 * @param standard the program, or null if the code is none: then a run panics at once and uses no
 *     gas
 */
public record ServiceProgram(int codeSize, @Nullable StandardProgram standard) {
    /**
     * Decodes a preimage.
     *
     * @return null if it is not metadata with its length in front, then code
     */
    public static @Nullable ServiceProgram decode(Bytes preimage, ProtocolVersion version) {
        byte[] octets = preimage.octets();
        ServiceCode code = ServiceCode.split(octets).orElse(null);
        return code == null
                ? null
                : new ServiceProgram(
                        octets.length - code.programOffset(),
                        StandardProgram.decodeService(octets, version).orElse(null));
    }

    /** Tells the engines that the program is no longer remembered. */
    void evicted() {
        if (standard != null) {
            standard.program().evicted();
        }
    }
}
