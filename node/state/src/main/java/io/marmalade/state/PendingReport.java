package io.marmalade.state;

import io.marmalade.block.Guarantee;
import io.marmalade.block.WorkReport;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import org.jspecify.annotations.Nullable;

/**
 * A report that waits to become available (an entry of ρ).
 *
 * @param report the report
 * @param timeslot when it was registered, 0..2³²−1
 * @param guarantee what registered it; since 0.8.0, null before
 * @gp eq:reportingstate
 */
public record PendingReport(WorkReport report, long timeslot, @Nullable Guarantee guarantee)
        implements Encodable {
    @Override
    public void encode(Encoder out) {
        StateFormat.of(out.config()).pendingReport(out, this);
    }

    /** Reads what {@link #encode} writes. */
    public static PendingReport decode(Decoder in) {
        return StateFormat.of(in.config()).pendingReport(in);
    }
}
