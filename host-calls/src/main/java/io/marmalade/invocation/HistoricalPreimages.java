package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

/**
 * Preimages as they could be looked up at an earlier time (Λ).
 *
 * @gp eq:historicallookup
 */
public final class HistoricalPreimages {
    private HistoricalPreimages() {}

    /**
     * Returns a preimage that a service had at a time.
     *
     * @param accounts as of that time or somewhat later
     * @param service 0..2³²−1; need not exist
     * @param timeslot 0..2³²−1
     * @return null if it was not available then
     */
    public static @Nullable Bytes lookUp(
            Services accounts, long service, long timeslot, Hash hash) {
        if (accounts.account(service) == null) {
            return null;
        }
        Bytes preimage = accounts.value(StateKeys.preimage(service, hash));
        if (preimage == null) {
            return null;
        }
        PreimageRequest request =
                PreimageRequest.decode(
                        accounts.value(StateKeys.request(service, hash, preimage.size())));
        return request != null && request.isAvailableAt(timeslot) ? preimage : null;
    }
}
