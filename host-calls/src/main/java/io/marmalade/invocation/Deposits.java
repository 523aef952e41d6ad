package io.marmalade.invocation;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.state.ServiceAccount;

/**
 * What services keep in state, and the balance that they must hold for it. All numbers are
 * unsigned.
 *
 * @gp eq:deposits
 */
public final class Deposits {
    /** The octets that a stored value counts for besides its key and itself. */
    public static final int STORAGE_OCTETS = 34;

    /** The octets that a request counts for besides the preimage's length. */
    public static final int REQUEST_OCTETS = 81;

    /** The items that a request counts for. */
    public static final int REQUEST_ITEMS = 2;

    private Deposits() {}

    /** Returns the threshold balance of an account (a_t); 2⁶⁴−1 if it is more than that. */
    public static long minBalance(ProtocolConfig config, ServiceAccount account) {
        return minBalance(config, account.items(), account.octets(), account.gratis());
    }

    /** Returns the threshold balance for a footprint; 2⁶⁴−1 if it is more than that. */
    public static long minBalance(ProtocolConfig config, long items, long octets, long gratis) {
        long deposit =
                HostCallPrices.sum(
                        HostCallPrices.sum(
                                config.baseDeposit(),
                                HostCallPrices.times(config.itemDeposit(), items)),
                        HostCallPrices.times(config.byteDeposit(), octets));
        return Long.compareUnsigned(deposit, gratis) <= 0 ? 0 : deposit - gratis;
    }

    /** Returns an account with another footprint. */
    public static ServiceAccount withFootprint(ServiceAccount account, long items, long octets) {
        return account.withFootprint(items, octets);
    }
}
