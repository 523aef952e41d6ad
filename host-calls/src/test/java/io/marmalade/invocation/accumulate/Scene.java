package io.marmalade.invocation.accumulate;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.HostCallTable;
import io.marmalade.invocation.HostLog;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;
import io.marmalade.state.ValidatorSet;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * A service in the middle of its accumulation: what a host call finds, to be arranged by a test.
 */
final class Scene {
    static final long SELF = 100_000;
    static final long OTHER = 200_000;
    static final long STRANGER = 300_000;
    static final long NOW = 1_000;
    static final long TOO_LONG = 1L << 32;

    /** Readable and not writable; filled with octets that are not all alike. */
    static final long DATA = 0x20000;

    static final int DATA_SIZE = 16 * 4096;

    /** Nothing is mapped there. */
    static final long NOWHERE = 0x4000_0000L;

    static final Hash ENTROPY = Blake2b.hash(new byte[] {1});

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

    final ProtocolConfig config;
    final FakeMachine machine = new FakeMachine();
    final ServiceChanges before = new ServiceChanges(NOBODY);
    Privileges privileges;
    private final HostCallTable<AccumulateContext> calls;
    private @Nullable AccumulateContext context;

    Scene(ProtocolVersion version) {
        this(ProtocolConfig.tiny(version));
    }

    Scene(ProtocolConfig config) {
        this.config = config;
        calls = AccumulateCalls.table(config.version());
        privileges =
                new Privileges(
                        SELF,
                        Collections.nCopies(config.coreCount(), SELF),
                        SELF,
                        SELF,
                        Collections.unmodifiableSortedMap(new TreeMap<>()));
        before.putAccount(SELF, account(1_000_000_000_000L));
        before.putAccount(OTHER, account(5_000));
        machine.setGas(1L << 60);
        byte[] data = new byte[DATA_SIZE];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 31 + i / 256);
        }
        machine.memory().reset((int) (DATA / 4096), DATA_SIZE / 4096, PageAccess.WRITE);
        machine.memory().write(DATA, data);
        machine.memory().setAccess((int) (DATA / 4096), DATA_SIZE / 4096, PageAccess.READ);
    }

    boolean is080() {
        return config.version() == ProtocolVersion.V0_8_0;
    }

    static ServiceAccount account(long balance) {
        return new ServiceAccount(Hash.ZERO, balance, 10, 50, 0, 0, 0, 0, 0, 0);
    }

    /** Sets φ₇ and those that follow. */
    Scene arguments(long... values) {
        for (int i = 0; i < values.length; i++) {
            machine.setRegister(7 + i, values[i]);
        }
        return this;
    }

    Hash dataHash() {
        return Hash.of(machine.memory().read(DATA, Hash.SIZE));
    }

    void change(long service, ServiceAccount account) {
        before.putAccount(service, account);
    }

    ServiceAccount accountBefore(long service) {
        ServiceAccount account = before.account(service);
        if (account == null) {
            throw new IllegalStateException();
        }
        return account;
    }

    /** Puts a request into the state, and counts it. */
    void request(long service, Hash hash, long length, Long... timeslots) {
        StateKey key = StateKeys.request(service, hash, length);
        if (before.value(key) == null) {
            ServiceAccount account = accountBefore(service);
            change(
                    service,
                    account.withFootprint(account.items() + 2, account.octets() + 81 + length));
        }
        before.putValue(service, key, PreimageRequest.of(timeslots).encoded());
    }

    /** Returns the context; from now on the state before the run stays as it is. */
    AccumulateContext context() {
        if (context == null) {
            context =
                    new AccumulateContext(
                            config,
                            FetchSources.ofAccumulation(config, ENTROPY, List.of()),
                            HostLog.NONE,
                            new PartialState(
                                    before,
                                    new ValidatorSet(List.of()),
                                    Collections.nCopies(
                                            config.coreCount(),
                                            Collections.nCopies(config.authQueueSize(), Hash.ZERO)),
                                    privileges),
                            new ServiceChanges(before),
                            SELF,
                            NOW,
                            ENTROPY);
        }
        return context;
    }

    @Nullable ExitReason call(HostCallName name) {
        return calls.call(name.number(config.version()), machine, context());
    }

    /** Returns all that a call could have changed, to compare. */
    String picture() {
        AccumulateResult all = context().regular(0, null);
        return all.services().changedAccounts()
                + " "
                + all.services().changedValues()
                + " "
                + all.stagingSet()
                + all.authorizerQueues()
                + all.privileges()
                + all.transfers()
                + all.output()
                + all.provisions()
                + context().nextFreeIndex();
    }
}
