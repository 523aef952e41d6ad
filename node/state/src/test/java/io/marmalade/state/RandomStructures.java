package io.marmalade.state;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.BlsKey;
import io.marmalade.base.Bytes;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.base.Memo;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.base.StateKey;
import io.marmalade.base.ValidatorMetadata;
import io.marmalade.block.AccumulationInput;
import io.marmalade.block.Assurance;
import io.marmalade.block.AvailabilitySpecification;
import io.marmalade.block.Block;
import io.marmalade.block.Credential;
import io.marmalade.block.Culprit;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.block.DisputesExtrinsic;
import io.marmalade.block.EpochMark;
import io.marmalade.block.EpochMarkKeys;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.ExtrinsicReference;
import io.marmalade.block.Fault;
import io.marmalade.block.Guarantee;
import io.marmalade.block.Header;
import io.marmalade.block.ImportSegment;
import io.marmalade.block.Judgement;
import io.marmalade.block.Operand;
import io.marmalade.block.Preimage;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.Ticket;
import io.marmalade.block.TicketEnvelope;
import io.marmalade.block.Verdict;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkReport;
import io.marmalade.block.WorkResult;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Makes structures of every kind from a seed: legal for the codec, not for the protocol. */
public final class RandomStructures {
    private final ProtocolConfig config;
    private final Random random;

    public RandomStructures(ProtocolConfig config, Random random) {
        this.config = config;
        this.random = random;
    }

    /** Returns a generator whose seed is printed, or was given as {@code -Dmarmalade.seed}. */
    public static Random seeded(Class<?> test) {
        long seed = Long.getLong("marmalade.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + ": -Dmarmalade.seed=" + seed);
        return new Random(seed);
    }

    public Block block() {
        return new Block(header(), extrinsic());
    }

    public Header header() {
        return new Header(
                hash(),
                hash(),
                hash(),
                u32(),
                maybe(() -> new EpochMark(hash(), hash(), perValidator(this::markKeys))),
                maybe(() -> times(config.epochLength(), this::ticket)),
                u16(),
                BandersnatchSignature.of(octets(BandersnatchSignature.SIZE)),
                few(this::ed25519Key),
                BandersnatchSignature.of(octets(BandersnatchSignature.SIZE)));
    }

    public Extrinsic extrinsic() {
        return new Extrinsic(
                few(() -> new TicketEnvelope(u8(), RingSignature.of(octets(RingSignature.SIZE)))),
                few(() -> new Preimage(u32(), blob())),
                few(this::guarantee),
                few(this::assurance),
                new DisputesExtrinsic(
                        few(this::verdict),
                        few(() -> new Culprit(hash(), ed25519Key(), signature())),
                        few(() ->
                                new Fault(
                                        hash(), random.nextBoolean(), ed25519Key(), signature()))));
    }

    public WorkPackage workPackage() {
        return new WorkPackage(u32(), hash(), context(), blob(), blob(), few(this::workItem));
    }

    public WorkItem workItem() {
        return new WorkItem(
                u32(),
                hash(),
                u64(),
                u64(),
                u16(),
                blob(),
                few(() -> new ImportSegment(hash(), random.nextBoolean(), random.nextInt(1 << 15))),
                few(() -> new ExtrinsicReference(hash(), u32())));
    }

    public WorkReport report() {
        return new WorkReport(
                new AvailabilitySpecification(
                        hash(), u32(), hash(), is080() ? u16() : 0, hash(), u16()),
                context(),
                u16(),
                hash(),
                u64(),
                blob(),
                hashes(),
                few(this::digest));
    }

    public WorkDigest digest() {
        return new WorkDigest(
                u32(), hash(), hash(), u64(), result(), u64(), u16(), u16(), u32(), u16());
    }

    public AccumulationInput accumulationInput() {
        return random.nextBoolean()
                ? new Operand(hash(), hash(), hash(), hash(), u64(), result(), blob())
                : new DeferredTransfer(u32(), u32(), u64(), Memo.of(octets(Memo.SIZE)), u64());
    }

    public ServiceAccount account() {
        return new ServiceAccount(
                hash(), u64(), u64(), u64(), u64(), u64(), u32(), u32(), u32(), u32());
    }

    public State state(Services services) {
        return new State(
                times(config.coreCount(), () -> few(this::hash)),
                new RecentHistory(few(this::recentBlock), mountainRange()),
                few(() -> new AccumulationOutput(u32(), hash())),
                safrole(),
                services,
                new Entropy(hash(), hash(), hash(), hash()),
                validators(),
                validators(),
                validators(),
                pendingReports(),
                u32(),
                times(config.coreCount(), () -> times(config.authQueueSize(), this::hash)),
                new Privileges(
                        u32(), times(config.coreCount(), this::u32), u32(), u32(), gasByService()),
                new DisputeRecords(hashSet(), hashSet(), hashSet(), keySet()),
                statistics(),
                times(config.epochLength(), () -> few(() -> new ReadyRecord(report(), hashSet()))),
                times(config.epochLength(), this::hashSet));
    }

    public StateKey valueKey(long service) {
        return StateKeys.storage(service, blob());
    }

    public Hash hash() {
        return Hash.of(octets(Hash.SIZE));
    }

    public Bytes blob() {
        return Bytes.of(octets(random.nextInt(8) == 0 ? random.nextInt(300) : random.nextInt(40)));
    }

    public long u32() {
        return random.nextLong() >>> 32 + random.nextInt(32);
    }

    private MerkleMountainRange mountainRange() {
        List<@Nullable Hash> peaks = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            peaks.add(maybe(this::hash));
        }
        return new MerkleMountainRange(peaks);
    }

