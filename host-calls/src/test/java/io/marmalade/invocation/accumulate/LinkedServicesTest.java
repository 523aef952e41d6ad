package io.marmalade.invocation.accumulate;

import static io.marmalade.invocation.accumulate.Scene.ENTROPY;
import static io.marmalade.invocation.accumulate.Scene.NOW;
import static io.marmalade.invocation.accumulate.Scene.OTHER;
import static io.marmalade.invocation.accumulate.Scene.SELF;
import static io.marmalade.invocation.accumulate.Scene.STRANGER;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.Memo;
import io.marmalade.base.StateKey;
import io.marmalade.block.AccumulationInput;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.block.Operand;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkResult;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.TestPackages;
import io.marmalade.invocation.refine.HostLimits;
import io.marmalade.invocation.refine.RefineInvocation;
import io.marmalade.invocation.refine.RefineInvocation.Outcome.Refined;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.interpreter.ReferenceEngine;
import io.marmalade.pvm.jit.JitEngine;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.ValidatorSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The services in C do, through the real invocations and on all engines for the same gas, what the
 * paper says. What is expected is worked out here, from the paper's formulas.
 */
class LinkedServicesTest {
    private static final long GAS = 10_000_000;
    private static final long NONE = -1;
    private static final long WHO = -4;
    private static final long FULL = -5;
    private static final long CASH = -7;
    private static final long LOW = -8;
    private static final long HUH = -9;
    private static final Hash PACKAGE = Blake2b.hash(new byte[] {3});
    private static final List<Engine> ENGINES =
            List.of(
                    new InterpreterEngine(),
                    new ReferenceEngine(),
                    JitEngine.eager(new InterpreterEngine()),
                    JitEngine.tiered(new InterpreterEngine()));

    /** A service that is installed, on one engine. */
    private static final class Installed {
        final Scene scene;
        final Engine engine;
        final Hash code;
        final int codeSize;

        Installed(ProtocolVersion version, Engine engine, String name) throws IOException {
            this.scene = new Scene(version);
            this.engine = engine;
            Path programs =
                    Path.of(System.getProperty("marmalade.root", ".."), "polkavm-diff", "programs");
            byte[] octets = Files.readAllBytes(programs.resolve(version + "/" + name + ".jam"));
            // Metadata stands in front: its length, and it.
            assertEquals(name.length(), octets[0]);
            String metadata = new String(octets, 1, octets[0], StandardCharsets.US_ASCII);
            assertEquals(name, metadata);
            this.code = Blake2b.hash(octets);
            this.codeSize = octets.length;
            scene.change(SELF, scene.accountBefore(SELF).withCode(code, 10, 50));
            scene.request(SELF, code, octets.length, 1L);
            scene.before.putValue(SELF, preimageKey(SELF, code), Bytes.of(octets));
        }

        void balance(long balance) {
            scene.change(SELF, scene.accountBefore(SELF).withBalance(balance));
        }

        Refined refine(byte[] payload, List<Bytes> imports, List<Bytes> extrinsics) {
            WorkPackage workPackage =
                    TestPackages.of(
                            Hash.ZERO, TestPackages.item(SELF, code, GAS, 9, Bytes.of(payload)));
            RefineInvocation.Outcome outcome =
                    new RefineInvocation(scene.config, engine, cache(), HostLog.NONE)
                            .refine(
                                    scene.before,
                                    new RefineInvocation.Input(
                                            1,
                                            workPackage,
                                            PACKAGE,
                                            0,
                                            Bytes.EMPTY,
                                            List.of(imports),
                                            List.of(extrinsics),
                                            5),
                                    HostLimits.DEFAULT);
            return assertInstanceOf(Refined.class, outcome);
        }

        AccumulateResult accumulate(ServiceChanges on, AccumulationInput... inputs) {
            return new PvmAccumulateInvocation(scene.config, engine, cache(), HostLog.NONE)
                    .accumulate(
                            new PartialState(
                                    on,
                                    new ValidatorSet(List.of()),
                                    List.of(List.of(), List.of()),
                                    scene.privileges),
                            NOW,
                            ENTROPY,
                            SELF,
                            GAS,
                            List.of(inputs));
        }

        private ProgramCache cache() {
            return new ProgramCache(scene.config.version(), 1 << 20);
        }
    }

    private static Operand operand(Hash workPackage, WorkResult result) {
        Hash other = Blake2b.hash(new byte[] {9});
        return new Operand(workPackage, other, other, other, 1L << 40, result, Bytes.EMPTY);
    }

