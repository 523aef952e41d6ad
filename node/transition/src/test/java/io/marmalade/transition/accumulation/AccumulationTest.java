package io.marmalade.transition.accumulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.Memo;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.AccumulationInput;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.block.WorkReport;
import io.marmalade.invocation.accumulate.AccumulateInvocation;
import io.marmalade.invocation.accumulate.AccumulateResult;
import io.marmalade.invocation.accumulate.PartialState;
import io.marmalade.invocation.accumulate.Provision;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.AccumulationOutput;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.Services;
import io.marmalade.state.StateKeys;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Rounds and merging, with services that are written in Java. */
class AccumulationTest {
    private static final long NOW = 77;

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

    /** What a service does in one run. */
    private static final class Run {
        final PartialState state;
        final ServiceChanges services;
        final long service;
        final long gas;
        final List<AccumulationInput> inputs;
        ValidatorSet stagingSet;
        List<List<Hash>> queues;
        Privileges privileges;
        final List<DeferredTransfer> transfers = new ArrayList<>();
        @Nullable Hash output;
        long gasUsed = 1;
        final List<Provision> provisions = new ArrayList<>();

        Run(PartialState state, long service, long gas, List<AccumulationInput> inputs) {
            this.state = state;
            this.services = new ServiceChanges(state.services());
            this.service = service;
            this.gas = gas;
            this.inputs = inputs;
            this.stagingSet = state.stagingSet();
            this.queues = state.authorizerQueues();
            this.privileges = state.privileges();
        }

        void transfer(long destination, long gas) {
            transfers.add(new DeferredTransfer(service, destination, 1, Memo.ZERO, gas));
        }

        void assign(int core, Hash hash) {
            List<List<Hash>> changed = new ArrayList<>(queues);
            changed.set(core, List.of(hash));
            queues = changed;
        }

        AccumulateResult result() {
            return new AccumulateResult(
                    services,
                    stagingSet,
                    queues,
                    privileges,
                    transfers,
                    output,
                    gasUsed,
                    provisions);
        }
    }

    /** A chain's state, and what its services do. */
    private static final class World implements AccumulateInvocation {
        final ProtocolConfig config;
        final ServiceChanges services = new ServiceChanges(NOBODY);
        final Map<Long, Consumer<Run>> programs = new HashMap<>();
        final List<String> runs = Collections.synchronizedList(new ArrayList<>());
        Privileges privileges = new Privileges(1, List.of(2L, 3L), 4, 5, new TreeMap<>());
        Executor executor = Runnable::run;

        World(ProtocolVersion version) {
            config = ProtocolConfig.tiny(version);
            for (long service = 1; service < 10; service++) {
                services.putAccount(service, account(service));
            }
        }

        World program(long service, Consumer<Run> program) {
            programs.put(service, program);
            return this;
        }

        @Override
        public AccumulateResult accumulate(
                PartialState state,
                long timeslot,
                Hash entropy,
                long service,
                long gas,
                List<AccumulationInput> inputs) {
            assertEquals(NOW, timeslot);
            Run run = new Run(state, service, gas, inputs);
            runs.add(service + " " + gas + " " + inputs.size());
            programs.getOrDefault(service, _ -> {}).accept(run);
            return run.result();
        }

        Outcome<AccumulationPosterior> accumulate(WorkReport... reports) {
            return new Accumulation(config, this, executor)
                    .accumulate(
                            new AccumulationPrior(
                                    NOW - 1,
                                    services,
                                    new ValidatorSet(List.of()),
                                    List.of(List.of(Hash.ZERO), List.of(Hash.ZERO)),
                                    privileges,
                                    Collections.nCopies(config.epochLength(), List.of()),
                                    Collections.nCopies(config.epochLength(), new TreeSet<>())),
                            NOW,
                            Hash.ZERO,
                            List.of(reports));
        }

        AccumulationPosterior valid(WorkReport... reports) {
            return switch (accumulate(reports)) {
                case Outcome.Valid<AccumulationPosterior>(var posterior) -> posterior;
                case Outcome.Invalid<AccumulationPosterior>(var reason) ->
                        throw new AssertionError(reason.toString());
            };
        }
    }

