package io.marmalade.invocation.refine;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.AvailabilitySpecification;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.crypto.tree.MerkleTree;
import io.marmalade.erasure.ErasureCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says what is to be available of a package (A): how its bundle and its exports are cut into
 * shards, and their roots.
 *
 * @gp sec:availabiltyspecifier
 */
public final class AvailabilitySpecifier {
    private static final int PAGE_EXPONENT = 6;
    private static final int PAGE_SIZE = 1 << PAGE_EXPONENT;

    private final ProtocolConfig config;
    private final int validators;
    private final ErasureCode code;

    /**
     * @param validators that shards are made for
     */
    public AvailabilitySpecifier(ProtocolConfig config, int validators) {
        this.config = config;
        this.validators = validators;
        this.code = ErasureCode.of(config, validators);
    }

    /**
     * Returns the pages that prove segments (P): for each 64 of them their hashes and the path to
     * those, in a segment.
     *
     * @gp eq:pagedproofs
     */
    public static List<Bytes> pagedProofs(ProtocolConfig config, List<Bytes> segments) {
        return pagedProofs(config, new SegmentTree(segments), segments.size());
    }

    private static List<Bytes> pagedProofs(ProtocolConfig config, SegmentTree tree, int size) {
        List<Bytes> proofs = new ArrayList<>();
        for (int page = 0; page * PAGE_SIZE < size; page++) {
            byte[] proof =
                    new Encoder(config)
                            .sequence(tree.path(PAGE_EXPONENT, page), Encoder::octets)
                            .sequence(tree.page(PAGE_EXPONENT, page), Encoder::octets)
                            .toArray();
            proofs.add(Bytes.of(Arrays.copyOf(proof, ProtocolConfig.SEGMENT_SIZE)));
        }
        return proofs;
    }

    /**
     * Returns the specification of a package.
     *
     * @param bundle the package with all that auditors need
     * @param segments exported by all items, each 4104 octets
     */
    public AvailabilitySpecification specify(Hash packageHash, Bytes bundle, List<Bytes> segments) {
        SegmentTree tree = new SegmentTree(segments);
        List<Bytes> stored = new ArrayList<>(segments);
        stored.addAll(pagedProofs(config, tree, segments.size()));
        int erasureShards =
                switch (config.version()) {
                    case V0_7_2 -> 0;
                    case V0_8_0 -> validators;
                };
        return new AvailabilitySpecification(
                packageHash,
                bundle.size(),
                erasureRoot(bundle, stored),
                erasureShards,
                tree.root(),
                segments.size());
    }

    private Hash erasureRoot(Bytes bundle, List<Bytes> stored) {
        byte[][] bundleShards = code.encode(bundle.octets());
        List<List<Bytes>> segmentShards = segmentShards(stored);
        List<Bytes> leaves = new ArrayList<>(validators);
        for (int i = 0; i < validators; i++) {
            byte[] leaf = new byte[2 * Hash.SIZE];
            Hash ofBundle = Blake2b.hash(bundleShards[i]);
            Hash ofSegments = MerkleTree.BLAKE2B.wellBalancedRoot(segmentShards.get(i));
            System.arraycopy(ofBundle.octets(), 0, leaf, 0, Hash.SIZE);
            System.arraycopy(ofSegments.octets(), 0, leaf, Hash.SIZE, Hash.SIZE);
            leaves.add(Bytes.of(leaf));
        }
        return MerkleTree.BLAKE2B.wellBalancedRoot(leaves);
    }

    /** Returns, for each validator, its shard of each segment. */
    private List<List<Bytes>> segmentShards(List<Bytes> segments) {
        int shardSize = code.shardSize(ProtocolConfig.SEGMENT_SIZE);
        int count = segments.size();
        byte[] data = new byte[count * ProtocolConfig.SEGMENT_SIZE];
        for (int i = 0; i < count; i++) {
            System.arraycopy(
                    segments.get(i).octets(),
                    0,
                    data,
                    i * ProtocolConfig.SEGMENT_SIZE,
                    ProtocolConfig.SEGMENT_SIZE);
        }
        byte[] shards = new byte[validators * count * shardSize];
        if (count > 0) {
            code.encodeBatch(data, count, shards);
        }
        List<List<Bytes>> byValidator = new ArrayList<>(validators);
        for (int validator = 0, at = 0; validator < validators; validator++) {
            List<Bytes> ofValidator = new ArrayList<>(count);
            for (int segment = 0; segment < count; segment++, at += shardSize) {
                ofValidator.add(Bytes.of(Arrays.copyOfRange(shards, at, at + shardSize)));
            }
            byValidator.add(ofValidator);
        }
        return byValidator;
    }
}
