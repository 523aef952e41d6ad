package io.marmalade.invocation.accumulate;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PagedMemory;
import io.marmalade.pvm.Program;

/** Registers, memory and gas without a program. */
final class FakeMachine implements Machine {
    private final long[] registers = new long[REGISTERS];
    private final PagedMemory memory = new PagedMemory();
    private long gas;

    @Override
    public Program program() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long register(int index) {
        return registers[index];
    }

    @Override
    public void setRegister(int index, long value) {
        registers[index] = value;
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }

    @Override
    public long gas() {
        return gas;
    }

    @Override
    public void setGas(long gas) {
        this.gas = gas;
    }

    @Override
    public int pc() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setPc(int pc) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int exitPc() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean charged() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setCharged(boolean charged) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExitReason run(HostCallHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
