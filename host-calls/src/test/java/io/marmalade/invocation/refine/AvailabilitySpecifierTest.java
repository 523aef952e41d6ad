package io.marmalade.invocation.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.AvailabilitySpecification;
import io.marmalade.codec.Decoder;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.crypto.tree.MerkleTree;
import io.marmalade.erasure.ErasureCode;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class AvailabilitySpecifierTest {
    private static final MerkleTree TREE = MerkleTree.BLAKE2B;

    private static List<Bytes> segments(Random random, int count) {
        List<Bytes> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] segment = new byte[ProtocolConfig.SEGMENT_SIZE];
            random.nextBytes(segment);
            segments.add(Bytes.of(segment));
        }
        return segments;
    }

    @Test
    void provesSegmentsAsTheGeneralTreeDoes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int count : new int[] {0, 1, 2, 3, 5, 63, 64, 65, 128, 129, 200}) {
            List<Bytes> segments = segments(random, count);
            SegmentTree tree = new SegmentTree(segments);
            String where = "seed " + seed + ", " + count + " segments";
            assertEquals(TREE.constantDepthRoot(segments), tree.root(), where);
            for (int exponent : new int[] {0, 1, 6}) {
                for (int page = 0; page << exponent < count; page += 1 + random.nextInt(9)) {
                    assertEquals(
                            TREE.subtreePath(exponent, segments, page),
                            tree.path(exponent, page),
                            where);
                    assertEquals(
                            TREE.subtreePage(exponent, segments, page),
                            tree.page(exponent, page),
                            where);
                }
            }
        }
    }

    @Test
    void writesPagesThatProveTheirSegments() {
        ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
        for (int count : new int[] {0, 1, 64, 65, 300}) {
            List<Bytes> segments = segments(new Random(count), count);
            List<Bytes> pages = AvailabilitySpecifier.pagedProofs(config, segments);
            assertEquals((count + 63) / 64, pages.size());
            for (int page = 0; page < pages.size(); page++) {
                byte[] octets = pages.get(page).octets();
                assertEquals(4104, octets.length);
                Decoder in = new Decoder(config, octets);
                List<Hash> path = in.sequence(32, Decoder::hash);
                List<Hash> leaves = in.sequence(32, Decoder::hash);
                assertEquals(
                        TREE.constantDepthRoot(segments),
                        TREE.rootFromSubtree(6, leaves, page, path));
                assertEquals(TREE.leaf(segments.get(64 * page)), leaves.getFirst());
                while (in.remaining() > 0) {
                    assertEquals(0, in.u8());
                }
            }
        }
    }

    /** The definition word by word, shard by shard. */
    private static Hash erasureRoot(
            ProtocolConfig config, int validators, byte[] bundle, List<Bytes> segments) {
        ErasureCode code = ErasureCode.of(config, validators);
        byte[][] ofBundle = code.encode(bundle);
        List<Bytes> all = new ArrayList<>(segments);
        all.addAll(AvailabilitySpecifier.pagedProofs(config, segments));
        List<byte[][]> ofSegments = all.stream().map(s -> code.encode(s.octets())).toList();
        List<Bytes> leaves = new ArrayList<>();
        for (int i = 0; i < validators; i++) {
            int validator = i;
            List<Bytes> shards =
                    ofSegments.stream().map(shard -> Bytes.of(shard[validator])).toList();
            byte[] leaf = new byte[64];
            System.arraycopy(Blake2b.hash(ofBundle[i]).octets(), 0, leaf, 0, 32);
            System.arraycopy(TREE.wellBalancedRoot(shards).octets(), 0, leaf, 32, 32);
            leaves.add(Bytes.of(leaf));
        }
        return TREE.wellBalancedRoot(leaves);
    }

    @ParameterizedTest
    @CsvSource({
        "0.7.2, 6, 1, 0", "0.7.2, 6, 1000, 1", "0.7.2, 6, 4, 65",
        "0.8.0, 6, 999, 3", "0.8.0, 12, 7, 2", "0.8.0, 6, 1, 0"
    })
    void specifiesWhatTheDefinitionSays(String version, int validators, int size, int count) {
        ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.parse(version));
        Random random = new Random(size);
        byte[] bundle = new byte[size];
        random.nextBytes(bundle);
        List<Bytes> segments = segments(random, count);
        assertEquals(
                new AvailabilitySpecification(
                        Hash.ZERO,
                        size,
                        erasureRoot(config, validators, bundle, segments),
                        version.equals("0.8.0") ? validators : 0,
                        TREE.constantDepthRoot(segments),
                        count),
                new AvailabilitySpecifier(config, validators)
                        .specify(Hash.ZERO, Bytes.of(bundle), segments));
    }

    @Test
    void specifiesForTheFullNetwork() {
        ProtocolConfig config = ProtocolConfig.full(ProtocolVersion.V0_7_2);
        List<Bytes> segments = segments(new Random(1), 2);
        byte[] bundle = new byte[5000];
        assertEquals(
                erasureRoot(config, 1023, bundle, segments),
                new AvailabilitySpecifier(config, 1023)
                        .specify(Hash.ZERO, Bytes.of(bundle), segments)
                        .erasureRoot());
    }
}
