package io.marmalade.invocation.general;

import static io.marmalade.invocation.ResultCode.FULL;
import static io.marmalade.invocation.ResultCode.NONE;
import static io.marmalade.invocation.TestMachines.BEYOND;
import static io.marmalade.invocation.TestMachines.NOWHERE;
import static io.marmalade.invocation.TestMachines.READABLE;
import static io.marmalade.invocation.TestMachines.WRITABLE;
import static io.marmalade.invocation.TestMachines.WRITABLE_SIZE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Encoder;
import io.marmalade.invocation.AccountsContext;
import io.marmalade.invocation.CallCase;
import io.marmalade.invocation.Deposits;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.TestMachines;
import io.marmalade.invocation.TestServices;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.StateKeys;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.stream.Stream;

/** Ω_L, Ω_R, Ω_W and Ω_I, case by case. Service 7 runs, 8 is another, 9 does not exist. */
class AccountCallsTest {
    private static final ProtocolConfig CONFIG = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private static final long SELF = -1;
    private static final Bytes VALUE = Bytes.of(new byte[] {1, 2, 3, 4, 5});
    private static final Bytes OTHER = Bytes.of(new byte[] {6, 7, 8, 9});
    private static final Bytes PREIMAGE = Bytes.of(new byte[] {10, 11, 12, 13, 14, 15});

    /** Where the guest has put the key "key", and behind it "none". */
    private static final long KEY = WRITABLE + WRITABLE_SIZE - 100;

    private static final long HASH = WRITABLE + WRITABLE_SIZE - 64;

    private record Context(ServiceChanges services, long service) implements AccountsContext {
        @Override
        public ProtocolConfig config() {
            return CONFIG;
        }
    }

    private final TestServices base = new TestServices();
    private final Hash own;
    private final Hash others;
    private final Context context;

    AccountCallsTest() {
        // 100 + 10·1 + (34 + 3 + 5) = 152 are needed for what is there.
        base.account(7, 200, 1, 42).account(8, 100, 1, 41).account(0, 50, 0, 0);
        base.stored(7, "key", VALUE).stored(8, "key", OTHER);
        own = base.preimage(7, PREIMAGE, 1L);
        others = base.preimage(8, OTHER);
        context = new Context(new ServiceChanges(base), 7);
    }

    private Machine machine() {
        Machine machine = TestMachines.machine(ProtocolVersion.V0_7_2);
        return machine;
    }

    /** Runs a case on a machine that has the keys and a hash in its highest writable octets. */
    private void run(CallCase test, HostCall<AccountsContext> call, Hash hash) {
        try (Machine machine = machine()) {
            machine.memory().write(KEY, TestServices.text("keynone").octets());
            machine.memory().write(HASH, hash.octets());
            byte[] expected = new byte[WRITABLE_SIZE];
            Arrays.fill(expected, (byte) 0xee);
            System.arraycopy(test.written(), 0, expected, 0, test.written().length);
            System.arraycopy(TestServices.text("keynone").octets(), 0, expected, at(KEY), 7);
            System.arraycopy(hash.octets(), 0, expected, at(HASH), 32);
            test.writing(expected).check(call, machine, context);
        }
    }

    private static int at(long address) {
        return (int) (address - WRITABLE);
    }

    private Stream<DynamicTest> run(HostCall<AccountsContext> call, CallCase... cases) {
        return Stream.of(cases)
                .map(test -> DynamicTest.dynamicTest(test.line(), () -> run(test, call, own)));
    }

