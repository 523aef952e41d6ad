package io.marmalade.block;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * A work report with the signatures of those who guarantee it.
 *
 * @param report what is guaranteed
 * @param timeslot when, 0..2³²−1
 * @param credentials two or three signatures
 * @gp eq:guaranteesextrinsic
 */
public record Guarantee(WorkReport report, long timeslot, List<Credential> credentials)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = WorkReport.MIN_SIZE + 4 + 1;

    /** Copies the list. */
    public Guarantee {
        credentials = List.copyOf(credentials);
    }

    @Override
    public void encode(Encoder out) {
        out.value(report).u32(timeslot).sequence(credentials, Encoder::value);
    }

    /** Reads what {@link #encode} writes. */
    public static Guarantee decode(Decoder in) {
        return new Guarantee(
                in.field("report", WorkReport::decode),
                in.u32(),
                in.sequence("credentials", Credential.MIN_SIZE, Credential::decode));
    }
}
