package io.marmalade.block;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;

/**
 * What a service is told when it is accumulated (I): of a work item, or of a transfer.
 *
 * @gp eq:accinput
 */
public sealed interface AccumulationInput extends Encodable permits Operand, DeferredTransfer {
    /** Reads what {@link #encode} writes: a tag, and what it announces. */
    static AccumulationInput decode(Decoder in) {
        int tag = (int) in.natural(DeferredTransfer.TAG, "tag of an accumulation input");
        return tag == Operand.TAG
                ? Operand.decodeAfterTag(in)
                : DeferredTransfer.decodeAfterTag(in);
    }
}
