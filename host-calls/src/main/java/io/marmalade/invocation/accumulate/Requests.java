package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

/** Finds requests for preimages by what guests give in registers. */
final class Requests {
    private static final long LENGTH_END = 1L << 32;

    private Requests() {}

    /**
     * Returns whether a register holds the length of a possible preimage: whether it is below 2³².
     */
    static boolean isLength(long register) {
        return Long.compareUnsigned(register, LENGTH_END) < 0;
    }

    /** Returns a service's request, or null if there is none. */
    static @Nullable PreimageRequest find(Services services, long service, Hash hash, long length) {
        return isLength(length) ? find(services, StateKeys.request(service, hash, length)) : null;
    }

    /** Returns the request at a key, or null if there is none. */
    static @Nullable PreimageRequest find(Services services, StateKey key) {
        return PreimageRequest.decode(services.value(key));
    }

    /**
     * Returns whether a time lies so far back that what ended then can be given up: {@code time <
     * now − D}.
     */
    static boolean isExpunged(long time, AccumulateContext context) {
        return time < context.timeslot() - context.config().expungePeriod();
    }
}
