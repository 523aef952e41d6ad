package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.PagedMemory;

/**
 * The interpreter's loop. There is a class of it for each kind of memory: HotSpot compiles it for
 * the one kind that it sees, and would drop that and begin anew, for two tenths of a second, when
 * another turned up.
 *
 * <p>HotSpot leaves out of the compiled loop what no guest has done so far, and compiles it anew
 * when one does it: a process's first runs differ by a factor of two in how soon that is over.
 * Showing it every operation beforehand does not pay, because the whole loop takes it longer to
 * compile than most first runs last.
 */
abstract class RunLoop {
    /** Why the loop was left: the price of the next block is not known or cannot be paid. */
    static final int CHARGE = 0;

    /** A branch to code that was never reached. */
    static final int LINK = 1;

    /** An instruction that is not for the loop to do. */
    static final int SLOW = 2;

    static final int HOST_CALL = 3;

    /** A dynamic jump to where none has led yet. */
    static final int DYNAMIC_JUMP = 4;

    static final int PANIC = 5;

    /** Compiled code can take over. */
    static final int ENTRY = 6;

    /** The gas that the loop gets at a time: what entering and leaving cost is small beside it. */
    static final long SLICE = 10_000;

    /**
     * The same while the loop is not compiled: HotSpot counts how often it is entered. With 60
     * first runs take as long, with 1000 longer.
     */
    static final long COLD_SLICE = 250;

    /** By then HotSpot has asked for the loop's best form. */
    static final int COLD_ENTRIES = 3_000;

    /** The registers of the machine, and three more. */
    final long[] registers;

    /** The slot at which the loop was left. */
    int left;

    /** What the loop left of its slice. */
    long leftGas;

    RunLoop(long[] registers) {
        this.registers = registers;
    }

    /** Returns the loop of a machine. */
    static RunLoop of(long[] registers, MachineMemory memory) {
        return memory instanceof PagedMemory paged
                ? new PagedRunLoop(registers, paged)
                : new MachineRunLoop(registers, memory);
    }

    /**
     * Returns the gas that the loop is to get at a time; the first {@link #COLD_ENTRIES} times of a
     * class it is little. Threads may lose counts.
     */
    abstract long slice();

    /**
     * Runs. Leaves in {@link #left} the slot of what it could not do, or that of a price that it
     * could not pay, and in {@link #leftGas} the gas.
     *
     * @param slot of an instruction that is paid
     * @return why it was left
     */
    abstract int execute(DecodedCode code, int slot, long slice);

    /**
     * Returns the entry of the jump table that an address means, some negative number if it means
     * none.
     */
    static int jumpIndex(int address) {
        return Integer.rotateRight(address - 2, 1);
    }
}
