package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;

/** The engine that transcribes the paper, one instruction at a time. */
public final class ReferenceEngine implements Engine {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Machine newMachine(Program program) {
        return new ReferenceMachine(program);
    }
}
