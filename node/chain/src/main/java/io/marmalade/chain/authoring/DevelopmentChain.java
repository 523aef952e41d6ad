package io.marmalade.chain.authoring;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.EpochMark;
import io.marmalade.block.EpochMarkKeys;
import io.marmalade.block.Header;
import io.marmalade.state.CoreRecord;
import io.marmalade.state.DisputeRecords;
import io.marmalade.state.Entropy;
import io.marmalade.state.MerkleMountainRange;
import io.marmalade.state.PendingReport;
import io.marmalade.state.Privileges;
import io.marmalade.state.RecentHistory;
import io.marmalade.state.SafroleState;
import io.marmalade.state.SealKeys;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.Services;
import io.marmalade.state.State;
import io.marmalade.state.StateCodec;
import io.marmalade.state.Statistics;
import io.marmalade.state.ValidatorRecord;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.safrole.Safrole;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a chain of development validators begins: their keys come from trivial seeds, there are no
 * services, and nothing has happened.
 *
 * @param validators the validators' secrets, owned by whoever made the chain
 * @param header the first header
 * @param state the keys and values of its posterior state
 */
public record DevelopmentChain(
        List<ValidatorSecrets> validators, Header header, SortedMap<StateKey, Bytes> state) {
    /** The author of no block: the first header has none. */
    private static final int NOBODY = 0xffff;

    /** No services at all. */
    private enum NoServices implements Services {
        NONE;

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
    }

    /**
     * Makes the beginning of a chain.
     *
     * @param config the chain's parameters; they say how many validators there are
     * @param cryptography commits to the validators' keys
     * @return the beginning
     */
    public static DevelopmentChain of(ProtocolConfig config, Cryptography cryptography) {
        List<ValidatorSecrets> secrets = new ArrayList<>();
        for (int i = 0; i < config.validatorCount(); i++) {
            secrets.add(ValidatorSecrets.ofSeed(ValidatorSecrets.trivialSeed(i)));
        }
        ValidatorSet set = new ValidatorSet(secrets.stream().map(ValidatorSecrets::keys).toList());
        TreeMap<StateKey, Bytes> entries = new TreeMap<>();
        StateCodec.encodeChanged(config, null, state(config, cryptography, set), entries);
        return new DevelopmentChain(
                List.copyOf(secrets), header(set), Collections.unmodifiableSortedMap(entries));
    }

    private static Header header(ValidatorSet set) {
        List<EpochMarkKeys> keys =
                set.validators().stream()
                        .map(each -> new EpochMarkKeys(each.bandersnatch(), each.ed25519()))
                        .toList();
        return new Header(
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                0,
                new EpochMark(Hash.ZERO, Hash.ZERO, keys),
                null,
                NOBODY,
                BandersnatchSignature.ZERO,
                List.of(),
                BandersnatchSignature.ZERO);
    }

    // Class files do not tell that elements of a record constructor's list may be null.
    @SuppressWarnings("NullAway")
    private static State state(ProtocolConfig config, Cryptography cryptography, ValidatorSet set) {
        List<BandersnatchKey> ring =
                set.validators().stream().map(keys -> keys.bandersnatch()).toList();
        List<BandersnatchKey> sealKeys =
                new Safrole(config, cryptography).fallbackKeys(Hash.ZERO, set);
        List<Hash> queue = Collections.nCopies(config.authQueueSize(), Hash.ZERO);
        List<@Nullable PendingReport> noReports = new ArrayList<>();
        for (int core = 0; core < config.coreCount(); core++) {
            noReports.add(null);
        }
        List<ValidatorRecord> noActivity = Collections.nCopies(set.size(), ValidatorRecord.ZERO);
        return new State(
                Collections.nCopies(config.coreCount(), List.of()),
                new RecentHistory(List.of(), MerkleMountainRange.EMPTY),
                List.of(),
                new SafroleState(
                        set, cryptography.ringRoot(ring), new SealKeys.Keys(sealKeys), List.of()),
                NoServices.NONE,
                new Entropy(Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO),
                set,
                set,
                set,
                noReports,
                0,
                Collections.nCopies(config.coreCount(), queue),
                new Privileges(
                        0, Collections.nCopies(config.coreCount(), 0L), 0, 0, new TreeMap<>()),
                new DisputeRecords(
                        new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>()),
                new Statistics(
                        noActivity,
                        noActivity,
                        Collections.nCopies(config.coreCount(), CoreRecord.ZERO),
                        new TreeMap<>()),
                Collections.nCopies(config.epochLength(), List.of()),
                Collections.nCopies(config.epochLength(), new TreeSet<>()));
    }
}
