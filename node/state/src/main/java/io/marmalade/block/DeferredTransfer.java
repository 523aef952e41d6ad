package io.marmalade.block;

import io.marmalade.base.Memo;

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
public record DeferredTransfer(
        long source,
        long destination,
        long amount,
        Memo memo,
        long gasLimit) implements AccumulationInput {}
