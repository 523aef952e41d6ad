package io.marmalade.state;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Keccak;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A Merkle mountain range over Keccak: its peaks, the smallest first, null where there is none.
 *
 * @param peaks an unmodifiable list; the caller gives it away
 * @gp sec:mmr
 */
public record MerkleMountainRange(List<@Nullable Hash> peaks) implements Encodable {
    /** The range over nothing. */
    public static final MerkleMountainRange EMPTY = new MerkleMountainRange(List.of());

    private static final byte[] PEAK = "peak".getBytes(StandardCharsets.US_ASCII);

    /** Makes the list unmodifiable. */
    public MerkleMountainRange {
        peaks = Collections.unmodifiableList(peaks);
    }

    /**
     * Returns the range with an item more: it merges with peaks of its size as a carry runs through
     * a binary counter.
     *
     * @gp eq:mmrappend
     */
    public MerkleMountainRange append(Hash item) {
        List<@Nullable Hash> appended = new ArrayList<>(peaks);
        Hash carry = item;
        for (int i = 0; i < appended.size(); i++) {
            Hash peak = appended.get(i);
            if (peak == null) {
                appended.set(i, carry);
                return new MerkleMountainRange(appended);
            }
            appended.set(i, null);
            carry = keccak(new byte[0], peak, carry);
        }
        appended.add(carry);
        return new MerkleMountainRange(appended);
    }

    /**
     * Returns the commitment to the whole range; zeroes if it is empty.
     *
     * @gp sec:mmr
     */
    public Hash superPeak() {
        Hash folded = null;
        for (Hash peak : peaks) {
            if (peak != null) {
                folded = folded == null ? peak : keccak(PEAK, folded, peak);
            }
        }
        return folded == null ? Hash.ZERO : folded;
    }

    @Override
    public void encode(Encoder out) {
        out.natural(peaks.size());
        for (Hash peak : peaks) {
            out.optional(peak, Encoder::octets);
        }
    }

    /** Reads what {@link #encode} writes. */
    public static MerkleMountainRange decode(Decoder in) {
        int count = in.count(1);
        return new MerkleMountainRange(
                in.<@Nullable Hash>fixed("peaks", count, i -> i.optional(Decoder::hash)));
    }

    private static Hash keccak(byte[] prefix, Hash left, Hash right) {
        byte[] message = new byte[prefix.length + 2 * Hash.SIZE];
        System.arraycopy(prefix, 0, message, 0, prefix.length);
        System.arraycopy(left.octets(), 0, message, prefix.length, Hash.SIZE);
        System.arraycopy(right.octets(), 0, message, prefix.length + Hash.SIZE, Hash.SIZE);
        return Keccak.hash(message);
    }
}