    @TestFactory
    Stream<DynamicTest> looksPreimagesUp() {
        byte[] preimage = PREIMAGE.octets();
        return run(
                new Lookup(),
                CallCase.answers("a = s for 2⁶⁴−1", 6, SELF, HASH, WRITABLE, 0, 6)
                        .writing(preimage),
                CallCase.answers("a = s for s", 6, 7, HASH, WRITABLE, 0, 6).writing(preimage),
                CallCase.answers("a = d[φ₇], hash not there", NONE, 8, HASH, WRITABLE, 0, 6),
                CallCase.answers("a = ∅", NONE, 9, HASH, WRITABLE, 0, 6),
                CallCase.answers("φ₇ ≥ 2³² is nobody", NONE, BEYOND + 7, HASH, WRITABLE, 0, 6),
                CallCase.answers("h unknown", NONE, SELF, HASH - 1, WRITABLE, 0, 6),
                CallCase.answers("f and l", 6, 7, HASH, WRITABLE, 2, 3)
                        .writing(Arrays.copyOfRange(preimage, 2, 5)),
                CallCase.answers("f ≥ |v|", 6, 7, HASH, NOWHERE, 6, 3),
                CallCase.answers("l = 0", 6, 7, HASH, NOWHERE, 0, 0),
                CallCase.panics("h not readable", 7, NOWHERE, WRITABLE, 0, 6),
                CallCase.panics("h not readable before a = ∅", 9, NOWHERE, WRITABLE, 0, 6),
                CallCase.panics("h partly readable", 7, READABLE + 8192 - 31, WRITABLE, 0, 6),
                CallCase.panics("h beyond memory", 7, BEYOND, WRITABLE, 0, 6),
                CallCase.panics("o not writable", 7, HASH, READABLE, 0, 6),
                CallCase.answers("∅ before o", NONE, 9, HASH, READABLE, 0, 6));
    }

    @Test
    void looksAnothersPreimageUp() {
        run(
                CallCase.answers("a = d[φ₇]", 4, 8, HASH, WRITABLE, 0, 6).writing(OTHER.octets()),
                new Lookup(),
                others);
    }

    @TestFactory
    Stream<DynamicTest> reads() {
        byte[] value = VALUE.octets();
        return run(
                new Read(),
                CallCase.answers("s* = s for 2⁶⁴−1", 5, SELF, KEY, 3, WRITABLE, 0, 9)
                        .writing(value),
                CallCase.answers("s* = s", 5, 7, KEY, 3, WRITABLE, 0, 9).writing(value),
                CallCase.answers("a = d[s*]", 4, 8, KEY, 3, WRITABLE, 0, 9).writing(OTHER.octets()),
                CallCase.answers("a = ∅", NONE, 9, KEY, 3, WRITABLE, 0, 9),
                CallCase.answers("φ₇ ≥ 2³² is nobody", NONE, BEYOND + 7, KEY, 3, WRITABLE, 0, 9),
                CallCase.answers("k unknown", NONE, 7, KEY + 3, 4, WRITABLE, 0, 9),
                CallCase.answers("k empty", NONE, 7, NOWHERE, 0, WRITABLE, 0, 9),
                CallCase.answers("f and l", 5, 7, KEY, 3, WRITABLE, 1, 2)
                        .writing(Arrays.copyOfRange(value, 1, 3)),
                CallCase.answers("f = 2⁶⁴−1", 5, 7, KEY, 3, NOWHERE, -1, -1),
                CallCase.panics("k not readable", 7, NOWHERE, 3, WRITABLE, 0, 9),
                CallCase.panics("k not readable before a = ∅", 9, NOWHERE, 3, WRITABLE, 0, 9),
                CallCase.panics("k longer than memory", 7, KEY, -1, WRITABLE, 0, 9),
                CallCase.panics("k of 2³²", 7, 0, BEYOND, WRITABLE, 0, 9),
                CallCase.panics("o not writable", 7, KEY, 3, READABLE, 0, 9),
                CallCase.answers("∅ before o", NONE, 9, KEY, 3, READABLE, 0, 9));
    }

    @TestFactory
    Stream<DynamicTest> writes() {
        return run(
                new Write(),
                CallCase.panics("k not readable", NOWHERE, 3, KEY, 3),
                CallCase.panics("k too long", KEY, -1, KEY, 3),
                CallCase.panics("v not readable", KEY, 3, NOWHERE, 1),
                CallCase.panics("v too long", KEY, 3, KEY, -1),
                CallCase.panics("v of 2³²", KEY, 3, 0, BEYOND),
                CallCase.panics("k not readable, v removed", NOWHERE, 3, NOWHERE, 0),
                CallCase.panics("v not readable before FULL", KEY + 3, 4, NOWHERE, 4096),
                CallCase.answers("FULL", FULL, KEY + 3, 4, READABLE, 100),
                CallCase.answers("FULL where it replaces", FULL, KEY, 3, READABLE, 54),
                CallCase.answers("a_t = a_b", 5, KEY, 3, READABLE, 53));
    }

