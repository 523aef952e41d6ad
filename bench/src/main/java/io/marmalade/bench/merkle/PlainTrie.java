package io.marmalade.bench.merkle;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;

import org.bouncycastle.crypto.digests.Blake2bDigest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The root of a state as the paper defines it, transcribed: no node is kept, and a library hashes.
 *
 * @gp sec:statemerklization
 */
final class PlainTrie {
    private PlainTrie() {}

    static Hash root(SortedMap<StateKey, Bytes> entries) {
        return Hash.of(merklize(new ArrayList<>(entries.entrySet()), 0));
    }

    private static byte[] merklize(List<Map.Entry<StateKey, Bytes>> entries, int bit) {
        if (entries.isEmpty()) {
            return new byte[Hash.SIZE];
        }
        if (entries.size() == 1) {
            return hash(leaf(entries.getFirst().getKey(), entries.getFirst().getValue()));
        }
        int cut = 0;
        while (cut < entries.size() && !isSet(entries.get(cut).getKey(), bit)) {
            cut++;
        }
        byte[] left = merklize(entries.subList(0, cut), bit + 1);
        byte[] right = merklize(entries.subList(cut, entries.size()), bit + 1);
        byte[] node = new byte[64];
        System.arraycopy(left, 0, node, 0, 32);
        node[0] &= 0x7f;
        System.arraycopy(right, 0, node, 32, 32);
        return hash(node);
    }

    private static byte[] leaf(StateKey key, Bytes value) {
        byte[] node = new byte[64];
        System.arraycopy(key.octets(), 0, node, 1, StateKey.SIZE);
        if (value.size() <= 32) {
            node[0] = (byte) (0x80 | value.size());
            System.arraycopy(value.octets(), 0, node, 32, value.size());
        } else {
            node[0] = (byte) 0xc0;
            System.arraycopy(hash(value.octets()), 0, node, 32, 32);
        }
        return node;
    }

    private static boolean isSet(StateKey key, int bit) {
        return (key.octets()[bit >> 3] & 0x80 >> (bit & 7)) != 0;
    }

    private static byte[] hash(byte[] octets) {
        Blake2bDigest digest = new Blake2bDigest(256);
        digest.update(octets, 0, octets.length);
        byte[] out = new byte[Hash.SIZE];
        digest.doFinal(out, 0);
        return out;
    }
}
