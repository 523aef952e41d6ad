package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.BaselineEngine;
import io.marmalade.pvm.BaselineMachine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.PagedMemory;
import io.marmalade.pvm.Program;

/** The fast interpreter: programs are decoded once, gas is taken by the block. */
public final class InterpreterEngine implements BaselineEngine {
    @Override
    public String name() {
        return "interpreter";
    }

    @Override
    public Machine newMachine(Program program) {
        return new InterpreterMachine(program, new PagedMemory());
    }

    @Override
    public BaselineMachine newMachine(Program program, MachineMemory memory) {
        return new InterpreterMachine(program, memory);
    }
}
