package io.marmalade.transition.rules;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BlsKey;
import io.marmalade.base.Bytes;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.ValidatorMetadata;
import io.marmalade.block.AvailabilitySpecification;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkReport;
import io.marmalade.block.WorkResult;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.Entropy;
import io.marmalade.state.PendingReport;
import io.marmalade.state.ValidatorKeys;
import io.marmalade.state.ValidatorSet;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Small values that tests make states and blocks of. */
public final class Samples {
    /** The tiny chain of 0.7.2. */
    public static final ProtocolConfig OLD = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);

    /** The tiny chain of 0.8.0. */
    public static final ProtocolConfig NEW = ProtocolConfig.tiny(ProtocolVersion.V0_8_0);

    /** The full chain of 0.8.0, where sets may have many sizes. */
    public static final ProtocolConfig NEW_FULL = ProtocolConfig.full(ProtocolVersion.V0_8_0);

    /** η with four different values. */
    public static final Entropy ENTROPY = new Entropy(hash(101), hash(102), hash(103), hash(104));

    private Samples() {}

    /** Returns a hash; ascending numbers give ascending hashes. */
    public static Hash hash(int number) {
        return Hash.of(octets(Hash.SIZE, number));
    }

    /** Returns the keys of a validator; ascending numbers give ascending Ed25519 keys. */
    public static ValidatorKeys validator(int number) {
        return new ValidatorKeys(
                BandersnatchKey.of(octets(BandersnatchKey.SIZE, number)),
                Ed25519Key.of(octets(Ed25519Key.SIZE, number)),
                BlsKey.ZERO,
                ValidatorMetadata.ZERO);
    }

    /** Returns the validators {@code first}, {@code first + 1}, ... */
    public static ValidatorSet validators(int first, int size) {
        List<ValidatorKeys> keys = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            keys.add(validator(first + i));
        }
        return new ValidatorSet(keys);
    }

    /** Returns a context that is anchored on a block. */
    public static RefinementContext context(Hash anchor, long anchorTimeslot) {
        return new RefinementContext(
                anchor, anchorTimeslot, hash(21), hash(22), hash(23), 5, hash(24), List.of());
    }

    /** Returns a report of one digest of service 42. */
    public static WorkReport report(int number, int core, RefinementContext context, int shards) {
        return new WorkReport(
                new AvailabilitySpecification(
                        hash(1000 + number), 100, hash(31), shards, hash(2000 + number), 64),
                context,
                core,
                hash(41),
                0,
                Bytes.EMPTY,
                new TreeMap<>(),
                List.of(
                        new WorkDigest(
                                42,
                                hash(42),
                                hash(43),
                                1000,
                                new WorkResult.Output(Bytes.EMPTY),
                                7,
                                1,
                                2,
                                3,
                                4)));
    }

    /** Returns a report that waits on a core. */
    public static PendingReport pending(int number, int core, long timeslot) {
        return new PendingReport(report(number, core, context(hash(20), 0), 0), timeslot, null);
    }

    private static byte[] octets(int size, int number) {
        byte[] octets = new byte[size];
        octets[0] = (byte) (number >>> 16);
        octets[1] = (byte) (number >>> 8);
        octets[2] = (byte) number;
        octets[size - 1] = 1;
        return octets;
    }
}
