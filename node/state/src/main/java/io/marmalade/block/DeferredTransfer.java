package io.marmalade.block;

import io.marmalade.base.Memo;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encoder;

/**
 * A transfer between services (X).
 *
 * @param source service, 0..2³²−1
 * @param destination service, 0..2³²−1
 * @param amount balance, unsigned
 * @param memo for the receiver
 * @param gasLimit gas, unsigned
 * @gp eq:defxfer
 */
public record DeferredTransfer(long source, long destination, long amount, Memo memo, long gasLimit)
        implements AccumulationInput {
    static final int TAG = 1;

    /** Writes the tag 1 and the fields. */
    @Override
    public void encode(Encoder out) {
        out.u8(TAG).u32(source).u32(destination).u64(amount).octets(memo).u64(gasLimit);
    }

    static DeferredTransfer decodeAfterTag(Decoder in) {
        return new DeferredTransfer(in.u32(), in.u32(), in.u64(), in.memo(), in.u64());
    }
}
