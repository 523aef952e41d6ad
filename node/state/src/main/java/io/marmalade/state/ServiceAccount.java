package io.marmalade.state;

import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * A service's account but for its storage, preimages and requests (an entry of δ).
 *
 * @param codeHash hash of the preimage that is its code
 * @param balance unsigned
 * @param minAccumulateGas gas a work item must bring, unsigned
 * @param minMemoGas gas a transfer must bring, unsigned
 * @param octets stored octets as the deposit counts them, unsigned
 * @param gratis deposit that is not asked for, unsigned
 * @param items stored items as the deposit counts them, 0..2³²−1
 * @param created time slot, 0..2³²−1
 * @param lastAccumulation time slot, 0..2³²−1
 * @param parent service index, 0..2³²−1
 * @gp eq:serviceaccount
 */
public record ServiceAccount(
        Hash codeHash,
        long balance,
        long minAccumulateGas,
        long minMemoGas,
        long octets,
        long gratis,
        long items,
        long created,
        long lastAccumulation,
        long parent)
        implements Encodable {
    private static final int FORMAT = 0;

    @Override
    public void encode(Encoder out) {
        out.u8(FORMAT)
                .octets(codeHash)
                .u64(balance)
                .u64(minAccumulateGas)
                .u64(minMemoGas)
                .u64(octets)
                .u64(gratis)
                .u32(items)
                .u32(created)
                .u32(lastAccumulation)
                .u32(parent);
    }

    /** Reads what {@link #encode} writes. */
    public static ServiceAccount decode(Decoder in) {
        int format = in.u8();
        if (format != FORMAT) {
            throw in.fail("account in the unknown format " + format);
        }
        return new ServiceAccount(
                in.hash(), in.u64(), in.u64(), in.u64(), in.u64(), in.u64(), in.u32(), in.u32(),
                in.u32(), in.u32());
    }

    /** Returns this account with another balance, unsigned. */
    public ServiceAccount withBalance(long newBalance) {
        return new ServiceAccount(
                codeHash,
                newBalance,
                minAccumulateGas,
                minMemoGas,
                octets,
                gratis,
                items,
                created,
                lastAccumulation,
                parent);
    }

    /**
     * Returns this account with another storage footprint.
     *
     * @param newItems 0..2³²−1
     * @param newOctets unsigned
     */
    public ServiceAccount withFootprint(long newItems, long newOctets) {
        return new ServiceAccount(
                codeHash,
                balance,
                minAccumulateGas,
                minMemoGas,
                newOctets,
                gratis,
                newItems,
                created,
                lastAccumulation,
                parent);
    }

    /**
     * Returns this account with other code.
     *
     * @param newMinAccumulateGas unsigned
     * @param newMinMemoGas unsigned
     */
    public ServiceAccount withCode(Hash newCodeHash, long newMinAccumulateGas, long newMinMemoGas) {
        return new ServiceAccount(
                newCodeHash,
                balance,
                newMinAccumulateGas,
                newMinMemoGas,
                octets,
                gratis,
                items,
                created,
                lastAccumulation,
                parent);
    }

    /** Returns this account as last accumulated in another time slot, 0..2³²−1. */
    public ServiceAccount withLastAccumulation(long timeslot) {
        return new ServiceAccount(
                codeHash,
                balance,
                minAccumulateGas,
                minMemoGas,
                octets,
                gratis,
                items,
                created,
                timeslot,
                parent);
    }
}
