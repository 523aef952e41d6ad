package io.marmalade.block;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;

import java.util.List;

/** All that the protocol version changes in the encodings of blocks. */
enum BlockFormat {
    /** The number of validators is a constant, so that it is never written. */
    V0_7_2 {
        @Override
        void validators(Encoder out, List<EpochMarkKeys> validators) {
            out.fixed(
                    exactly(out.config().validatorCount(), validators, "validators"),
                    Encoder::value);
        }

        @Override
        List<EpochMarkKeys> validators(Decoder in) {
            return in.fixed("validators", in.config().validatorCount(), EpochMarkKeys::decode);
        }

        @Override
        void judgements(Encoder out, List<Judgement> judgements) {
            out.fixed(
                    exactly(supermajority(out.config()), judgements, "judgements"), Encoder::value);
        }

        @Override
        List<Judgement> judgements(Decoder in) {
            return in.fixed("judgements", supermajority(in.config()), Judgement::decode);
        }

        @Override
        void anchors(Encoder out, RefinementContext context) {
            out.octets(context.anchor())
                    .octets(context.anchorStateRoot())
                    .octets(context.anchorSuperPeak())
                    .octets(context.lookupAnchor())
                    .u32(context.lookupAnchorTimeslot());
        }

        @Override
        RefinementContext context(Decoder in) {
            return new RefinementContext(
                    in.hash(),
                    0,
                    in.hash(),
                    in.hash(),
                    in.hash(),
                    in.u32(),
                    Hash.ZERO,
                    prerequisites(in));
        }

        @Override
        void erasureShards(Encoder out, int shards) {}

        @Override
        int erasureShards(Decoder in) {
            return 0;
        }

        @Override
        void committedPreimages(Encoder out, List<Preimage> preimages) {
            out.sequence(preimages, Encoder::value);
        }

        private static int supermajority(ProtocolConfig config) {
            return config.validatorCount() * 2 / 3 + 1;
        }
    },

    /** Every sequence of validators has a length of its own. */
    V0_8_0 {
        @Override
        void validators(Encoder out, List<EpochMarkKeys> validators) {
            out.sequence(validators, Encoder::value);
        }

        @Override
        List<EpochMarkKeys> validators(Decoder in) {
            return in.sequence("validators", EpochMarkKeys.MIN_SIZE, EpochMarkKeys::decode);
        }

        @Override
        void judgements(Encoder out, List<Judgement> judgements) {
            out.sequence(judgements, Encoder::value);
        }

        @Override
        List<Judgement> judgements(Decoder in) {
            return in.sequence("judgements", Judgement.MIN_SIZE, Judgement::decode);
        }

        @Override
        void anchors(Encoder out, RefinementContext context) {
            out.octets(context.anchor())
                    .u32(context.anchorTimeslot())
                    .octets(context.anchorStateRoot())
                    .octets(context.anchorSuperPeak())
                    .octets(context.lookupAnchor())
                    .u32(context.lookupAnchorTimeslot())
                    .octets(context.lookupAnchorStateRoot());
        }

        @Override
        RefinementContext context(Decoder in) {
            return new RefinementContext(
                    in.hash(),
                    in.u32(),
                    in.hash(),
                    in.hash(),
                    in.hash(),
                    in.u32(),
                    in.hash(),
                    prerequisites(in));
        }

        @Override
        void erasureShards(Encoder out, int shards) {
            out.u16(shards);
        }

        @Override
        int erasureShards(Decoder in) {
            return in.u16();
        }

        @Override
        void committedPreimages(Encoder out, List<Preimage> preimages) {
            out.sequence(
                    preimages,
                    (o, preimage) ->
                            o.u32(preimage.service())
                                    .octets(Blake2b.hash(preimage.data().octets())));
        }
    };

    static BlockFormat of(ProtocolConfig config) {
        return switch (config.version()) {
            case V0_7_2 -> V0_7_2;
            case V0_8_0 -> V0_8_0;
        };
    }

    abstract void validators(Encoder out, List<EpochMarkKeys> validators);

    abstract List<EpochMarkKeys> validators(Decoder in);

    abstract void judgements(Encoder out, List<Judgement> judgements);

    abstract List<Judgement> judgements(Decoder in);

    /** Writes a context but for its prerequisites. */
    abstract void anchors(Encoder out, RefinementContext context);

    abstract RefinementContext context(Decoder in);

    abstract void erasureShards(Encoder out, int shards);

    abstract int erasureShards(Decoder in);

    /** Writes the preimages as the extrinsic hash is over them. */
    abstract void committedPreimages(Encoder out, List<Preimage> preimages);

    private static List<Hash> prerequisites(Decoder in) {
        return in.sequence("prerequisites", Hash.SIZE, Decoder::hash);
    }

    private static <T> List<T> exactly(int count, List<T> items, String what) {
        if (items.size() != count) {
            throw new IllegalArgumentException(
                    items.size() + " " + what + " where there are always " + count);
        }
        return items;
    }
}
