package io.marmalade.invocation;

import io.marmalade.base.Hash;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * What host calls do to the machine that asks: paying, answering, and moving octets. Registers,
 * addresses and lengths are unsigned 64 bits throughout.
 *
 * <p>A host call takes at most {@value #MAX_OCTETS} octets out of memory in one piece; a longer
 * range counts as not accessible.
 */
public final class Guest {
    /**
     * The most octets that are taken out of a guest's memory in one piece: what an array can hold.
     */
    public static final int MAX_OCTETS = Integer.MAX_VALUE - 8;

    /** Ends the run with a panic. */
    public static final ExitReason PANIC = ExitReason.PANIC;

    /** Ends the run for want of gas. */
    public static final ExitReason OUT_OF_GAS = ExitReason.OUT_OF_GAS;

    private static final long SERVICE_INDEX_END = 1L << 32;

    private Guest() {}

    /**
     * Takes gas from a machine; if there is too little, takes what there is.
     *
     * @param amount unsigned
     * @return whether there was enough; if not, the run must end with {@link #OUT_OF_GAS}
     */
    public static boolean pay(Machine machine, long amount) {
        long gas = machine.gas();
        if (Long.compareUnsigned(gas, amount) < 0) {
            machine.setGas(0);
            return false;
        }
        machine.setGas(gas - amount);
        return true;
    }

    /** Answers in φ₇ and goes on. */
    public static @Nullable ExitReason answer(Machine machine, long value) {
        machine.setRegister(7, value);
        return null;
    }

    /** Returns whether a host call may take these octets out of memory. */
    public static boolean isReadable(Machine machine, long address, long length) {
        return Long.compareUnsigned(length, MAX_OCTETS) <= 0
                && machine.memory().isReadable(address, length);
    }

    /** Returns a copy of a range of memory, or null if it is not readable. */
    public static byte @Nullable [] read(Machine machine, long address, long length) {
        if (!isReadable(machine, address, length)) {
            return null;
        }
        return length == 0 ? new byte[0] : machine.memory().read(address, (int) length);
    }

    /** Returns the hash at an address, or null if it is not readable. */
    public static @Nullable Hash readHash(Machine machine, long address) {
        byte[] octets = read(machine, address, Hash.SIZE);
        return octets == null ? null : Hash.of(octets);
    }

    /**
     * Ends a call that hands out a part of a value: panics unless the part's place is writable,
     * answers NONE if there is no value, else copies the part and answers the size of the whole
     * value.
     *
     * @param value what there is, or null; not changed
     * @param address where the part goes
     * @param offset where the part starts in the value; what is beyond its end is its end
     * @param length of the part at most
     */
    public static @Nullable ExitReason answerPart(
            Machine machine, byte @Nullable [] value, long address, long offset, long length) {
        int size = value == null ? 0 : value.length;
        int from = min(offset, size);
        int count = min(length, size - from);
        GuestMemory memory = machine.memory();
        if (!memory.isWritable(address, count)) {
            return PANIC;
        }
        if (value == null) {
            return answer(machine, ResultCode.NONE);
        }
        if (count > 0) {
            memory.write(address, value, from, count);
        }
        return answer(machine, size);
    }

    /** Returns whether a register holds a service index: whether it is below 2³². */
    public static boolean isServiceIndex(long register) {
        return Long.compareUnsigned(register, SERVICE_INDEX_END) < 0;
    }

    /** Returns the smaller of an unsigned number and a bound. */
    public static int min(long unsigned, int bound) {
        return Long.compareUnsigned(unsigned, bound) < 0 ? (int) unsigned : bound;
    }
}
