package io.marmalade.invocation;

import io.marmalade.pvm.Machine;

/**
 * What a host call costs before its arguments are looked at: a fixed amount, or one that the
 * registers set.
 */
public sealed interface Price {
    /**
     * An amount that is always the same.
     *
     * @param gas 0..2⁶³−1
     */
    record Fixed(long gas) implements Price {}

    /** An amount that depends on the machine's registers. */
    non-sealed interface Metered extends Price {
        /**
         * Returns the amount of gas, unsigned; what does not fit 64 bits is 2⁶⁴−1, which no machine
         * can pay.
         */
        long of(Machine machine);
    }
}
