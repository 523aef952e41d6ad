package io.marmalade.invocation.accumulate;

import static io.marmalade.invocation.accumulate.Scene.DATA;
import static io.marmalade.invocation.accumulate.Scene.NOW;
import static io.marmalade.invocation.accumulate.Scene.NOWHERE;
import static io.marmalade.invocation.accumulate.Scene.OTHER;
import static io.marmalade.invocation.accumulate.Scene.SELF;
import static io.marmalade.invocation.accumulate.Scene.STRANGER;
import static io.marmalade.invocation.accumulate.Scene.TOO_LONG;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The checks of every host call, in the paper's order (sec:accumulatefunctions).
 *
 * <p>A table lists for each call a scene in which all is well, and its checks with what breaks
 * each. Each check is tried alone, and together with all that come after it: the answer must be
 * that of the first. Nothing may change but φ₇ then.
 */
class HostCallChecksTest {
    /** How a check ends a call. */
    private record Verdict(@Nullable ExitReason exit, long answer) {
        static final Verdict PANIC = new Verdict(Guest.PANIC, 0);
        static final Verdict OUT_OF_GAS = new Verdict(Guest.OUT_OF_GAS, 0);

        static Verdict of(long answer) {
            return new Verdict(null, answer);
        }
    }

    private record Check(
            String what, Verdict verdict, Predicate<Scene> applies, Consumer<Scene> breaks) {}

    private static final class Call {
        final HostCallName name;
        final Consumer<Scene> allWell;
        final List<Check> checks = new ArrayList<>();

        Call(HostCallName name, Consumer<Scene> allWell) {
            this.name = name;
            this.allWell = allWell;
        }

        Call check(String what, Verdict verdict, Consumer<Scene> breaks) {
            checks.add(new Check(what, verdict, _ -> true, breaks));
            return this;
        }

        Call until072(String what, Verdict verdict, Consumer<Scene> breaks) {
            checks.add(new Check(what, verdict, s -> !s.is080(), breaks));
            return this;
        }

        Call since080(String what, Verdict verdict, Consumer<Scene> breaks) {
            checks.add(new Check(what, verdict, Scene::is080, breaks));
            return this;
        }
    }

    @Test
    void letsAnyoneBlessWhereTheVectorsAreFollowed() {
        Scene scene = new Scene(ProtocolVersion.V0_8_0);
        scene.privileges = powerless(scene);
        scene.arguments(1, DATA, 2, 3, DATA, 4);
        assertNull(scene.call(HostCallName.BLESS));
        assertEquals(ResultCode.OK, scene.machine.register(7));
    }

    @Test
    void letsOnlyTheManagerBlessWhereTheReleasedTextIsFollowed() {
        Bless bless = new Bless(new AccumulateRules(true, true, true));
        Scene stranger = new Scene(ProtocolVersion.V0_8_0);
        stranger.privileges = powerless(stranger);
        stranger.arguments(TOO_LONG, DATA, 2, 3, DATA, 4);
        assertNull(bless.call(stranger.machine, stranger.context()));
        assertEquals(ResultCode.HUH, stranger.machine.register(7));
        Scene manager = new Scene(ProtocolVersion.V0_8_0);
        manager.arguments(1, DATA, 2, 3, DATA, 4);
        assertNull(bless.call(manager.machine, manager.context()));
        assertEquals(ResultCode.OK, manager.machine.register(7));
    }

    private static final Verdict WHO = Verdict.of(ResultCode.WHO);
    private static final Verdict HUH = Verdict.of(ResultCode.HUH);
    private static final Verdict FULL = Verdict.of(ResultCode.FULL);
    private static final Verdict CASH = Verdict.of(ResultCode.CASH);

