package io.marmalade.merkle;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.crypto.hash.Blake2b;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Merklization function as the paper writes it: slow, and easily seen to be right. */
final class NaiveTrie {
    private NaiveTrie() {}

    static Hash root(SortedMap<StateKey, Bytes> entries) {
        return root(entries, 0);
    }

    private static Hash root(SortedMap<StateKey, Bytes> entries, int bit) {
        if (entries.isEmpty()) {
            return Hash.ZERO;
        }
        if (entries.size() == 1) {
            return Blake2b.hash(leaf(entries.firstKey(), entries.get(entries.firstKey())));
        }
        TreeMap<StateKey, Bytes> left = new TreeMap<>();
        TreeMap<StateKey, Bytes> right = new TreeMap<>();
        for (Map.Entry<StateKey, Bytes> entry : entries.entrySet()) {
            boolean one = (entry.getKey().octets()[bit / 8] >> (7 - bit % 8) & 1) == 1;
            (one ? right : left).put(entry.getKey(), entry.getValue());
        }
        byte[] node = new byte[64];
        System.arraycopy(root(left, bit + 1).octets(), 0, node, 0, 32);
        System.arraycopy(root(right, bit + 1).octets(), 0, node, 32, 32);
        node[0] &= 0x7f;
        return Blake2b.hash(node);
    }

    private static byte[] leaf(StateKey key, Bytes value) {
        byte[] node = new byte[64];
        System.arraycopy(key.octets(), 0, node, 1, 31);
        if (value.size() <= 32) {
            node[0] = (byte) (0x80 + value.size());
            System.arraycopy(value.octets(), 0, node, 32, value.size());
        } else {
            node[0] = (byte) 0xc0;
            System.arraycopy(Blake2b.hash(value.octets()).octets(), 0, node, 32, 32);
        }
        return node;
    }
}
