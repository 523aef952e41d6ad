package io.marmalade.transition.history;

import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Keccak;
import io.marmalade.state.MerkleMountainRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appending to Merkle mountain ranges, and committing to them, with Keccak.
 *
 * @gp sec:mmr
 */
public final class MountainRanges {
    private static final byte[] PEAK = "peak".getBytes(StandardCharsets.US_ASCII);

    private MountainRanges() {}

    /**
     * Returns a range with one more item (A).
     *
     * @gp eq:mmrappend
     */
    public static MerkleMountainRange append(MerkleMountainRange range, Hash item) {
        List<@Nullable Hash> peaks = new ArrayList<>(range.peaks());
        Hash carry = item;
        for (int height = 0; ; height++) {
            if (height == peaks.size()) {
                peaks.add(carry);
                break;
            }
            Hash peak = peaks.get(height);
            if (peak == null) {
                peaks.set(height, carry);
                break;
            }
            peaks.set(height, null);
            carry = Keccak.hash(peak.octets(), carry.octets());
        }
        return new MerkleMountainRange(Collections.unmodifiableList(peaks));
    }

    /** Returns the commitment to a range (M_R): the zero hash of an empty one. */
    public static Hash superPeak(MerkleMountainRange range) {
        Hash root = null;
        for (Hash peak : range.peaks()) {
            if (peak != null) {
                root = root == null ? peak : Keccak.hash(PEAK, root.octets(), peak.octets());
            }
        }
        return root == null ? Hash.ZERO : root;
    }
}