    private static List<Call> calls() {
        return List.of(
                new Call(HostCallName.BLESS, s -> s.arguments(1, DATA, 2, 3, DATA, 4))
                        .check("a unreadable", Verdict.PANIC, s -> set(s, 8, NOWHERE))
                        .check("z unreadable", Verdict.PANIC, s -> set(s, 11, NOWHERE))
                        .check("z too long", Verdict.PANIC, s -> set(s, 12, 1L << 33))
                        .until072("z wraps around", Verdict.PANIC, s -> set(s, 12, 1L << 62))
                        .check("m no service", WHO, s -> set(s, 7, TOO_LONG))
                        .check("v no service", WHO, s -> set(s, 9, -1))
                        .check("r no service", WHO, s -> set(s, 10, TOO_LONG)),
                new Call(HostCallName.ASSIGN, s -> s.arguments(1, DATA, OTHER))
                        .check("q unreadable", Verdict.PANIC, s -> set(s, 8, NOWHERE))
                        .check("c no core", Verdict.of(ResultCode.CORE), s -> set(s, 7, 2))
                        .check("not the assigner", HUH, s -> s.privileges = powerless(s))
                        .check("a no service", WHO, s -> set(s, 9, TOO_LONG)),
                new Call(HostCallName.DESIGNATE, s -> s.arguments(DATA, 6))
                        .check("v unreadable", Verdict.PANIC, s -> set(s, 7, NOWHERE))
                        .since080("z too long", Verdict.PANIC, s -> set(s, 8, 1L << 40))
                        .since080("z no set size", HUH, s -> set(s, 8, 5))
                        .check("not the delegator", HUH, s -> s.privileges = powerless(s)),
                new Call(HostCallName.CHECKPOINT, _ -> {}),
                new Call(HostCallName.NEW, s -> s.arguments(DATA, 77, 1, 2, 5, 12))
                        .check("c unreadable", Verdict.PANIC, s -> set(s, 7, NOWHERE))
                        .check("l too long", Verdict.PANIC, s -> set(s, 8, TOO_LONG))
                        .check(
                                "gratis, not the manager",
                                HUH,
                                s ->
                                        s.privileges =
                                                new Privileges(
                                                        OTHER,
                                                        s.privileges.assigners(),
                                                        SELF,
                                                        SELF,
                                                        s.privileges.alwaysAccumulate()))
                        .check("below the endowment", CASH, s -> balance(s, 200))
                        .check("below one's own threshold", CASH, s -> balance(s, 290))
                        .check("index taken", FULL, s -> s.change(12, Scene.account(0))),
                new Call(HostCallName.UPGRADE, s -> s.arguments(DATA, 1, 2))
                        .check("c unreadable", Verdict.PANIC, s -> set(s, 7, NOWHERE)),
                new Call(HostCallName.TRANSFER, s -> s.arguments(OTHER, 400, 60, DATA))
                        .check("memo unreadable", Verdict.PANIC, s -> set(s, 10, NOWHERE))
                        .check("d no index", WHO, s -> set(s, 7, TOO_LONG + OTHER))
                        .check("d no service", WHO, s -> set(s, 7, STRANGER))
                        .check("l too low", Verdict.of(ResultCode.LOW), s -> set(s, 9, 49))
                        .check("more than there is", CASH, s -> set(s, 8, -1))
                        .check("below the threshold", CASH, s -> balance(s, 450))
                        .check("l unpaid", Verdict.OUT_OF_GAS, s -> set(s, 9, 1L << 62)),
                new Call(HostCallName.EJECT, HostCallChecksTest::ejectable)
                        .check("h unreadable", Verdict.PANIC, s -> set(s, 8, NOWHERE))
                        .check("d is oneself", WHO, s -> set(s, 7, SELF))
                        .check("d no index", WHO, s -> set(s, 7, TOO_LONG + OTHER))
                        .check("d no service", WHO, s -> set(s, 7, STRANGER))
                        .check(
                                "d not handed over",
                                WHO,
                                s -> s.change(OTHER, account(s).withCode(Hash.ZERO, 0, 0)))
                        .check(
                                "more items",
                                HUH,
                                s -> s.change(OTHER, account(s).withFootprint(3, 81 + 7)))
                        .check(
                                "no such request",
                                HUH,
                                s -> s.change(OTHER, account(s).withFootprint(2, 81 + 8)))
                        .check("still available", HUH, s -> s.request(OTHER, s.dataHash(), 7, 1L))
                        .check(
                                "forgotten just now",
                                HUH,
                                s -> s.request(OTHER, s.dataHash(), 7, 1L, NOW - 32)),
                new Call(
                                HostCallName.QUERY,
                                s -> {
                                    s.arguments(DATA, 7);
                                    s.request(SELF, s.dataHash(), 7);
                                })
                        .since080("z too long", HUH, s -> set(s, 8, TOO_LONG))
                        .check("h unreadable", Verdict.PANIC, s -> set(s, 7, NOWHERE)),
                new Call(HostCallName.SOLICIT, s -> s.arguments(DATA, 7))
                        .since080("z too long", HUH, s -> set(s, 8, TOO_LONG))
                        .check("h unreadable", Verdict.PANIC, s -> set(s, 7, NOWHERE))
                        .check("requested already", HUH, s -> s.request(SELF, s.dataHash(), 7))
                        .check("below the threshold", FULL, s -> balance(s, 207)),
                new Call(
                                HostCallName.FORGET,
                                s -> {
                                    s.arguments(DATA, 7);
                                    s.request(SELF, s.dataHash(), 7);
                                })
                        .since080("z too long", HUH, s -> set(s, 8, TOO_LONG))
                        .check("h unreadable", Verdict.PANIC, s -> set(s, 7, NOWHERE))
                        .check("no such request", HUH, s -> set(s, 8, 8))
                        .check(
                                "forgotten just now",
                                HUH,
                                s -> s.request(SELF, s.dataHash(), 7, 1L, NOW - 32))
                        .check(
                                "forgotten once more just now",
                                HUH,
                                s -> s.request(SELF, s.dataHash(), 7, 1L, NOW - 32, NOW - 31)),
                new Call(HostCallName.YIELD, s -> s.arguments(DATA))
                        .check("h unreadable", Verdict.PANIC, s -> set(s, 7, NOWHERE)),
                new Call(HostCallName.PROVIDE, HostCallChecksTest::providable)
                        .since080("z too long", HUH, s -> set(s, 9, TOO_LONG))
                        .check("i unreadable", Verdict.PANIC, s -> set(s, 8, NOWHERE))
                        .check("s no index", WHO, s -> set(s, 7, TOO_LONG + OTHER))
                        .check("s no service", WHO, s -> set(s, 7, STRANGER))
                        .check("not requested", HUH, s -> set(s, 9, 8))
                        .check("provided before", HUH, s -> s.request(OTHER, hashOfSeven(s), 7, 3L))
                        .check(
                                "provided in this run",
                                HUH,
                                s -> {
                                    providable(s);
                                    assertNull(s.call(HostCallName.PROVIDE));
                                    assertEquals(ResultCode.OK, s.machine.register(7));
                                    providable(s);
                                }));
    }

