package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.block.AccumulationInput;

import java.util.List;

/**
 * Accumulates one service (Ψ_A). Thread-safe.
 *
 * @gp eq:accinvocation
 */
@FunctionalInterface
public interface AccumulateInvocation {
    /**
     * Runs a service's code on what it is told. Transfers among the inputs are credited before,
     * even if the service has no code.
     *
     * @param state on top of which it runs; not changed
     * @param timeslot t: of the block, 0..2³²−1
     * @param entropy η′₀
     * @param service s: 0..2³²−1; it need not exist
     * @param gas g: the limit, unsigned
     * @param inputs i: transfers to the service, then its operands
     */
    AccumulateResult accumulate(
            PartialState state,
            long timeslot,
            Hash entropy,
            long service,
            long gas,
            List<AccumulationInput> inputs);
}
