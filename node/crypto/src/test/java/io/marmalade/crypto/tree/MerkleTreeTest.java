package io.marmalade.crypto.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.crypto.hash.Keccak;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class MerkleTreeTest {
    private static final long SEED = 0x74726565L;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<Bytes> items(int count, int size) {
        Random random = new Random(SEED + count);
        List<Bytes> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] octets = new byte[size];
            random.nextBytes(octets);
            items.add(Bytes.of(octets));
        }
        return items;
    }

    @Test
    void rootsOfNothingAreZero() {
        assertEquals(Hash.ZERO, MerkleTree.BLAKE2B.wellBalancedRoot(List.of()));
        assertEquals(Hash.ZERO, MerkleTree.BLAKE2B.constantDepthRoot(List.of()));
    }

    @Test
    void wellBalancedRootsAreThoseWrittenOut() {
        List<Bytes> v = items(3, 40);
        byte[] a = v.get(0).octets();
        byte[] b = v.get(1).octets();
        byte[] c = v.get(2).octets();
        assertEquals(Blake2b.hash(a), MerkleTree.BLAKE2B.wellBalancedRoot(v.subList(0, 1)));
        assertEquals(
                Blake2b.hash(ascii("node"), a, b),
                MerkleTree.BLAKE2B.wellBalancedRoot(v.subList(0, 2)));
        assertEquals(
                Blake2b.hash(ascii("node"), Blake2b.hash(ascii("node"), a, b).octets(), c),
                MerkleTree.BLAKE2B.wellBalancedRoot(v));
        assertEquals(
                Keccak.hash(ascii("node"), Keccak.hash(ascii("node"), a, b).octets(), c),
                MerkleTree.KECCAK.wellBalancedRoot(v));
    }

    @Test
    void constantDepthRootsAreThoseWrittenOut() {
        List<Bytes> v = items(3, 100);
        Hash[] leaves = new Hash[3];
        for (int i = 0; i < 3; i++) {
            leaves[i] = Blake2b.hash(ascii("leaf"), v.get(i).octets());
        }
        assertEquals(leaves[0], MerkleTree.BLAKE2B.constantDepthRoot(v.subList(0, 1)));
        assertEquals(
                Blake2b.hash(
                        ascii("node"),
                        Blake2b.hash(ascii("node"), leaves[0].octets(), leaves[1].octets())
                                .octets(),
                        Blake2b.hash(ascii("node"), leaves[2].octets(), new byte[32]).octets()),
                MerkleTree.BLAKE2B.constantDepthRoot(v));
    }

    @Test
    void tracesLeadBackToTheRoot() {
        for (int count = 1; count < 40; count++) {
            List<Bytes> items = items(count, 32);
            Hash root = MerkleTree.BLAKE2B.wellBalancedRoot(items);
            for (int index = 0; index < count; index++) {
                List<Bytes> trace = MerkleTree.BLAKE2B.trace(items, index);
                Hash climbed =
                        count == 1
                                ? Blake2b.hash(items.getFirst().octets())
                                : Hash.of(climb(items.get(index).octets(), trace, 0, count, index));
                assertEquals(root, climbed);
            }
        }
    }

    private static byte[] climb(byte[] item, List<Bytes> trace, int at, int size, int index) {
        if (at == trace.size()) {
            return item;
        }
        int half = (size + 1) / 2;
        byte[] opposite = trace.get(at).octets();
        return (index < half
                        ? MerkleTree.BLAKE2B.fork(climb(item, trace, at + 1, half, index), opposite)
                        : MerkleTree.BLAKE2B.fork(
                                opposite, climb(item, trace, at + 1, size - half, index - half)))
                .octets();
    }

    @Test
    void pagesAndPathsLeadBackToTheRoot() {
        for (int count = 1; count < 70; count++) {
            List<Bytes> items = items(count, 12);
            Hash root = MerkleTree.BLAKE2B.constantDepthRoot(items);
            for (int exponent = 0; exponent <= 6; exponent += 3) {
                for (int page = 0; page << exponent < count; page++) {
                    List<Hash> leaves = MerkleTree.BLAKE2B.subtreePage(exponent, items, page);
                    List<Hash> path = MerkleTree.BLAKE2B.subtreePath(exponent, items, page);
                    assertEquals(
                            root,
                            MerkleTree.BLAKE2B.rootFromSubtree(exponent, leaves, page, path),
                            "count " + count + " exponent " + exponent + " page " + page);
                }
            }
        }
    }

    @Test
    void refusesPagesAndItemsThatAreNotThere() {
        List<Bytes> items = items(8, 4);
        assertThrows(
                IndexOutOfBoundsException.class, () -> MerkleTree.BLAKE2B.subtreePath(2, items, 2));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> MerkleTree.BLAKE2B.subtreePage(2, items, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> MerkleTree.BLAKE2B.trace(items, 8));
    }
}
