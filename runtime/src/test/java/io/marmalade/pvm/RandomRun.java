package io.marmalade.pvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Runs of random programs, written down so that engines can be compared: every stop in every
 * respect.
 */
public final class RandomRun {
    private static final int STOPS = 25;

    private RandomRun() {}

    /** Why a machine stops. */
    public enum Kind {
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

    /**
     * Runs a program and writes down all stops; after each the machine is changed and run on, alike
     * for all engines.
     *
     * @param seed decides how the machine starts and is changed
     * @param kinds counts the stops
     */
    public static List<String> play(
            Engine engine,
            Program program,
            RandomProgram random,
            long seed,
            Map<Kind, Integer> kinds) {
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
                                            changes.nextBoolean()
                                                    ? PageAccess.WRITE
                                                    : PageAccess.READ);
                }
                machine.setRegister(changes.nextInt(13), 0x1_0000 + changes.nextInt(0x1_0000));
                if (machine.gas() < 40) {
                    machine.setGas(
                            machine.gas() + changes.nextInt(changes.nextBoolean() ? 20 : 2000));
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
            hash =
                    hash * 31
                            + Arrays.hashCode(
                                    memory.read((long) page << 12, GuestMemory.PAGE_SIZE));
            hash = hash * 31 + memory.access(page).ordinal();
        }
        return hash * 31 + Arrays.hashCode(memory.read(0xffff_f000L, GuestMemory.PAGE_SIZE));
    }
}
