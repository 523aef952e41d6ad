package io.marmalade.bench.input;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.TreeMap;

/** One service that has its code and nothing else, and work packages for it. */
public final class CodeServices implements Services {
    /** The service's number. */
    public static final long SERVICE = 7;

    private static final int ANCHOR = 100;
    private static final long GAS = 1L << 40;

    private final Hash codeHash;
    private final TreeMap<StateKey, Bytes> values = new TreeMap<>();
    private final ServiceAccount account;

    /**
     * Makes the service.
     *
     * @param code metadata and program
     */
    public CodeServices(byte[] code) {
        codeHash = Blake2b.hash(code);
        account = new ServiceAccount(codeHash, 1L << 40, 10, 20, 0, 0, 0, 30, 40, 50);
        values.put(StateKeys.preimage(SERVICE, codeHash), Bytes.of(code));
        values.put(
                StateKeys.request(SERVICE, codeHash, code.length),
                PreimageRequest.of(1L).encoded());
    }

    /**
     * Returns a package of one item of the service, which is its own authorizer as well.
     *
     * @param payload of the item
     * @return a package whose lookup anchor is a slot at which the code is there
     */
    public WorkPackage workPackage(byte[] payload) {
        WorkItem item =
                new WorkItem(
                        SERVICE, codeHash, GAS, 1000, 0, Bytes.of(payload), List.of(), List.of());
        RefinementContext context =
                new RefinementContext(
                        Hash.ZERO, 0, Hash.ZERO, Hash.ZERO, Hash.ZERO, ANCHOR, Hash.ZERO,
                        List.of());
        return new WorkPackage(SERVICE, codeHash, context, Bytes.EMPTY, Bytes.EMPTY, List.of(item));
    }

    @Override
    public @Nullable ServiceAccount account(long service) {
        return service == SERVICE ? account : null;
    }

    @Override
    public @Nullable Bytes value(StateKey key) {
        return values.get(key);
    }

    @Override
    public List<StateKey> keysOf(long service) {
        return service == SERVICE ? List.copyOf(values.keySet()) : List.of();
    }
}