    private List<@Nullable PendingReport> pendingReports() {
        List<@Nullable PendingReport> reports = new ArrayList<>();
        for (int i = 0; i < config.coreCount(); i++) {
            reports.add(maybe(this::pendingReport));
        }
        return reports;
    }

    private PendingReport pendingReport() {
        if (!is080()) {
            return new PendingReport(report(), u32(), null);
        }
        Guarantee guarantee = guarantee();
        return new PendingReport(guarantee.report(), u32(), guarantee);
    }

    private SafroleState safrole() {
        SealKeys keys =
                random.nextBoolean()
                        ? new SealKeys.Tickets(times(config.epochLength(), this::ticket))
                        : new SealKeys.Keys(times(config.epochLength(), this::bandersnatchKey));
        return new SafroleState(
                validators(), RingRoot.of(octets(RingRoot.SIZE)), keys, few(this::ticket));
    }

    private Statistics statistics() {
        TreeMap<Long, ServiceRecord> services = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            services.put(
                    u32(),
                    new ServiceRecord(
                            u32(),
                            u32(),
                            u32(),
                            u64(),
                            u32(),
                            u32(),
                            u64(),
                            u32(),
                            u32(),
                            is080() ? u32() : 0,
                            u64()));
        }
        return new Statistics(
                perValidator(this::validatorRecord),
                perValidator(this::validatorRecord),
                times(
                        config.coreCount(),
                        () ->
                                new CoreRecord(
                                        u32(), u16(), u16(), u16(), u32(), u16(), u32(), u64())),
                services);
    }

    private ValidatorRecord validatorRecord() {
        return new ValidatorRecord(u32(), u32(), u32(), u32(), u32(), u32());
    }

    private RecentBlock recentBlock() {
        return new RecentBlock(hash(), hash(), hash(), is080() ? u32() : 0, hashes());
    }

    private ValidatorSet validators() {
        return new ValidatorSet(
                perValidator(() ->
                        new ValidatorKeys(
                                bandersnatchKey(),
                                ed25519Key(),
                                BlsKey.of(octets(BlsKey.SIZE)),
                                ValidatorMetadata.of(octets(ValidatorMetadata.SIZE)))));
    }

    private RefinementContext context() {
        return new RefinementContext(
                hash(),
                is080() ? u32() : 0,
                hash(),
                hash(),
                hash(),
                u32(),
                is080() ? hash() : Hash.ZERO,
                few(this::hash));
    }

    private WorkResult result() {
        WorkResult.Error[] errors = WorkResult.Error.values();
        return random.nextBoolean()
                ? new WorkResult.Output(blob())
                : errors[random.nextInt(errors.length)];
    }

    private Guarantee guarantee() {
        return new Guarantee(report(), u32(), few(() -> new Credential(u16(), signature())));
    }

    private Assurance assurance() {
        BitSet bits = new BitSet();
        for (int i = 0; i < config.coreCount(); i++) {
            bits.set(i, random.nextBoolean());
        }
        return new Assurance(hash(), bits, u16(), signature());
    }

    private Verdict verdict() {
        int count = is080() ? random.nextInt(5) : config.validatorCount() * 2 / 3 + 1;
        return new Verdict(
                hash(),
                u32(),
                times(count, () -> new Judgement(random.nextBoolean(), u16(), signature())));
    }

    private EpochMarkKeys markKeys() {
        return new EpochMarkKeys(bandersnatchKey(), ed25519Key());
    }

    private Ticket ticket() {
        return new Ticket(hash(), u8());
    }

    private BandersnatchKey bandersnatchKey() {
        return BandersnatchKey.of(octets(BandersnatchKey.SIZE));
    }

    private Ed25519Key ed25519Key() {
        return Ed25519Key.of(octets(Ed25519Key.SIZE));
    }

    public Ed25519Signature signature() {
        return Ed25519Signature.of(octets(Ed25519Signature.SIZE));
    }

    private SortedMap<Hash, Hash> hashes() {
        TreeMap<Hash, Hash> map = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            map.put(hash(), hash());
        }
        return map;
    }

    private SortedSet<Hash> hashSet() {
        return new TreeSet<>(few(this::hash));
    }

    private SortedSet<Ed25519Key> keySet() {
        return new TreeSet<>(few(this::ed25519Key));
    }

    private SortedMap<Long, Long> gasByService() {
        TreeMap<Long, Long> map = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            map.put(u32(), u64());
        }
        return map;
    }

    private <T> List<T> perValidator(Supplier<T> supplier) {
        return times(is080() ? 3 * random.nextInt(4) : config.validatorCount(), supplier);
    }

    private <T> List<T> few(Supplier<T> supplier) {
        return times(random.nextInt(4), supplier);
    }

    private <T> List<T> times(int count, Supplier<T> supplier) {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(supplier.get());
        }
        return items;
    }

    private <T> @Nullable T maybe(Supplier<T> supplier) {
        return random.nextBoolean() ? supplier.get() : null;
    }

    private boolean is080() {
        return config.version() == ProtocolVersion.V0_8_0;
    }

    private int u8() {
        return random.nextInt(256);
    }

    private int u16() {
        return random.nextInt(1 << 16) >>> random.nextInt(16);
    }

    private long u64() {
        return random.nextLong() >>> random.nextInt(64);
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