    private static WorkResult output(byte[] octets) {
        return new WorkResult.Output(Bytes.of(octets));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void ledgerCarriesOrdersOut(ProtocolVersion version) throws IOException {
        Hash wanted = Blake2b.hash(text("hello"));
        Memo memo = memo(7);
        byte[] whole =
                join(
                        write("apple", "red"),
                        copy("apple", "pear"),
                        transfer(OTHER, 1000, 60, memo),
                        solicit(wanted, 5),
                        write("apple", "green"),
                        copy("nothing", "plum"),
                        write("gone", "soon"),
                        write("gone", ""));
        byte[] cut = Arrays.copyOf(transfer(OTHER, 1, 60, memo), 100);
        List<String> seen = new ArrayList<>();
        for (Engine engine : ENGINES) {
            Installed ledger = new Installed(version, engine, "ledger");
            Refined refined = ledger.refine(join(whole, cut), List.of(), List.of());
            assertEquals(output(whole), refined.result());
            AccumulateResult first =
                    ledger.accumulate(
                            ledger.scene.before,
                            new DeferredTransfer(OTHER, SELF, 700, memo, 50),
                            new DeferredTransfer(OTHER, SELF, 41, memo, 50),
                            operand(PACKAGE, refined.result()),
                            operand(PACKAGE, WorkResult.Error.PANIC));

            ServiceChanges after = first.services();
            assertEquals("green", stored(after, "apple"));
            assertEquals("red", stored(after, "pear"));
            assertNull(after.value(storageKey(SELF, text("plum"))));
            assertNull(after.value(storageKey(SELF, text("gone"))));
            assertEquals(
                    Bytes.of(numbers(741)),
                    after.value(storageKey(SELF, little(4).putInt((int) OTHER).array())));
            // A request that is made and not answered: no time slots.
            assertEquals(Bytes.of(new byte[] {0}), after.value(requestKey(SELF, wanted, 5)));
            assertEquals(
                    List.of(new DeferredTransfer(SELF, OTHER, 1000, memo, 60)), first.transfers());
            assertEquals(Hash.of(numbers(NONE, NONE, 0, 0)), first.output());
            ServiceAccount account = account(after);
            assertEquals(1_000_000_000_000L + 741 - 1000, account.balance());
            assertEquals(2 + 3 + 2, account.items());
            long stored = (34 + 5 + 5) + (34 + 4 + 3) + (34 + 4 + 8);
            assertEquals(81 + ledger.codeSize + stored + 81 + 5, account.octets());

            AccumulateResult second =
                    ledger.accumulate(
                            after,
                            operand(
                                    PACKAGE,
                                    output(
                                            join(
                                                    transfer(OTHER, 1L << 60, 60, memo),
                                                    transfer(STRANGER, 1, 60, memo),
                                                    transfer(OTHER, 1, 49, memo),
                                                    solicit(wanted, 5)))));
            assertEquals(Hash.of(numbers(CASH, WHO, LOW, HUH)), second.output());
            assertEquals(List.of(), second.transfers());
            assertEquals(account, account(second.services()));
            assertTrue(first.gasUsed() > 0 && first.gasUsed() < GAS);
            seen.add(
                    refined.gasUsed()
                            + " "
                            + first.gasUsed()
                            + " "
                            + second.gasUsed()
                            + after.changedValues()
                            + after.changedAccounts());
        }
        assertEquals(List.of(seen.get(0)), seen.stream().distinct().toList());
    }

    /** The deposit is B_S + B_I · items + B_L · octets, 100, 10 and 1 of balance each. */
    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void ledgerIsFullWhereItsBalanceEnds(ProtocolVersion version) throws IOException {
        for (Engine engine : ENGINES) {
            Installed ledger = new Installed(version, engine, "ledger");
            long items = 2 + 2;
            long octets = 81 + ledger.codeSize + 2 * (34 + 1 + 10);
            long deposit = 100 + 10 * items + octets;
            byte[] orders =
                    join(
                            write("a", "0123456789"),
                            write("b", "0123456789"),
                            write("b", "01234567890"),
                            transfer(OTHER, 1, 60, memo(0)));
            ledger.balance(deposit);
            AccumulateResult tight =
                    ledger.accumulate(ledger.scene.before, operand(PACKAGE, output(orders)));
            assertEquals(Hash.of(numbers(NONE, NONE, FULL, CASH)), tight.output());
            assertEquals("0123456789", stored(tight.services(), "b"));
            ledger.balance(deposit + 2);
            AccumulateResult loose =
                    ledger.accumulate(ledger.scene.before, operand(PACKAGE, output(orders)));
            assertEquals(Hash.of(numbers(NONE, NONE, 10, 0)), loose.output());
            assertEquals("01234567890", stored(loose.services(), "b"));
            assertEquals(deposit + 1, account(loose.services()).balance());
            ledger.balance(deposit - 1);
            AccumulateResult full =
                    ledger.accumulate(
                            ledger.scene.before,
                            operand(PACKAGE, output(orders)),
                            operand(PACKAGE, output(solicit(PACKAGE, 0))));
            assertEquals(Hash.of(numbers(NONE, FULL, FULL, 0)), full.output());
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void segmentsAreTurnedRound(ProtocolVersion version) throws IOException {
        Random random = new Random(41);
        List<Bytes> imports = new ArrayList<>();
        List<Bytes> expected = new ArrayList<>();
        ByteBuffer told = little(3 * 12);
        for (int index = 0; index < 3; index++) {
            byte[] segment = new byte[4104];
            random.nextBytes(segment);
            imports.add(Bytes.of(segment));
            byte[] turned = new byte[4104];
            long hash = 0xcbf29ce484222325L;
            for (int at = 0; at < segment.length; at++) {
                turned[4103 - at] = segment[at];
                hash = (hash ^ segment[at] & 0xff) * 0x100000001b3L;
            }
            expected.add(Bytes.of(turned));
            told.putInt(5 + index).putLong(hash);
        }
        byte[] extrinsic = text("what comes with the package");
        expected.add(Bytes.of(Arrays.copyOf(extrinsic, 4104)));
        List<String> seen = new ArrayList<>();
        for (Engine engine : ENGINES) {
            Installed segments = new Installed(version, engine, "segments");
            Refined refined = segments.refine(new byte[0], imports, List.of(Bytes.of(extrinsic)));
            assertEquals(expected, refined.exports());
            assertEquals(output(told.array()), refined.result());
            Refined nothing = segments.refine(new byte[0], List.of(), List.of());
            assertEquals(output(new byte[0]), nothing.result());
            assertEquals(List.of(), nothing.exports());

            AccumulateResult first =
                    segments.accumulate(segments.scene.before, operand(PACKAGE, refined.result()));
            Hash other = Blake2b.hash(new byte[] {4});
            AccumulateResult second =
                    segments.accumulate(
                            first.services(),
                            new DeferredTransfer(OTHER, SELF, 1, memo(1), 50),
                            operand(other, output(Arrays.copyOf(told.array(), 24))));
            assertNull(second.output());
            ServiceChanges after = second.services();
            Bytes kept = after.value(storageKey(SELF, PACKAGE.octets()));
            assertNotNull(kept);
            assertArrayEquals(told.array(), kept.octets());
            kept = after.value(storageKey(SELF, other.octets()));
            assertEquals(Bytes.of(Arrays.copyOf(told.array(), 24)), kept);
            assertEquals(Bytes.of(numbers(5)), after.value(storageKey(SELF, text("count"))));
            assertEquals(2 + 3, account(after).items());
            seen.add(refined.gasUsed() + " " + first.gasUsed() + " " + second.gasUsed());
        }
        assertEquals(List.of(seen.get(0)), seen.stream().distinct().toList());
    }

    /**
     * The key of something that a service has in the state: the octets of its index and those of a
     * hash in turn.
     */
    private static StateKey key(long service, byte[] of) {
        byte[] hash = Blake2b.hash(of).octets();
        byte[] key = new byte[31];
        for (int index = 0; index < 4; index++) {
            key[2 * index] = (byte) (service >>> 8 * index);
            key[2 * index + 1] = hash[index];
        }
        System.arraycopy(hash, 4, key, 8, 23);
        return StateKey.of(key);
    }

    private static StateKey storageKey(long service, byte[] of) {
        return key(service, join(new byte[] {-1, -1, -1, -1}, of));
    }

    private static StateKey preimageKey(long service, Hash of) {
        return key(service, join(new byte[] {-2, -1, -1, -1}, of.octets()));
    }

    private static StateKey requestKey(long service, Hash of, int length) {
        return key(service, join(little(4).putInt(length).array(), of.octets()));
    }

    private static String stored(ServiceChanges services, String key) {
        Bytes value = services.value(storageKey(SELF, text(key)));
        assertNotNull(value, key);
        return new String(value.octets(), StandardCharsets.UTF_8);
    }

    private static ServiceAccount account(ServiceChanges services) {
        ServiceAccount account = services.account(SELF);
        assertNotNull(account);
        return account;
    }

    private static byte[] write(String key, String value) {
        return join(new byte[] {'w'}, counted(key), counted(value));
    }

    private static byte[] copy(String from, String to) {
        return join(new byte[] {'c'}, counted(from), counted(to));
    }

    private static byte[] transfer(long receiver, long amount, long gas, Memo memo) {
        ByteBuffer order = little(1 + 4 + 8 + 8 + 128).put((byte) 't').putInt((int) receiver);
        return order.putLong(amount).putLong(gas).put(memo.octets()).array();
    }

    private static byte[] solicit(Hash hash, int length) {
        ByteBuffer order = little(1 + 32 + 4).put((byte) 's').put(hash.octets());
        return order.putInt(length).array();
    }

    private static byte[] counted(String text) {
        return join(new byte[] {(byte) text.length()}, text(text));
    }

    private static Memo memo(int fill) {
        byte[] octets = new byte[Memo.SIZE];
        Arrays.fill(octets, (byte) fill);
        return Memo.of(octets);
    }

    private static byte[] numbers(long... values) {
        ByteBuffer out = little(8 * values.length);
        for (long value : values) {
            out.putLong(value);
        }
        return out.array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer out = little(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }
}
