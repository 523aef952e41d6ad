package io.marmalade.invocation.accumulate;

import static io.marmalade.invocation.accumulate.Scene.DATA;
import static io.marmalade.invocation.accumulate.Scene.DATA_SIZE;
import static io.marmalade.invocation.accumulate.Scene.NOW;
import static io.marmalade.invocation.accumulate.Scene.OTHER;
import static io.marmalade.invocation.accumulate.Scene.SELF;
import static io.marmalade.invocation.accumulate.Scene.TOO_LONG;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.Memo;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.codec.Decoder;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.StateKeys;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the host calls do where all is well (sec:accumulatefunctions). */
class HostCallEffectsTest {
    private static final long BALANCE = 1_000_000_000_000L;

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void blessSetsAllPrivileges(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(1, DATA, 2, 3, DATA + 8, 2);
        succeeds(scene, HostCallName.BLESS);
        Decoder data = new Decoder(scene.config, scene.machine.memory().read(DATA, 64));
        List<Long> assigners = List.of(data.u32(), data.u32());
        TreeMap<Long, Long> always = new TreeMap<>();
        for (int i = 0; i < 2; i++) {
            always.put(data.u32(), data.u64());
        }
        assertEquals(new Privileges(1, assigners, 2, 3, always), scene.context().privileges());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void blessIsFreeForAllOnTheirOwnView(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(1, DATA, 2, SELF, DATA + 8, 2);
        Privileges before = scene.privileges;
        scene.privileges =
                new Privileges(OTHER, before.assigners(), OTHER, OTHER, before.alwaysAccumulate());
        succeeds(scene, HostCallName.BLESS);
        assertEquals(1, scene.context().privileges().manager());
        assertEquals(SELF, scene.context().privileges().registrar());
        assertSame(before.alwaysAccumulate(), scene.context().privileges().alwaysAccumulate());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void assignSetsOneCoresQueueAndAssigner(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(1, DATA, OTHER);
        succeeds(scene, HostCallName.ASSIGN);
        AccumulateContext context = scene.context();
        assertEquals(List.of(SELF, OTHER), context.privileges().assigners());
        assertSame(context.initial().authorizerQueues().get(0), context.authorizerQueues().get(0));
        List<Hash> queue = context.authorizerQueues().get(1);
        assertEquals(80, queue.size());
        assertEquals(hash(scene, DATA + 79 * 32), queue.get(79));
    }

    /** What are sizes of sets, and how many cores there are. */
    @ParameterizedTest
    @CsvSource({"full, 6 9 12 105", "tiny, 6"})
    void designateTakesMultiplesOfThreeFromSixToThreeACore(String chain, String sizes) {
        ProtocolConfig config =
                chain.equals("full")
                        ? ProtocolConfig.full(ProtocolVersion.V0_8_0)
                        : ProtocolConfig.tiny(ProtocolVersion.V0_8_0);
        List<String> legal = List.of(sizes.split(" "));
        for (int count : new int[] {0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 104, 105, 106}) {
            Scene scene = new Scene(config).arguments(DATA, count);
            assertNull(scene.call(HostCallName.DESIGNATE));
            boolean taken = legal.contains(Integer.toString(count));
            assertEquals(
                    taken ? ResultCode.OK : ResultCode.HUH,
                    scene.machine.register(7),
                    count + " validators");
            assertEquals(taken ? count : 0, scene.context().stagingSet().size());
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void designateSetsTheStagingSet(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(DATA, 6);
        succeeds(scene, HostCallName.DESIGNATE);
        assertEquals(6, scene.context().stagingSet().size());
        List<Byte> octets = new ArrayList<>();
        for (var keys : scene.context().stagingSet().validators()) {
            for (byte[] part :
                    List.of(
                            keys.bandersnatch().octets(),
                            keys.ed25519().octets(),
                            keys.bls().octets(),
                            keys.metadata().octets())) {
                for (byte octet : part) {
                    octets.add(octet);
                }
            }
        }
        byte[] data = scene.machine.memory().read(DATA, 6 * 336);
        assertEquals(data.length, octets.size());
        for (int i = 0; i < data.length; i++) {
            assertEquals(data[i], octets.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void newCreatesServicesAtTheNextFreeIndices(ProtocolVersion version) {
        Scene scene = new Scene(version);
        long first = scene.context().nextFreeIndex();
        for (int i = 0; i < 3; i++) {
            long expected = 65536 + (first - 65536 + 42L * i) % ((1L << 32) - 65536 - 256);
            scene.arguments(DATA, 77, 1, 2, 0, 65536);
            assertNull(scene.call(HostCallName.NEW));
            assertEquals(expected, scene.machine.register(7));
            ServiceAccount account = scene.context().services().account(expected);
            assertEquals(
                    new ServiceAccount(scene.dataHash(), 278, 1, 2, 158, 0, 2, NOW, 0, SELF),
                    account);
            assertEquals(PreimageRequest.REQUESTED, request(scene, expected, scene.dataHash(), 77));
            assertEquals(BALANCE - 278 * (i + 1), scene.context().self().balance());
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void newPassesOverIndicesThatWereTakenBeforeTheRun(ProtocolVersion version) {
        long first = new Scene(version).context().nextFreeIndex();
        Scene scene = new Scene(version);
        scene.change(first, Scene.account(0));
        scene.change(first + 1, Scene.account(0));
        scene.change(first + 44, Scene.account(0));
        assertEquals(first + 2, scene.context().nextFreeIndex());
        scene.arguments(DATA, 77, 1, 2, 0, 65536);
        assertNull(scene.call(HostCallName.NEW));
        assertEquals(first + 45, scene.context().nextFreeIndex());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void newGivesTheRegistrarTheIndexItWants(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(DATA, 77, 1, 2, 100, 65535);
        long next = scene.context().nextFreeIndex();
        assertNull(scene.call(HostCallName.NEW));
        assertEquals(65535, scene.machine.register(7));
        assertEquals(next, scene.context().nextFreeIndex());
        ServiceAccount account = scene.context().services().account(65535);
        assertEquals(178, account == null ? 0 : account.balance());
        assertEquals(100, account == null ? 0 : account.gratis());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void upgradeChangesCodeAndGas(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(DATA + 5, -1, 7);
        succeeds(scene, HostCallName.UPGRADE);
        assertEquals(
                scene.accountBefore(SELF).withCode(hash(scene, DATA + 5), -1, 7),
                scene.context().self());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void transferTakesBalanceAndGas(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(OTHER, 400, 60, DATA);
        scene.machine.setGas(10_000);
        succeeds(scene, HostCallName.TRANSFER);
        assertEquals(10_000 - (scene.is080() ? 575 : 10) - 60, scene.machine.gas());
        assertEquals(BALANCE - 400, scene.context().self().balance());
        assertEquals(
                List.of(
                        new DeferredTransfer(
                                SELF,
                                OTHER,
                                400,
                                Memo.of(scene.machine.memory().read(DATA, 128)),
                                60)),
                scene.context().regular(0, null).transfers());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void transferThatIsRefusedCostsItsPriceOnly(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(OTHER, -1, 60, DATA);
        scene.machine.setGas(10_000);
        assertNull(scene.call(HostCallName.TRANSFER));
        assertEquals(ResultCode.CASH, scene.machine.register(7));
        assertEquals(10_000 - (scene.is080() ? 575 : 10), scene.machine.gas());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void ejectRemovesTheServiceAndTakesItsBalance(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(OTHER, DATA);
        byte[] index = new byte[32];
        for (int i = 0; i < 4; i++) {
            index[i] = (byte) (SELF >>> (8 * i));
        }
        scene.change(OTHER, scene.accountBefore(OTHER).withCode(Hash.of(index), 0, 0));
        scene.request(OTHER, scene.dataHash(), 0, 1L, NOW - 33);
        scene.before.putValue(OTHER, StateKeys.preimage(OTHER, scene.dataHash()), Bytes.EMPTY);
        succeeds(scene, HostCallName.EJECT);
        assertNull(scene.context().services().account(OTHER));
        assertEquals(List.of(), scene.context().services().keysOf(OTHER));
        assertEquals(BALANCE + 5_000, scene.context().self().balance());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void queryTellsAllTimeslots(ProtocolVersion version) {
        Scene scene = new Scene(version);
        queries(scene, 5, ResultCode.NONE, 0);
        scene.request(SELF, scene.dataHash(), 5);
        queries(scene, 5, 0, 0);
        scene.request(SELF, scene.dataHash(), 5, 0xffffffffL);
        queries(scene, 5, 1 + (0xffffffffL << 32), 0);
        scene.request(SELF, scene.dataHash(), 5, 3L, 4L);
        queries(scene, 5, 2 + (3L << 32), 4);
        scene.request(SELF, scene.dataHash(), 5, 3L, 0x80000000L, 0xfffffffeL);
        queries(scene, 5, 3 + (3L << 32), 0x80000000L + (0xfffffffeL << 32));
        if (!scene.is080()) {
            queries(scene, TOO_LONG + 5, ResultCode.NONE, 0);
        }
    }

    private static void queries(Scene scene, long length, long register7, long register8) {
        scene.arguments(DATA, length);
        assertNull(scene.call(HostCallName.QUERY));
        assertEquals(register7, scene.machine.register(7));
        assertEquals(register8, scene.machine.register(8));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void solicitCountsANewRequest(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(DATA, 700);
        succeeds(scene, HostCallName.SOLICIT);
        assertEquals(PreimageRequest.REQUESTED, request(scene, SELF, scene.dataHash(), 700));
        assertEquals(2, scene.context().self().items());
        assertEquals(781, scene.context().self().octets());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void solicitAsksOnceMoreForWhatWasForgotten(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(DATA, 700);
        scene.request(SELF, scene.dataHash(), 700, 1L, 2L);
        ServiceAccount before = scene.accountBefore(SELF);
        succeeds(scene, HostCallName.SOLICIT);
        assertEquals(PreimageRequest.of(1L, 2L, NOW), request(scene, SELF, scene.dataHash(), 700));
        assertEquals(before, scene.context().self());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void solicitTakesTheLongestPreimageThatIsPaidFor(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(DATA, TOO_LONG - 1);
        scene.change(SELF, scene.accountBefore(SELF).withBalance(TOO_LONG - 1 + 81 + 119));
        assertNull(scene.call(HostCallName.SOLICIT));
        assertEquals(ResultCode.FULL, scene.machine.register(7));
        scene = new Scene(version).arguments(DATA, TOO_LONG - 1);
        scene.change(SELF, scene.accountBefore(SELF).withBalance(TOO_LONG - 1 + 81 + 120));
        succeeds(scene, HostCallName.SOLICIT);
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"V0_7_2"})
    void solicitHasNoPlaceForLongerPreimages(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(DATA, TOO_LONG);
        String before = scene.picture();
        assertNull(scene.call(HostCallName.SOLICIT));
        assertEquals(ResultCode.HUH, scene.machine.register(7));
        scene.arguments(DATA, -1);
        assertNull(scene.call(HostCallName.SOLICIT));
        assertEquals(ResultCode.FULL, scene.machine.register(7));
        assertEquals(before, scene.picture());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void forgetGoesThroughAllStages(ProtocolVersion version) {
        assertEquals(null, forgotten(version));
        assertEquals(PreimageRequest.of(1L, NOW), forgotten(version, 1L));
        assertEquals(null, forgotten(version, 1L, NOW - 33));
        assertEquals(PreimageRequest.of(NOW - 2, NOW), forgotten(version, 1L, NOW - 33, NOW - 2));
    }

    private static PreimageRequest forgotten(ProtocolVersion version, Long... timeslots) {
        Scene scene = new Scene(version).arguments(DATA, 7);
        scene.request(SELF, scene.dataHash(), 7, timeslots);
        scene.before.putValue(SELF, StateKeys.preimage(SELF, scene.dataHash()), Bytes.EMPTY);
        succeeds(scene, HostCallName.FORGET);
        PreimageRequest left = request(scene, SELF, scene.dataHash(), 7);
        Bytes preimage =
                scene.context().services().value(StateKeys.preimage(SELF, scene.dataHash()));
        assertEquals(left == null, preimage == null);
        assertEquals(left == null ? 0 : 2, scene.context().self().items());
        assertEquals(left == null ? 0 : 88, scene.context().self().octets());
        return left;
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void yieldSetsTheOutputAndAReturnedHashReplacesIt(ProtocolVersion version) {
        Scene scene = new Scene(version).arguments(DATA);
        succeeds(scene, HostCallName.YIELD);
        assertEquals(scene.dataHash(), scene.context().regular(0, null).output());
        assertEquals(Scene.ENTROPY, scene.context().regular(0, Scene.ENTROPY).output());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void provideTakesAnyonesPreimage(ProtocolVersion version) {
        Scene scene = new Scene(version);
        Bytes data = Bytes.of(scene.machine.memory().read(DATA, DATA_SIZE));
        Hash hash = Blake2b.hash(data.octets());
        scene.request(OTHER, hash, DATA_SIZE);
        scene.request(SELF, hash, DATA_SIZE);
        scene.arguments(OTHER, DATA, DATA_SIZE);
        succeeds(scene, HostCallName.PROVIDE);
        scene.arguments(-1, DATA, DATA_SIZE);
        succeeds(scene, HostCallName.PROVIDE);
        assertEquals(
                List.of(new Provision(OTHER, hash, data), new Provision(SELF, hash, data)),
                scene.context().regular(0, null).provisions());
    }

    private static void succeeds(Scene scene, HostCallName name) {
        assertNull(scene.call(name));
        assertEquals(ResultCode.OK, scene.machine.register(7));
    }

    private static Hash hash(Scene scene, long address) {
        return Hash.of(scene.machine.memory().read(address, 32));
    }

    private static PreimageRequest request(Scene scene, long service, Hash hash, long length) {
        return PreimageRequest.decode(
                scene.context().services().value(StateKeys.request(service, hash, length)));
    }
}
