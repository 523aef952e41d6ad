package io.marmalade.pvm;

import java.util.Arrays;
import java.util.Optional;

/**
 * The code of a service as its preimage holds it: metadata, its length in front, then a standard
 * program.
 *
 * @param metadata what the service says about itself
 * @param programOffset where the standard program starts in the blob
 */
public record ServiceCode(byte[] metadata, int programOffset) {
    /**
     * Splits a blob.
     *
     * @param blob the metadata's length as a natural number, the metadata, a standard program
     * @return nothing if the metadata is longer than the blob
     */
    public static Optional<ServiceCode> split(byte[] blob) {
        OctetReader in = new OctetReader(blob, 0, blob.length);
        long size = in.natural();
        if (in.failed() || Long.compareUnsigned(size, in.left()) > 0) {
            return Optional.empty();
        }
        int from = in.position();
        int to = from + (int) size;
        return Optional.of(new ServiceCode(Arrays.copyOfRange(blob, from, to), to));
    }
}
