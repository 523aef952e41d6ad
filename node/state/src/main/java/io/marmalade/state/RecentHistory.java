package io.marmalade.state;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * The recent history (β).
 *
 * @param blocks β_H: the latest at the end, at most H
 * @param accumulationOutputLog β_B
 * @gp eq:recenthistoryspec
 */
public record RecentHistory(List<RecentBlock> blocks, MerkleMountainRange accumulationOutputLog)
        implements Encodable {
    /** Copies the list. */
    public RecentHistory {
        blocks = List.copyOf(blocks);
    }

    @Override
    public void encode(Encoder out) {
        out.sequence(blocks, Encoder::value).value(accumulationOutputLog);
    }

    /** Reads what {@link #encode} writes. */
    public static RecentHistory decode(Decoder in) {
        return new RecentHistory(
                in.sequence("blocks", RecentBlock.MIN_SIZE, RecentBlock::decode),
                in.field("accumulation-output log", MerkleMountainRange::decode));
    }
}
