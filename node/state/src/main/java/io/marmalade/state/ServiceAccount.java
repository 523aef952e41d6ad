package io.marmalade.state;

import io.marmalade.base.Hash;

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
        long parent) {}