    @Test
    void countsWhatItWrites() {
        long room = 200;
        write(KEY, 3, READABLE, 53, 5);
        assertFootprint(1, 90);
        assertEquals(53, stored("key").size());
        assertEquals(room, threshold());
        write(KEY, 3, NOWHERE, 0, 53);
        assertFootprint(0, 0);
        assertEquals(null, stored("key"));
        write(KEY, 3, NOWHERE, 0, NONE);
        assertFootprint(0, 0);
        write(KEY + 3, 4, READABLE, 2, NONE);
        assertFootprint(1, 40);
        assertEquals(Bytes.of(new byte[] {1, 2}), stored("none"));
        write(NOWHERE, 0, READABLE, 1, NONE);
        assertFootprint(2, 75);
        assertEquals(Bytes.of(new byte[] {1}), stored(""));
    }

    @Test
    void staysFullEvenWhereItWouldRemoveIfTheBalanceIsShort() {
        ServiceAccount account = account();
        context.services().putAccount(7, account.withBalance(99));
        write(KEY, 3, NOWHERE, 0, FULL);
        assertFootprint(1, 42);
        assertEquals(VALUE, stored("key"));
    }

    @Test
    void takesBalancesUnsigned() {
        context.services().putAccount(7, account().withBalance(-1));
        write(KEY, 3, READABLE, 4096, 5);
        assertFootprint(1, 42 + 4096 - 5);
    }

    private void write(long key, long keySize, long value, long size, long answer) {
        run(CallCase.answers("write", answer, key, keySize, value, size), new Write(), own);
    }

    private Bytes stored(String key) {
        return context.services().value(StateKeys.storage(7, TestServices.text(key)));
    }

    private ServiceAccount account() {
        ServiceAccount account = context.services().account(7);
        assertNotNull(account);
        return account;
    }

    private long threshold() {
        return Deposits.minBalance(CONFIG, account());
    }

    private void assertFootprint(long items, long octets) {
        assertEquals(items, account().items());
        assertEquals(octets, account().octets());
    }

    private static byte[] info(long balance, long threshold, long octets, long items) {
        return new Encoder(CONFIG)
                .octets(Hash.ZERO)
                .u64(balance)
                .u64(threshold)
                .u64(10)
                .u64(20)
                .u64(octets)
                .u32(items)
                .u64(0)
                .u32(30)
                .u32(40)
                .u32(50)
                .toArray();
    }

    @TestFactory
    Stream<DynamicTest> informs() {
        byte[] own = info(200, 152, 42, 1);
        return run(
                new Info(),
                CallCase.answers("a = d[s] for 2⁶⁴−1", 96, SELF, WRITABLE, 0, 96).writing(own),
                CallCase.answers("a = d[s]", 96, 7, WRITABLE, 0, 1000).writing(own),
                CallCase.answers("a = d[φ₇]", 96, 8, WRITABLE, 0, 96)
                        .writing(info(100, 151, 41, 1)),
                CallCase.answers("service 0", 96, 0, WRITABLE, 0, 96).writing(info(50, 100, 0, 0)),
                CallCase.answers("a = ∅", NONE, 9, WRITABLE, 0, 96),
                CallCase.answers("φ₇ ≥ 2³² is nobody", NONE, BEYOND + 7, WRITABLE, 0, 96),
                CallCase.answers("f and l", 96, 7, WRITABLE, 32, 8)
                        .writing(Arrays.copyOfRange(own, 32, 40)),
                CallCase.answers("f > |v|", 96, 7, NOWHERE, 97, 8),
                CallCase.answers("∅ before o", NONE, 9, NOWHERE, 0, 96),
                CallCase.panics("o not writable", 7, READABLE, 0, 96),
                CallCase.panics("o beyond memory", 7, BEYOND, 0, 96));
    }

    @Test
    void subtractsGratisDepositFromTheThreshold() {
        assertEquals(0, Deposits.minBalance(CONFIG, 1, 42, 152));
        assertEquals(0, Deposits.minBalance(CONFIG, 1, 42, -1));
        assertEquals(1, Deposits.minBalance(CONFIG, 1, 42, 151));
    }
}
