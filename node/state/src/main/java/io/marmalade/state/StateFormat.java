package io.marmalade.state;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Guarantee;
import io.marmalade.block.WorkReport;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encoder;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** All that the protocol version changes in the encodings of the state. */
enum StateFormat {
    /** The number of validators is a constant, so that it is never written. */
    V0_7_2 {
        @Override
        <T> void perValidator(Encoder out, List<T> items, BiConsumer<Encoder, T> writer) {
            int count = out.config().validatorCount();
            if (items.size() != count) {
                throw new IllegalArgumentException(
                        items.size() + " items for " + count + " validators");
            }
            out.fixed(items, writer);
        }

        @Override
        <T> List<T> perValidator(
                Decoder in, String name, int minSize, Function<Decoder, T> reader) {
            return in.fixed(name, in.config().validatorCount(), reader);
        }

        @Override
        void recentTimeslot(Encoder out, long timeslot) {}

        @Override
        long recentTimeslot(Decoder in) {
            return 0;
        }

        @Override
        void pendingReport(Encoder out, PendingReport pending) {
            out.value(pending.report()).u32(pending.timeslot());
        }

        @Override
        PendingReport pendingReport(Decoder in) {
            return new PendingReport(in.field("report", WorkReport::decode), in.u32(), null);
        }

        @Override
        void accumulatedTransfers(Encoder out, long count) {}

        @Override
        long accumulatedTransfers(Decoder in) {
            return 0;
        }
    },

    /** Every sequence of validators has a length of its own. */
    V0_8_0 {
        @Override
        <T> void perValidator(Encoder out, List<T> items, BiConsumer<Encoder, T> writer) {
            out.sequence(items, writer);
        }

        @Override
        <T> List<T> perValidator(
                Decoder in, String name, int minSize, Function<Decoder, T> reader) {
            return in.sequence(name, minSize, reader);
        }

        @Override
        void recentTimeslot(Encoder out, long timeslot) {
            out.u32(timeslot);
        }

        @Override
        long recentTimeslot(Decoder in) {
            return in.u32();
        }

        @Override
        void pendingReport(Encoder out, PendingReport pending) {
            Guarantee guarantee =
                    Objects.requireNonNull(
                            pending.guarantee(), "a pending report without its guarantee");
            out.value(guarantee).u32(pending.timeslot());
        }

        @Override
        PendingReport pendingReport(Decoder in) {
            Guarantee guarantee = in.field("guarantee", Guarantee::decode);
            return new PendingReport(guarantee.report(), in.u32(), guarantee);
        }

        @Override
        void accumulatedTransfers(Encoder out, long count) {
            out.natural(count);
        }

        @Override
        long accumulatedTransfers(Decoder in) {
            return in.natural();
        }
    };

    static StateFormat of(ProtocolConfig config) {
        return switch (config.version()) {
            case V0_7_2 -> V0_7_2;
            case V0_8_0 -> V0_8_0;
        };
    }

    abstract <T> void perValidator(Encoder out, List<T> items, BiConsumer<Encoder, T> writer);

    abstract <T> List<T> perValidator(
            Decoder in, String name, int minSize, Function<Decoder, T> reader);

    abstract void recentTimeslot(Encoder out, long timeslot);

    abstract long recentTimeslot(Decoder in);

    abstract void pendingReport(Encoder out, PendingReport pending);

    abstract PendingReport pendingReport(Decoder in);

    abstract void accumulatedTransfers(Encoder out, long count);

    abstract long accumulatedTransfers(Decoder in);
}
