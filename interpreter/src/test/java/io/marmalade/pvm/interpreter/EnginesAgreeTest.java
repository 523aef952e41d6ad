package io.marmalade.pvm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.RandomProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The fast interpreter against the reference, on programs of a seed: every stop must be the same in every respect, and
 * after it the machines are changed alike and run on. {@code -Dmarmalade.seed} and {@code -Dmarmalade.programs} choose
 * the programs.
 */
class EnginesAgreeTest {
    private static final long SEED = Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
    private static final int PROGRAMS = Integer.getInteger("marmalade.programs", 3000);
    private static final int RUNS = 3;
    private static final int STOPS = 25;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void stopAlikeWhereverTheyStop(Dialect dialect) {
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        Engine fast = new InterpreterEngine();
        Engine reference = new ReferenceEngine();
        for (int index = 0; index < PROGRAMS; index++) {
            long seed = SEED + index;
            RandomProgram random = new RandomProgram(seed, dialect);
            Program program = Program.decode(random.blob(), dialect).orElseThrow();
            for (int run = 0; run < RUNS; run++) {
                long runSeed = seed * 31 + run;
                List<String> expected = play(reference, program, random, runSeed, kinds);
                List<String> actual = play(fast, program, random, runSeed, kinds);
                int at = run;
                assertEquals(
                        expected,
                        actual,
                        () -> dialect + ", -Dmarmalade.seed=" + seed + " -Dmarmalade.programs=1, run " + at);
            }
        }
        System.out.println(dialect + " from -Dmarmalade.seed=" + SEED + ": " + kinds);
        for (Kind kind : Kind.values()) {
            if (PROGRAMS >= 1000 && kinds.getOrDefault(kind, 0) == 0) {
                throw new AssertionError("the programs never stopped by " + kind);
            }
        }
    }

    private enum Kind {
        HALT,
        PANIC,
        OUT_OF_GAS,
        PAGE_FAULT,
        HOST_CALL
    }

    private static Kind kind(ExitReason reason) {
        return switch (reason) {
            case ExitReason.Halt() -> Kind.HALT;
            case ExitReason.Panic() -> Kind.PANIC;
            case ExitReason.OutOfGas() -> Kind.OUT_OF_GAS;
            case ExitReason.PageFault(int address) -> Kind.PAGE_FAULT;
            case ExitReason.HostCall(long number) -> Kind.HOST_CALL;
        };
    }

    /** Runs a program and writes down all stops. */
    private static List<String> play(
            Engine engine, Program program, RandomProgram random, long seed, Map<Kind, Integer> kinds) {
        List<String> stops = new ArrayList<>();
        Random changes = new Random(seed);
        try (Machine machine = engine.newMachine(program)) {
            random.prepare(seed, machine);
            HostCallHandler handler =
                    (number, caller) -> {
                        stops.add("call " + number + describe(caller));
                        int choice = changes.nextInt(6);
                        caller.setRegister(changes.nextInt(13), changes.nextLong());
                        if (choice == 0) {
                            return new ExitReason.HostCall(number);
                        }
                        if (choice == 1) {
                            caller.setGas(changes.nextInt(40));
                        }
                        return choice == 2 && changes.nextInt(5) == 0 ? ExitReason.PANIC : null;
                    };
            for (int stop = 0; stop < STOPS; stop++) {
                ExitReason reason = machine.run(handler);
                kinds.merge(kind(reason), 1, Integer::sum);
                stops.add(reason + describe(machine) + " memory " + memoryHash(machine.memory()));
                switch (reason) {
                    case ExitReason.Halt() -> machine.setPc(machine.exitPc());
                    case ExitReason.Panic() -> {
                        if (changes.nextBoolean()) {
                            return stops;
                        }
                        machine.setPc(changes.nextInt(program.codeSize() + 1));
                        machine.setCharged(false);
                    }
                    case ExitReason.OutOfGas() -> {}
                    case ExitReason.HostCall(long number) -> {}
                    case ExitReason.PageFault(int address) ->
                            machine.memory()
                                    .setAccess(
                                            address >>> 12,
                                            1,
                                            changes.nextBoolean() ? PageAccess.WRITE : PageAccess.READ);
                }
                machine.setRegister(changes.nextInt(13), 0x1_0000 + changes.nextInt(0x1_0000));
                if (machine.gas() < 40) {
                    machine.setGas(machine.gas() + changes.nextInt(changes.nextBoolean() ? 20 : 2000));
                }
            }
        }
        return stops;
    }

    private static String describe(Machine machine) {
        StringBuilder text = new StringBuilder();
        text.append(" at ").append(machine.exitPc()).append(", pc ").append(machine.pc());
        text.append(", gas ").append(machine.gas()).append(machine.charged() ? " paid" : "");
        for (int register = 0; register < Machine.REGISTERS; register++) {
            text.append(' ').append(Long.toHexString(machine.register(register)));
        }
        return text.toString();
    }

    private static int memoryHash(GuestMemory memory) {
        int hash = (int) memory.heapTop();
        for (int page = 15; page < 34; page++) {
            hash = hash * 31 + Arrays.hashCode(memory.read((long) page << 12, GuestMemory.PAGE_SIZE));
            hash = hash * 31 + memory.access(page).ordinal();
        }
        return hash * 31 + Arrays.hashCode(memory.read(0xffff_f000L, GuestMemory.PAGE_SIZE));
    }
}
