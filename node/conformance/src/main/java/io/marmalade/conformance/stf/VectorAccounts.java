package io.marmalade.conformance.stf;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.codec.Decoder;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * Accounts as the vectors write them: storage, preimages and requests with their keys in the clear.
 */
final class VectorAccounts {
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

    private static final int REQUEST_MIN_SIZE = Hash.SIZE + 4 + 1;

    private VectorAccounts() {}

    /** Reads accounts with storage, preimages and requests. */
    static Services decode(Decoder in) {
        ServiceChanges accounts = new ServiceChanges(NOBODY);
        in.sequence(
                5,
                each -> {
                    long service = each.u32();
                    accounts.putAccount(service, ServiceAccount.decode(each));
                    readStorage(each, accounts, service);
                    readPreimages(each, accounts, service);
                    readRequests(each, accounts, service);
                    return service;
                });
        return accounts;
    }

    /** Reads accounts of which only preimages and requests are written. */
    static Services decodePreimages(Decoder in) {
        ServiceChanges accounts = new ServiceChanges(NOBODY);
        in.sequence(
                6,
                each -> {
                    long service = each.u32();
                    accounts.putAccount(
                            service, new ServiceAccount(Hash.ZERO, 0, 0, 0, 0, 0, 0, 0, 0, 0));
                    readPreimages(each, accounts, service);
                    readRequests(each, accounts, service);
                    return service;
                });
        return accounts;
    }

    private static void readStorage(Decoder in, ServiceChanges accounts, long service) {
        in.sequence(
                2,
                each -> {
                    StateKey key = StateKeys.storage(service, each.blob());
                    accounts.putValue(service, key, each.blob());
                    return key;
                });
    }

    private static void readPreimages(Decoder in, ServiceChanges accounts, long service) {
        in.sequence(
                Hash.SIZE + 1,
                each -> {
                    StateKey key = StateKeys.preimage(service, each.hash());
                    accounts.putValue(service, key, each.blob());
                    return key;
                });
    }

    private static void readRequests(Decoder in, ServiceChanges accounts, long service) {
        in.sequence(
                REQUEST_MIN_SIZE,
                each -> {
                    StateKey key = StateKeys.request(service, each.hash(), each.u32());
                    PreimageRequest request = new PreimageRequest(each.sequence(4, Decoder::u32));
                    accounts.putValue(service, key, request.encoded());
                    return key;
                });
    }

    /**
     * Compares accounts and all that belongs to them.
     *
     * @param expected as {@link #decode} gave them
     * @param actual changes on top of what {@link #decode} gave
     */
    static Optional<String> compare(Services expected, ServiceChanges actual) {
        ServiceChanges all = (ServiceChanges) expected;
        ServiceChanges before = (ServiceChanges) actual.base();
        for (ServiceChanges named : List.of(all, before, actual)) {
            for (long service : named.changedAccounts().keySet()) {
                Optional<String> difference =
                        StfVectors.compare(
                                "account " + service,
                                all.account(service),
                                actual.account(service));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            for (StateKey key : named.changedValues().keySet()) {
                Optional<String> difference =
                        StfVectors.compare("value at " + key, all.value(key), actual.value(key));
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        return Optional.empty();
    }
}
