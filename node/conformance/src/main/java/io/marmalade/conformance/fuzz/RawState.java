package io.marmalade.conformance.fuzz;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encoder;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A state as recordings write it down.
 *
 * @param root its Merkle root, as stated
 * @param entries its keys and values
 */
public record RawState(Hash root, SortedMap<StateKey, Bytes> entries) {
    /**
     * Reads a root, then keys and values.
     *
     * @param in where to read
     * @return the state
     * @throws DecodeException if it is malformed
     */
    public static RawState decode(Decoder in) {
        return new RawState(in.hash(), readEntries(in));
    }

    /**
     * Reads keys and values, in any order.
     *
     * @param in where to read
     * @return an unmodifiable map
     * @throws DecodeException if they are malformed or a key comes twice
     */
    public static SortedMap<StateKey, Bytes> readEntries(Decoder in) {
        int count = in.count(StateKey.SIZE + 1);
        TreeMap<StateKey, Bytes> entries = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            StateKey key = StateKey.of(in.raw(StateKey.SIZE));
            if (entries.put(key, in.blob()) != null) {
                throw in.fail("state key " + key + " comes twice");
            }
        }
        return Collections.unmodifiableSortedMap(entries);
    }

    /**
     * Skips keys and values.
     *
     * @param in where to read; it stands behind them afterwards
     * @throws DecodeException if they are malformed
     */
    public static void skipEntries(Decoder in) {
        int count = in.count(StateKey.SIZE + 1);
        for (int i = 0; i < count; i++) {
            in.raw(StateKey.SIZE);
            in.blob();
        }
    }

    /**
     * Writes keys and values.
     *
     * @param out where to write
     * @param entries the keys and values
     */
    public static void writeEntries(Encoder out, SortedMap<StateKey, Bytes> entries) {
        out.dictionary(entries, (to, key) -> to.raw(key.octets()), (to, value) -> to.blob(value));
    }
}
