package io.marmalade.transition.preimages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.block.Preimage;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.accumulate.Provision;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

class PreimagesTest {
    private static final Services NOBODY =
            new Services() {
                @Override
                public @Nullable ServiceAccount account(long service) {
                    return null;
                }

                @Override
                public @Nullable Bytes value(StateKey key) {
                    return null;
                }

                @Override
                public List<StateKey> keysOf(long service) {
                    return List.of();
                }
            };

    private static final Bytes A = Bytes.parse("0102");
    private static final Bytes B = Bytes.parse("010200");
    private static final Bytes HIGH = Bytes.parse("ff");

    private final ServiceChanges services = new ServiceChanges(NOBODY);

    PreimagesTest() {
        for (long service : List.of(1L, 0x80000000L)) {
            services.putAccount(service, new ServiceAccount(Hash.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            for (Bytes data : List.of(A, B, HIGH)) {
                request(service, data);
            }
        }
    }

    @Test
    void takesPreimagesInOrderOfServiceThenUnsignedOctets() {
        assertEquals(null, violation(preimage(1, A), preimage(1, B), preimage(1, HIGH)));
        assertEquals(null, violation(preimage(1, HIGH), preimage(0x80000000L, A)));
    }

    @Test
    void refusesDisorderBeforeItLooksForRequests() {
        Violation disorder = Violation.PREIMAGES_PREIMAGES_NOT_SORTED_UNIQUE;
        assertEquals(disorder, violation(preimage(1, B), preimage(1, A)));
        assertEquals(disorder, violation(preimage(1, A), preimage(1, A)));
        assertEquals(disorder, violation(preimage(0x80000000L, A), preimage(1, A)));
        assertEquals(disorder, violation(preimage(9, B), preimage(9, A)));
    }

    @Test
    void refusesWhatNobodyAskedFor() {
        Violation unneeded = Violation.PREIMAGES_PREIMAGE_UNNEEDED;
        assertEquals(unneeded, violation(preimage(1, Bytes.parse("0103"))));
        assertEquals(unneeded, violation(preimage(2, A)));
        services.putValue(1, key(1, A), PreimageRequest.of(3L).encoded());
        assertEquals(unneeded, violation(preimage(1, A)));
        services.putValue(1, key(1, A), PreimageRequest.of(3L, 4L).encoded());
        assertEquals(unneeded, violation(preimage(1, A)));
    }

    @Test
    void leavesOutWhatAccumulationMadeUseless() {
        List<Provision> provisions =
                List.of(Provision.of(1, A), Provision.of(1, B), Provision.of(0x80000000L, A));
        services.removeValue(1, key(1, A));
        services.removeAccount(0x80000000L);
        Preimages.integrate(services, provisions, 7);
        assertNull(services.value(key(1, A)));
        assertNull(services.value(StateKeys.preimage(1, Blake2b.hash(A.octets()))));
        assertNull(services.value(key(0x80000000L, A)));
        assertEquals(PreimageRequest.of(7L).encoded(), services.value(key(1, B)));
        assertEquals(B, services.value(StateKeys.preimage(1, Blake2b.hash(B.octets()))));
    }

    private @Nullable Violation violation(Preimage... preimages) {
        return switch (Preimages.check(services, List.of(preimages))) {
            case Outcome.Valid<List<Provision>>(var provisions) -> {
                assertEquals(preimages.length, provisions.size());
                yield null;
            }
            case Outcome.Invalid<List<Provision>>(var reason) -> reason.violation();
        };
    }

    private static Preimage preimage(long service, Bytes data) {
        return new Preimage(service, data);
    }

    private void request(long service, Bytes data) {
        services.putValue(service, key(service, data), PreimageRequest.REQUESTED.encoded());
    }

    private static StateKey key(long service, Bytes data) {
        return StateKeys.request(service, Blake2b.hash(data.octets()), data.size());
    }
}
