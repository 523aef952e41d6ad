package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.BaselineEngine;
import io.marmalade.pvm.BaselineMachine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.PagedMemory;
import io.marmalade.pvm.Program;

/** The fast interpreter: programs are decoded once, gas is taken by the block. */
public final class InterpreterEngine implements BaselineEngine {
    private final int sample;

    /** Makes one that says about once in ten thousand instructions where it is. */
    public InterpreterEngine() {
        this(InterpreterMachine.SAMPLE);
    }

    private InterpreterEngine(int sample) {
        this.sample = sample;
    }

    /**
     * Returns an engine that says more often where it is, so that what depends on it happens at
     * more places.
     *
     * @param gas between two samples in the schedule that counts instructions, 1..10,000
     */
    public static InterpreterEngine sampling(int gas) {
        if (gas < 1 || gas > InterpreterMachine.SAMPLE) {
            throw new IllegalArgumentException("gas " + gas);
        }
        return new InterpreterEngine(gas);
    }

    @Override
    public String name() {
        return "interpreter";
    }

    @Override
    public Machine newMachine(Program program) {
        return new InterpreterMachine(program, new PagedMemory(), sample);
    }

    @Override
    public BaselineMachine newMachine(Program program, MachineMemory memory) {
        return new InterpreterMachine(program, memory, sample);
    }
}
