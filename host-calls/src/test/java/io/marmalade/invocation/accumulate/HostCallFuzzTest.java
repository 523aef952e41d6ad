package io.marmalade.invocation.accumulate;

import static io.marmalade.invocation.accumulate.Scene.DATA;
import static io.marmalade.invocation.accumulate.Scene.NOW;
import static io.marmalade.invocation.accumulate.Scene.OTHER;
import static io.marmalade.invocation.accumulate.Scene.SELF;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.HostCallName;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;
import java.util.TreeSet;

/**
 * Calls with arguments of all kinds: nothing is thrown, balance is neither made nor lost, and
 * counters are right.
 */
class HostCallFuzzTest {
    private static final long OUTPUT = 0x60000;
    private static final long[] CORNERS = {
        0,
        1,
        2,
        7,
        32,
        DATA,
        DATA + 1,
        OUTPUT,
        Scene.NOWHERE,
        SELF,
        OTHER,
        65535,
        65536,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        1L << 32,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -2,
        -336,
        0x1555555555555556L
    };

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void takesAnyRegisters(ProtocolVersion version) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Scene scene = scene(version);
            for (int step = 0; step < 60; step++) {
                HostCallName name = any(version, random);
                for (int register = 7; register < 13; register++) {
                    scene.machine.setRegister(register, wild(random));
                }
                call(scene, name, random);
            }
            assertEquals(total(scene.before), total(scene), "round " + round);
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void keepsCountersAndBalances(ProtocolVersion version) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Scene scene = scene(version);
            for (int step = 0; step < 60; step++) {
                HostCallName name = any(version, random);
                long data = DATA + random.nextInt(3);
                switch (name) {
                    case WRITE -> scene.arguments(data, random.nextInt(3), DATA, random.nextInt(4));
                    case SOLICIT, FORGET -> scene.arguments(data, random.nextInt(4));
                    case NEW -> scene.arguments(data, random.nextInt(4), 0, 0, 0, step % 5);
                    case EJECT -> scene.arguments(OTHER, data);
                    default -> {
                        for (int register = 7; register < 13; register++) {
                            scene.machine.setRegister(register, wild(random));
                        }
                    }
                }
                call(scene, name, random);
            }
            assertEquals(total(scene.before), total(scene), "round " + round);
            checkFootprint(scene);
        }
    }

    private static Scene scene(ProtocolVersion version) {
        Scene scene = new Scene(version);
        scene.machine.memory().reset((int) (OUTPUT / 4096), 4, PageAccess.WRITE);
        byte[] index = new byte[Hash.SIZE];
        for (int i = 0; i < 4; i++) {
            index[i] = (byte) (SELF >>> (8 * i));
        }
        scene.change(OTHER, scene.accountBefore(OTHER).withCode(Hash.of(index), 0, 0));
        scene.request(OTHER, scene.dataHash(), 7, 1L, NOW - 40);
        for (int z = 0; z < 3; z++) {
            Hash hash = Hash.of(scene.machine.memory().read(DATA + z, 32));
            scene.request(SELF, hash, 0);
            scene.request(SELF, hash, 1, 900L);
            scene.request(SELF, hash, 2, 900L, 950L);
            scene.request(SELF, hash, 3, 900L, 950L, 960L);
            scene.request(SELF, Blake2b.hash(scene.machine.memory().read(DATA, z)), z);
        }
        return scene;
    }

    private static void call(Scene scene, HostCallName name, Random random) {
        scene.machine.setGas(random.nextInt(20) == 0 ? random.nextInt(5000) : Long.MAX_VALUE);
        ExitReason exit = scene.call(name);
        assertTrue(
                exit == null || exit == ExitReason.PANIC || exit == ExitReason.OUT_OF_GAS,
                name.toString());
        assertTrue(scene.machine.gas() >= 0, name.toString());
        assertTrue(exit != ExitReason.OUT_OF_GAS || scene.machine.gas() == 0, name.toString());
    }

    private static HostCallName any(ProtocolVersion version, Random random) {
        HostCallName[] names = HostCallName.values();
        while (true) {
            HostCallName name = names[random.nextInt(names.length)];
            if (name.isIn(version)) {
                return name;
            }
        }
    }

    private static long wild(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(200);
            default -> CORNERS[random.nextInt(CORNERS.length)];
        };
    }

    private static long total(Services before) {
        return balance(before, SELF) + balance(before, OTHER);
    }

    private static long total(Scene scene) {
        AccumulateResult result = scene.context().regular(0, null);
        TreeSet<Long> services = new TreeSet<>(result.services().changedAccounts().keySet());
        services.add(SELF);
        services.add(OTHER);
        long total = 0;
        for (long service : services) {
            total += balance(result.services(), service);
        }
        for (DeferredTransfer transfer : result.transfers()) {
            total += transfer.amount();
        }
        return total;
    }

    private static long balance(Services services, long service) {
        ServiceAccount account = services.account(service);
        return account == null ? 0 : account.balance();
    }

    /** Counts again what the running service has, by all keys that it could have used. */
    private static void checkFootprint(Scene scene) {
        GuestMemory memory = scene.machine.memory();
        Services services = scene.context().services();
        long items = 0;
        long octets = 0;
        TreeSet<Hash> hashes = new TreeSet<>();
        TreeSet<Bytes> keys = new TreeSet<>();
        for (int offset = 0; offset < 3; offset++) {
            hashes.add(Hash.of(memory.read(DATA + offset, 32)));
            hashes.add(Blake2b.hash(memory.read(DATA, offset)));
            for (int size = 0; size < 3; size++) {
                keys.add(Bytes.of(memory.read(DATA + offset, size)));
            }
        }
        for (Hash hash : hashes) {
            for (int length = 0; length < 4; length++) {
                if (services.value(StateKeys.request(SELF, hash, length)) != null) {
                    items += 2;
                    octets += 81 + length;
                }
            }
        }
        for (Bytes key : keys) {
            Bytes value = services.value(StateKeys.storage(SELF, key));
            if (value != null) {
                items++;
                octets += 34 + key.size() + value.size();
            }
        }
        assertEquals(items, scene.context().self().items());
        assertEquals(octets, scene.context().self().octets());
    }
}
