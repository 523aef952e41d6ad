package io.marmalade.invocation.accumulate;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;

import java.util.Collection;

/**
 * A preimage provided to a service.
 *
 * @param service whose request it answers, 0..2³²−1
 * @param hash of the data
 * @param data the preimage
 * @gp eq:implications
 */
public record Provision(long service, Hash hash, Bytes data) {

    /** Returns the provision of data to a service. */
    public static Provision of(long service, Bytes data) {
        return new Provision(service, Blake2b.hash(data.octets()), data);
    }

    /**
     * Returns whether the service exists, has requested this preimage, and was never provided with
     * it (Y).
     */
    public boolean isProvidable(Services services) {
        if (services.account(service) == null) {
            return false;
        }
        PreimageRequest request = PreimageRequest.decode(services.value(requestKey()));
        return request != null && request.isRequested();
    }

    /**
     * Integrates provisions into the accounts (I). Those whose service is gone or whose request was
     * dropped are left out, without prejudice.
     *
     * @param services changed
     * @param timeslot τ′: since when the preimages are available
     */
    public static void integrate(
            ServiceChanges services, Collection<Provision> provisions, long timeslot) {
        for (Provision provision : provisions) {
            if (provision.isProvidable(services)) {
                services.putValue(
                        provision.service,
                        provision.requestKey(),
                        PreimageRequest.of(timeslot).encoded());
                services.putValue(
                        provision.service,
                        StateKeys.preimage(provision.service, provision.hash),
                        provision.data);
            }
        }
    }

    private StateKey requestKey() {
        return StateKeys.request(service, hash, data.size());
    }
}
