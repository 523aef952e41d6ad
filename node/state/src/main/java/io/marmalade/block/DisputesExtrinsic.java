package io.marmalade.block;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * The disputes of a block (E_D).
 *
 * @param verdicts judgements on reports
 * @param culprits guarantors of bad reports
 * @param faults validators that judged wrongly
 * @gp eq:disputesspec
 */
public record DisputesExtrinsic(List<Verdict> verdicts, List<Culprit> culprits, List<Fault> faults)
        implements Encodable {
    /** No disputes. */
    public static final DisputesExtrinsic EMPTY =
            new DisputesExtrinsic(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public DisputesExtrinsic {
        verdicts = List.copyOf(verdicts);
        culprits = List.copyOf(culprits);
        faults = List.copyOf(faults);
    }

    @Override
    public void encode(Encoder out) {
        out.sequence(verdicts, Encoder::value)
                .sequence(culprits, Encoder::value)
                .sequence(faults, Encoder::value);
    }

    /** Reads what {@link #encode} writes. */
    public static DisputesExtrinsic decode(Decoder in) {
        return new DisputesExtrinsic(
                in.sequence("verdicts", Verdict.MIN_SIZE, Verdict::decode),
                in.sequence("culprits", Culprit.MIN_SIZE, Culprit::decode),
                in.sequence("faults", Fault.MIN_SIZE, Fault::decode));
    }
}
