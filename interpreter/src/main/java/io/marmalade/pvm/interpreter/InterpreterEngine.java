package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;

/** The interpreter for every day. */
public final class InterpreterEngine implements Engine {
    @Override
    public String name() {
        return "interpreter";
    }

    @Override
    public Machine newMachine(Program program) {
        return new InterpreterMachine(program);
    }
}
