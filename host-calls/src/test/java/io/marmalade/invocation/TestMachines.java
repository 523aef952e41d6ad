package io.marmalade.invocation;

import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

/** Machines that host calls are tried on, with memory of every kind of access. */
public final class TestMachines {
    /** Where two pages start that can be read only. */
    public static final long READABLE = 0x20000;

    /**
     * Where four pages start that can be written; what is before and behind them is not accessible.
     */
    public static final long WRITABLE = 0x30000;

    /** How many octets can be written. */
    public static final int WRITABLE_SIZE = 4 * GuestMemory.PAGE_SIZE;

    /** Where nothing is accessible. */
    public static final long NOWHERE = 0x50000;

    /** Beyond all memory. */
    public static final long BEYOND = 1L << 32;

    private TestMachines() {}

    /** Returns the blob of a program that panics. */
    public static byte[] trap() {
        return new TestAssembler().trap().blob();
    }

    /**
     * Returns a machine with much gas whose readable pages hold 1, 2, 3, … and whose writable ones
     * hold 0xee.
     */
    public static Machine machine(ProtocolVersion version) {
        Program program = Program.decode(trap(), version).orElseThrow();
        Machine machine = new InterpreterEngine().newMachine(program);
        GuestMemory memory = machine.memory();
        memory.reset((int) (READABLE >>> 12), 2, PageAccess.WRITE);
        for (int i = 0; i < 2 * GuestMemory.PAGE_SIZE; i++) {
            memory.write(READABLE + i, new byte[] {(byte) (i + 1)});
        }
        memory.setAccess((int) (READABLE >>> 12), 2, PageAccess.READ);
        memory.reset((int) (WRITABLE >>> 12), 4, PageAccess.WRITE);
        byte[] filled = new byte[WRITABLE_SIZE];
        java.util.Arrays.fill(filled, (byte) 0xee);
        memory.write(WRITABLE, filled);
        machine.setGas(1_000_000_000L);
        return machine;
    }

    /** Sets registers from φ₇ on. */
    public static void arguments(Machine machine, long... values) {
        for (int i = 0; i < values.length; i++) {
            machine.setRegister(7 + i, values[i]);
        }
    }
}
