package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A segment that a work item imports.
 *
 * @param root segment root, or hash of the exporting package
 * @param isPackageHash which of the two (⊞)
 * @param index 0..2¹⁵−1
 */
public record ImportSegment(Hash root, boolean isPackageHash, int index) implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 32 + 2;

    private static final int PACKAGE_HASH = 1 << 15;

    @Override
    public void encode(Encoder out) {
        out.octets(root).u16(isPackageHash ? index | PACKAGE_HASH : index);
    }

    /** Reads what {@link #encode} writes. */
    public static ImportSegment decode(Decoder in) {
        Hash root = in.hash();
        int index = in.u16();
        return new ImportSegment(root, (index & PACKAGE_HASH) != 0, index & ~PACKAGE_HASH);
    }
}
