package io.marmalade.invocation.refine;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;

import java.util.function.BooleanSupplier;

/**
 * A machine inside a refinement (𝕄): code, memory and program counter.
 *
 * <p>Invariant: {@link #pc} is what the guest knows as the program counter, 64 bits wide; the
 * machine below holds 32.
 *
 * @gp eq:pvmguest
 */
final class InnerMachine {
    private static final long MAX_PC = 0xffff_ffffL;

    private final Machine machine;
    private final long programOctets;
    private long pc;

    /**
     * @param programOctets what the program costs its host
     * @param pc any 64 bits
     */
    InnerMachine(Machine machine, long programOctets, long pc) {
        this.machine = machine;
        this.programOctets = programOctets;
        this.pc = pc;
    }

    Program program() {
        return machine.program();
    }

    GuestMemory memory() {
        return machine.memory();
    }

    long pc() {
        return pc;
    }

    /** Returns what the machine costs its host. */
    long octets() {
        return programOctets + machine.memory().mappedBytes();
    }

    /**
     * Runs until the machine stops or is stopped.
     *
     * @param gas the limit, unsigned
     * @param stop asked now and then
     * @return how it stopped, or null if {@code stop} said true
     */
    @Nullable Run run(long gas, BooleanSupplier stop) {
        // No code is as long as the widest counter: a wider one points beyond the end just the
        // same.
        boolean beyond = Long.compareUnsigned(pc, MAX_PC) > 0;
        boolean charged = machine.charged();
        machine.setPc((int) (beyond ? MAX_PC : pc));
        machine.setCharged(charged);
        machine.setGas(0);
        long reserve = gas;
        ExitReason exit;
        do {
            if (stop.getAsBoolean()) {
                return null;
            }
            // A machine that runs out of one slice stands before an instruction that it has not
            // paid for, and goes on
            // from there with the next.
            long slice =
                    Long.compareUnsigned(reserve, HostLimits.GAS_BETWEEN_ASKING) < 0
                            ? reserve
                            : HostLimits.GAS_BETWEEN_ASKING;
            reserve -= slice;
            machine.setGas(machine.gas() + slice);
            exit = machine.run();
        } while (exit instanceof ExitReason.OutOfGas && reserve != 0);
        switch (exit) {
            case ExitReason.Halt(), ExitReason.Panic() -> pc = 0;
            case ExitReason.OutOfGas() -> {
                if (!beyond) {
                    pc = Integer.toUnsignedLong(machine.pc());
                }
            }
            case ExitReason.PageFault(_), ExitReason.HostCall(_) ->
                    pc = Integer.toUnsignedLong(machine.pc());
        }
        return new Run(exit, reserve + machine.gas());
    }

    long register(int index) {
        return machine.register(index);
    }

    void setRegister(int index, long value) {
        machine.setRegister(index, value);
    }

    void close() {
        machine.close();
    }

    /**
     * How a run ended.
     *
     * @param gas what is left, unsigned
     */
    record Run(ExitReason exit, long gas) {}
}