    private static ServiceAccount account(long balance) {
        return new ServiceAccount(Hash.ZERO, balance, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static WorkReport forAll(long... services) {
        Reports.Item[] items = new Reports.Item[services.length];
        for (int i = 0; i < items.length; i++) {
            items[i] = new Reports.Item(services[i], 100);
        }
        return Reports.report(1, List.of(), items);
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void showsServicesOfARoundTheOthersAsTheyWereBefore(ProtocolVersion version) {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        World world = new World(version);
        for (long service : List.of(6L, 7L)) {
            long other = 13 - service;
            world.program(
                    service,
                    run -> {
                        seen.add(balance(run.services, other));
                        run.services.putAccount(service, account(1000 + service));
                        run.transfer(service, 10);
                    });
        }
        world.programs.compute(
                6L,
                (_, program) ->
                        run -> {
                            if (run.inputs.getFirst() instanceof DeferredTransfer) {
                                seen.add(balance(run.services, 7));
                            } else {
                                program.accept(run);
                            }
                        });
        world.programs.compute(
                7L,
                (_, program) ->
                        run -> {
                            if (!(run.inputs.getFirst() instanceof DeferredTransfer)) {
                                program.accept(run);
                            }
                        });
        AccumulationPosterior posterior = world.valid(forAll(6, 7));
        assertEquals(List.of(7L, 6L, 1007L), seen);
        assertEquals(1006, balance(posterior.services(), 6));
        assertEquals(1007, balance(posterior.services(), 7));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void takesOfOthersAccountsOnlyNewAndRemovedOnes(ProtocolVersion version) {
        StateKey key = StateKeys.storage(6, Bytes.parse("01"));
        StateKey newKey = StateKeys.storage(70_000, Bytes.parse("01"));
        World world = new World(version);
        world.services.putValue(6, key, Bytes.parse("aa"));
        world.program(
                        7,
                        run -> {
                            run.services.putAccount(8, account(555));
                            run.services.putValue(
                                    8, StateKeys.storage(8, Bytes.EMPTY), Bytes.EMPTY);
                            run.services.putAccount(70_000, account(3));
                            run.services.putValue(70_000, newKey, Bytes.parse("bb"));
                            run.services.removeAccount(6);
                        })
                .program(6, run -> run.services.putAccount(6, account(777)));
        AccumulationPosterior posterior = world.valid(forAll(6, 7));
        assertEquals(8, balance(posterior.services(), 8));
        assertNull(posterior.services().value(StateKeys.storage(8, Bytes.EMPTY)));
        assertEquals(3, balance(posterior.services(), 70_000));
        assertEquals(Bytes.parse("bb"), posterior.services().value(newKey));
        assertNull(posterior.services().account(6));
        assertNull(posterior.services().value(key));
    }

    /** Each of two services writes, and reads what the other writes: in both orders. */
    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void showsServicesOfARoundTheOthersStorageAsItWasBefore(ProtocolVersion version) {
        World world = new World(version);
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        for (long service : List.of(6L, 7L)) {
            StateKey own = StateKeys.storage(service, Bytes.parse("01"));
            StateKey others = StateKeys.storage(13 - service, Bytes.parse("01"));
            world.services.putValue(service, own, Bytes.parse("0" + service));
            world.program(
                    service,
                    run -> {
                        boolean first = !(run.inputs.getFirst() instanceof DeferredTransfer);
                        run.services.putValue(
                                service, own, Bytes.parse((first ? "a" : "b") + service));
                        // Written by a stranger, as no service can.
                        run.services.putValue(13 - service, others, Bytes.parse("ff"));
                        seen.add(service + " " + run.state.services().value(others));
                        if (first) {
                            run.transfer(service, 10);
                        }
                    });
        }
        AccumulationPosterior posterior = world.valid(forAll(6, 7));
        assertEquals(List.of("6 0x07", "7 0x06", "6 0xa7", "7 0xa6"), sortedByRound(seen));
        for (long service : List.of(6L, 7L)) {
            assertEquals(
                    Bytes.parse("b" + service),
                    posterior.services().value(StateKeys.storage(service, Bytes.parse("01"))));
        }
    }

    private static List<String> sortedByRound(List<String> seen) {
        List<String> sorted = new ArrayList<>();
        for (int round = 0; round < seen.size(); round += 2) {
            sorted.addAll(seen.subList(round, round + 2).stream().sorted().toList());
        }
        return sorted;
    }

    /** Whether it runs before or after the one that ejects it, by its index. */
    @ParameterizedTest
    @CsvSource({"V0_7_2, 5", "V0_7_2, 8", "V0_8_0, 5", "V0_8_0, 8"})
    void ejectsAServiceThatWorksInTheSameRound(ProtocolVersion version, long ejected) {
        StateKey key = StateKeys.storage(ejected, Bytes.parse("01"));
        World world = new World(version);
        world.services.putValue(ejected, key, Bytes.parse("aa"));
        world.program(7, run -> run.services.removeAccount(ejected))
                .program(
                        ejected,
                        run -> {
                            run.services.putAccount(ejected, account(777));
                            run.services.putValue(ejected, key, Bytes.parse("bb"));
                            run.output = Reports.hash(1);
                            run.gasUsed = 50;
                            run.transfer(9, 20);
                            run.services.putAccount(70_000, account(3));
                        });
        AccumulationPosterior posterior = world.valid(forAll(ejected, 7));
        assertNull(posterior.services().account(ejected));
        assertNull(posterior.services().value(key));
        // What it did to the rest of the world has happened.
        assertEquals(3, balance(posterior.services(), 70_000));
        assertEquals(
                List.of(new AccumulationOutput(ejected, Reports.hash(1))), posterior.outputs());
        assertEquals(new AccumulationRecord(1, 0, 50), posterior.statistics().get(ejected));
        assertEquals("9 20 1", world.runs.getLast());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void tellsTransfersToAnEjectedServiceToNobody(ProtocolVersion version) {
        List<Boolean> exists = new ArrayList<>();
        World world = new World(version);
        world.program(6, run -> exists.add(run.services.account(6) != null))
                .program(7, run -> run.services.removeAccount(6))
                .program(
                        8,
                        run -> {
                            run.services.putAccount(8, account(1));
                            run.transfer(6, 30);
                        });
        AccumulationPosterior posterior = world.valid(forAll(7, 8));
        assertEquals(List.of(false), exists);
        assertNull(posterior.services().account(6));
        assertEquals(1, balance(posterior.services(), 8));
        assertEquals("6 30 1", world.runs.getLast());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void makesNoServiceAnewInTheRoundInWhichItIsEjected(ProtocolVersion version) {
        for (long maker : new long[] {5, 8}) {
            World world = new World(version);
            world.program(7, run -> run.services.removeAccount(6))
                    .program(maker, run -> run.services.putAccount(6, account(555)));
            assertNull(world.valid(forAll(7, maker)).services().account(6));
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void makesAServiceAnewInALaterRoundThanItIsEjected(ProtocolVersion version) {
        StateKey old = StateKeys.storage(6, Bytes.parse("01"));
        StateKey fresh = StateKeys.storage(6, Bytes.parse("02"));
        World world = new World(version);
        world.services.putValue(6, old, Bytes.parse("aa"));
        world.program(
                        7,
                        run -> {
                            run.services.removeAccount(6);
                            run.transfer(8, 30);
                        })
                .program(
                        8,
                        run -> {
                            assertNull(run.services.account(6));
                            run.services.putAccount(6, account(555));
                            run.services.putValue(6, fresh, Bytes.parse("bb"));
                            run.transfer(6, 10);
                        })
                .program(6, run -> assertEquals(555, balance(run.services, 6)));
        AccumulationPosterior posterior = world.valid(forAll(7));
        assertEquals(555, balance(posterior.services(), 6));
        assertNull(posterior.services().value(old));
        assertEquals(Bytes.parse("bb"), posterior.services().value(fresh));
        assertEquals("6 10 1", world.runs.getLast());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void keepsAnAccountThatIsRemovedAndMadeAgainInOneRun(ProtocolVersion version) {
        World world =
                new World(version)
                        .program(
                                7,
                                run -> {
                                    run.services.removeAccount(6);
                                    run.services.putAccount(6, account(1));
                                });
        assertEquals(6, balance(world.valid(forAll(7)).services(), 6));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void refusesTwoNewServicesWithOneIndex(ProtocolVersion version) {
        World world = new World(version);
        for (long service : List.of(6L, 7L)) {
            world.program(service, run -> run.services.putAccount(70_000, account(service)));
        }
        Outcome.Invalid<?> invalid =
                assertInstanceOf(Outcome.Invalid.class, world.accumulate(forAll(6, 7)));
        InvalidReason reason = invalid.reason();
        assertEquals(Violation.ACCUMULATION_SERVICE_INDEX_TAKEN_TWICE, reason.violation());
    }

    @ParameterizedTest
    @CsvSource({
        // What the manager and the holder choose, 0 for nothing; what comes of it, the holder being
        // 4.
        "0, 0, 4",
        "6, 0, 6",
        "0, 7, 7",
        "6, 7, 6",
        "4, 7, 7"
    })
    void letsTheManagersChoiceGoBeforeTheHolders(long manager, long holder, long expected) {
        World world = new World(ProtocolVersion.V0_7_2);
        Privileges before = world.privileges;
        world.privileges = new Privileges(1, List.of(4L, 3L), 4, 4, before.alwaysAccumulate());
        world.program(
                        1,
                        run -> {
                            if (manager != 0) {
                                run.privileges =
                                        new Privileges(
                                                9,
                                                List.of(manager, 3L),
                                                manager,
                                                manager,
                                                new TreeMap<>(Map.of(8L, 5L)));
                            }
                        })
                .program(
                        4,
                        run -> {
                            if (holder != 0) {
                                run.privileges =
                                        new Privileges(
                                                holder,
                                                List.of(holder, holder),
                                                holder,
                                                holder,
                                                new TreeMap<>());
                            }
                        });
        Privileges after = world.valid(forAll(1, 4)).privileges();
        assertEquals(manager == 0 ? 1 : 9, after.manager());
        assertEquals(List.of(expected, 3L), after.assigners());
        assertEquals(expected, after.delegator());
        assertEquals(expected, after.registrar());
        assertEquals(
                manager == 0 ? Map.of() : Map.of(8L, 5L), Map.copyOf(after.alwaysAccumulate()));
    }

    @Test
    void takesQueuesAndStagingSetFromTheirHoldersOfBefore() {
        World world = new World(ProtocolVersion.V0_7_2);
        for (long service = 1; service < 6; service++) {
            long self = service;
            world.program(
                    service,
                    run -> {
                        run.assign(0, Reports.hash((int) self));
                        run.assign(1, Reports.hash((int) self));
                        run.stagingSet = new ValidatorSet(List.of());
                        run.privileges =
                                new Privileges(
                                        self, List.of(self, self), self, self, new TreeMap<>());
                    });
        }
        AccumulationPosterior posterior = world.valid(forAll(1, 2, 3, 4, 5));
        assertEquals(
                List.of(List.of(Reports.hash(2)), List.of(Reports.hash(3))),
                posterior.authorizerQueues());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void integratesProvisionsThatAreStillWanted(ProtocolVersion version) {
        World world = new World(version);
        Bytes wanted = Bytes.parse("0102");
        Bytes unwanted = Bytes.parse("03");
        Provision provision = Provision.of(8, wanted);
        StateKey request = StateKeys.request(8, provision.hash(), 2);
        world.services.putValue(8, request, PreimageRequest.REQUESTED.encoded());
        world.program(
                6,
                run -> {
                    run.provisions.add(provision);
                    run.provisions.add(Provision.of(8, unwanted));
                    run.provisions.add(Provision.of(70_000, wanted));
                });
        world.program(7, run -> run.provisions.add(provision));
        ServiceChanges services = world.valid(forAll(6, 7)).services();
        assertEquals(PreimageRequest.of(NOW), PreimageRequest.decode(services.value(request)));
        assertEquals(wanted, services.value(StateKeys.preimage(8, provision.hash())));
        assertNull(services.value(StateKeys.preimage(8, Provision.of(8, unwanted).hash())));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void sortsOutputsByServiceAndKeepsOnesOfSeveralRounds(ProtocolVersion version) {
        World world = new World(version);
        world.services.putAccount(256, account(0));
        for (long service : List.of(2L, 256L)) {
            world.program(
                    service,
                    run -> {
                        boolean again = run.inputs.getFirst() instanceof DeferredTransfer;
                        run.output = Reports.hash(again ? 1 : 2);
                        if (!again) {
                            run.transfer(service, 5);
                        }
                    });
        }
        assertEquals(
                List.of(
                        new AccumulationOutput(2, Reports.hash(1)),
                        new AccumulationOutput(2, Reports.hash(2)),
                        new AccumulationOutput(256, Reports.hash(1)),
                        new AccumulationOutput(256, Reports.hash(2))),
                world.valid(forAll(256, 2)).outputs());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void countsOnlyServicesThatDidSomething(ProtocolVersion version) {
        World world = new World(version);
        world.privileges = new Privileges(1, List.of(2L, 3L), 4, 5, new TreeMap<>(Map.of(9L, 50L)));
        world.program(
                6,
                run -> {
                    run.gasUsed = 40;
                    if (!(run.inputs.getFirst() instanceof DeferredTransfer)) {
                        run.transfer(6, 30);
                        run.transfer(8, 30);
                    }
                });
        world.program(7, run -> run.gasUsed = 0);
        world.program(8, run -> run.gasUsed = 0);
        world.program(9, run -> run.gasUsed = 0);
        AccumulationPosterior posterior = world.valid(forAll(6, 7, 6));
        boolean since080 = version == ProtocolVersion.V0_8_0;
        SortedMap<Long, AccumulationRecord> expected = new TreeMap<>();
        expected.put(6L, new AccumulationRecord(2, since080 ? 1 : 0, 80));
        expected.put(7L, new AccumulationRecord(1, 0, 0));
        if (since080) {
            expected.put(8L, new AccumulationRecord(0, 1, 0));
        }
        assertEquals(expected, posterior.statistics());
        for (long service = 6; service < 10; service++) {
            assertEquals(
                    expected.containsKey(service) ? NOW : 0,
                    lastAccumulation(posterior.services(), service));
        }
        assertEquals(List.of("6 200 2", "7 100 1", "9 50 0", "6 30 1", "8 30 1"), world.runs);
    }

    @Test
    void spendsABlocksGasRoundByRound() {
        // Tiny: 20,000,000 or, for two cores and what is always accumulated, a little more.
        World world = new World(ProtocolVersion.V0_7_2);
        world.privileges = new Privileges(1, List.of(2L, 3L), 4, 5, new TreeMap<>(Map.of(9L, 7L)));
        world.program(6, run -> run.gasUsed = 1);
        WorkReport[] reports = {
            Reports.report(1, List.of(), new Reports.Item(6, 10_000_000)),
            Reports.report(2, List.of(), new Reports.Item(6, 10_000_007)),
            Reports.report(3, List.of(), new Reports.Item(6, 10_000_007))
        };
        AccumulationPosterior posterior = world.valid(reports);
        // Both of the first fit exactly; of 20,000,007, 2 were used then; the third fits the rest.
        assertEquals(3, posterior.accumulatedReports());
        assertEquals(List.of("6 20000007 2", "9 7 0", "6 10000007 1"), world.runs);
    }

    @Test
    void leavesGasForWhatIsFreeSince080() {
        World world = new World(ProtocolVersion.V0_8_0);
        world.privileges = new Privileges(1, List.of(2L, 3L), 4, 5, new TreeMap<>(Map.of(9L, 7L)));
        WorkReport[] reports = {
            Reports.report(1, List.of(), new Reports.Item(6, 10_000_000)),
            Reports.report(2, List.of(), new Reports.Item(6, 10_000_001))
        };
        world.valid(reports);
        assertEquals(List.of("6 10000000 1", "9 7 0", "6 10000001 1"), world.runs);
    }

    @Test
    void countsTheGasOfTransfersMadeAndToldSince080() {
        // Of 20,000,000 the first round uses 10,000,000 and makes transfers of 5,000,000: the
        // second
        // has 15,000,000, of which 5,000,000 are for those transfers.
        assertEquals(
                List.of("6 12000000 1", "6 10000000 1", "8 5000000 1"),
                runsWithTransfer(10_000_000));
        assertEquals(
                List.of("6 12000000 1", "8 5000000 1", "6 10000001 1"),
                runsWithTransfer(10_000_001));
    }

    /** Returns what runs where a report's service makes a transfer, and another report waits. */
    private static List<String> runsWithTransfer(long waiting) {
        World world = new World(ProtocolVersion.V0_8_0);
        world.program(
                6,
                run -> {
                    if (run.gas == 12_000_000) {
                        run.gasUsed = 10_000_000;
                        run.transfer(8, 5_000_000);
                    }
                });
        world.valid(
                Reports.report(1, List.of(), new Reports.Item(6, 12_000_000)),
                Reports.report(2, List.of(), new Reports.Item(6, waiting)));
        return world.runs;
    }

    @Test
    void stopsWhereGasIsUsedUp() {
        World world = new World(ProtocolVersion.V0_7_2);
        world.program(6, run -> run.gasUsed = run.gas);
        WorkReport[] reports = {
            Reports.report(1, List.of(), new Reports.Item(6, 15_000_000)),
            Reports.report(2, List.of(), new Reports.Item(6, 15_000_000))
        };
        AccumulationPosterior posterior = world.valid(reports);
        assertEquals(1, posterior.accumulatedReports());
        assertEquals(List.of("6 15000000 1"), world.runs);
        assertEquals(
                List.of(Reports.hash(1)), List.copyOf(posterior.accumulatedPackages().getLast()));
    }

    @Test
    void givesTheSameOnSeveralThreads() {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            assertEquals(busy(version, Runnable::run), onThreads(version));
        }
    }

    private static String onThreads(ProtocolVersion version) {
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            return busy(version, threads);
        }
    }

    @Test
    void waitsForNoExecutor() {
        // An executor that never begins anything: the calling thread does it all.
        assertEquals(
                busy(ProtocolVersion.V0_7_2, Runnable::run), busy(ProtocolVersion.V0_7_2, _ -> {}));
    }

    private static String busy(ProtocolVersion version, Executor executor) {
        World world = new World(version);
        world.executor = executor;
        for (long service = 1; service < 10; service++) {
            long self = service;
            world.program(
                    service,
                    run -> {
                        if (run.gas >= 100) {
                            run.transfer(1 + (self * 7) % 9, 5);
                            run.transfer(1 + (self * 5) % 9, 5);
                        }
                        run.services.putAccount(
                                self, account(balance(run.services, 1 + self % 9) + run.gas));
                        run.output = Reports.hash(run.inputs.size());
                        run.assign((int) (self % 2), Reports.hash((int) self));
                    });
        }
        AccumulationPosterior posterior = world.valid(forAll(1, 2, 3, 4, 5, 6, 7, 8, 9));
        return posterior.services().changedAccounts().toString()
                + posterior.outputs()
                + posterior.authorizerQueues()
                + posterior.statistics();
    }

    private static long balance(Services services, long service) {
        ServiceAccount account = services.account(service);
        if (account == null) {
            throw new AssertionError("no service " + service);
        }
        return account.balance();
    }

    private static long lastAccumulation(Services services, long service) {
        ServiceAccount account = services.account(service);
        if (account == null) {
            throw new AssertionError("no service " + service);
        }
        return account.lastAccumulation();
    }
}
