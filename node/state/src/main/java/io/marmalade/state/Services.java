package io.marmalade.state;

import io.marmalade.base.Bytes;
import io.marmalade.base.StateKey;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The service accounts (δ) as of some moment. Storage, preimages and requests are found by their
 * state keys, for storage keys themselves are not known to the state.
 *
 * @gp sec:accounts
 */
public interface Services {
    /**
     * Returns a service's account, or null if there is no such service.
     *
     * @param service 0..2³²−1
     */
    @Nullable ServiceAccount account(long service);

    /**
     * Returns what stands at a state key of a service: a stored value, a preimage, or an encoded
     * request; null if nothing does.
     */
    @Nullable Bytes value(StateKey key);

    /** Returns the keys of all values, preimages and requests of a service, in ascending order. */
    List<StateKey> keysOf(long service);
}
