package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.Machine;
import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.Program;

/** What both machines keep: registers, memory, program counter and gas. */
abstract class InterpretedMachine implements Machine {
    final Program program;
    final MachineMemory memory;

    /** The registers, and three more so that any index of four bits is one. */
    final long[] registers = new long[16];

    long gas;
    int pc;
    int exitPc;
    boolean charged;

    InterpretedMachine(Program program, MachineMemory memory) {
        this.program = program;
        this.memory = memory;
    }

    @Override
    public final Program program() {
        return program;
    }

    @Override
    public final long register(int index) {
        checkRegister(index);
        return registers[index];
    }

    @Override
    public final void setRegister(int index, long value) {
        checkRegister(index);
        registers[index] = value;
    }

    private static void checkRegister(int index) {
        if (index < 0 || index >= REGISTERS) {
            throw new IndexOutOfBoundsException("register " + index);
        }
    }

    @Override
    public final MachineMemory memory() {
        return memory;
    }

    @Override
    public final long gas() {
        return gas;
    }

    @Override
    public final void setGas(long gas) {
        if (gas < 0) {
            throw new IllegalArgumentException("gas " + gas);
        }
        this.gas = gas;
    }

    @Override
    public final int pc() {
        return pc;
    }

    @Override
    public final int exitPc() {
        return exitPc;
    }

    @Override
    public final void setPc(int pc) {
        this.pc = pc;
    }

    @Override
    public final boolean charged() {
        return charged;
    }

    @Override
    public final void setCharged(boolean charged) {
        this.charged = charged;
    }

    @Override
    public void close() {}
}