    @TestFactory
    Stream<DynamicTest> answersTheFirstCheckThatFails() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ProtocolVersion version : ProtocolVersion.values()) {
            for (Call call : calls()) {
                List<Check> checks =
                        call.checks.stream()
                                .filter(check -> check.applies.test(new Scene(version)))
                                .toList();
                for (int i = 0; i < checks.size(); i++) {
                    int first = i;
                    String name = version + " " + call.name + ": " + checks.get(i).what;
                    tests.add(
                            DynamicTest.dynamicTest(
                                    name, () -> refuses(version, call, checks, first, first)));
                    tests.add(
                            DynamicTest.dynamicTest(
                                    name + " before all later checks",
                                    () ->
                                            refuses(
                                                    version,
                                                    call,
                                                    checks,
                                                    first,
                                                    checks.size() - 1)));
                }
                tests.add(
                        DynamicTest.dynamicTest(
                                version + " " + call.name + ": all well",
                                () -> accepts(version, call)));
                tests.add(
                        DynamicTest.dynamicTest(
                                version + " " + call.name + ": unpaid before all checks",
                                () -> isPaidFirst(version, call, checks)));
            }
        }
        return tests.stream();
    }

    private static void refuses(
            ProtocolVersion version, Call call, List<Check> checks, int first, int last) {
        Scene scene = new Scene(version);
        call.allWell.accept(scene);
        for (int i = last; i >= first; i--) {
            checks.get(i).breaks.accept(scene);
        }
        Verdict verdict = checks.get(first).verdict;
        String before = scene.picture();
        long register7 = scene.machine.register(7);
        assertEquals(verdict.exit, scene.call(call.name));
        assertEquals(verdict.exit == null ? verdict.answer : register7, scene.machine.register(7));
        assertEquals(before, scene.picture());
        if (verdict == Verdict.OUT_OF_GAS) {
            assertEquals(0, scene.machine.gas());
        }
    }

    private static void accepts(ProtocolVersion version, Call call) {
        Scene scene = new Scene(version);
        call.allWell.accept(scene);
        String before = scene.picture();
        assertNull(scene.call(call.name));
        switch (call.name) {
            case NEW -> assertEquals(12, scene.machine.register(7));
            case CHECKPOINT -> assertEquals(scene.machine.gas(), scene.machine.register(7));
            default -> assertEquals(ResultCode.OK, scene.machine.register(7));
        }
        if (call.name != HostCallName.QUERY && call.name != HostCallName.CHECKPOINT) {
            assertNotEquals(before, scene.picture());
        }
    }

    private static void isPaidFirst(ProtocolVersion version, Call call, List<Check> checks) {
        Scene scene = new Scene(version);
        call.allWell.accept(scene);
        for (Check check : checks) {
            if (!check.what.equals("provided in this run")) {
                check.breaks.accept(scene);
            }
        }
        scene.machine.setGas(9);
        String before = scene.picture();
        assertEquals(ExitReason.OUT_OF_GAS, scene.call(call.name));
        assertEquals(0, scene.machine.gas());
        assertEquals(before, scene.picture());
    }

    private static void set(Scene scene, int register, long value) {
        scene.machine.setRegister(register, value);
    }

    private static void balance(Scene scene, long balance) {
        scene.change(SELF, scene.accountBefore(SELF).withBalance(balance));
    }

    private static ServiceAccount account(Scene scene) {
        return scene.accountBefore(OTHER);
    }

    private static Privileges powerless(Scene scene) {
        return new Privileges(
                OTHER,
                Collections.nCopies(scene.config.coreCount(), OTHER),
                OTHER,
                OTHER,
                Collections.unmodifiableSortedMap(new TreeMap<>()));
    }

    private static void ejectable(Scene scene) {
        scene.arguments(OTHER, DATA);
        byte[] index = new byte[Hash.SIZE];
        for (int i = 0; i < 4; i++) {
            index[i] = (byte) (SELF >>> (8 * i));
        }
        scene.change(OTHER, account(scene).withCode(Hash.of(index), 0, 0));
        scene.request(OTHER, scene.dataHash(), 7, 1L, NOW - 33);
    }

    private static void providable(Scene scene) {
        scene.arguments(OTHER, DATA, 7);
        if (scene.before.value(StateKeys.request(OTHER, hashOfSeven(scene), 7)) == null) {
            scene.request(OTHER, hashOfSeven(scene), 7);
        }
    }

    private static Hash hashOfSeven(Scene scene) {
        return Blake2b.hash(scene.machine.memory().read(DATA, 7));
    }
}
