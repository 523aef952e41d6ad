package io.marmalade.bench.input;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import java.io.IOException;

/** A kernel that is decoded and can be run again and again, each time in a fresh instance. */
public final class KernelRun {
    private static final long GAS = 1L << 50;

    private final Kernel kernel;
    private final Engine engine;
    private final StandardProgram program;

    /**
     * Decodes a kernel.
     *
     * @param kernel what to run
     * @param version what it is linked for
     * @param engine what runs it
     * @throws IOException if it cannot be read
     */
    public KernelRun(Kernel kernel, ProtocolVersion version, Engine engine) throws IOException {
        this.kernel = kernel;
        this.engine = engine;
        program = kernel.program(version);
    }

    /**
     * Runs it to its end.
     *
     * @return its answer
     * @throws IllegalStateException if that is wrong
     */
    public long run() {
        try (Machine machine = engine.newMachine(program.program())) {
            program.load(machine, new byte[0]);
            machine.setRegister(7, kernel.argument());
            machine.setGas(GAS);
            ExitReason reason = machine.run();
            long result = machine.register(7);
            if (!(reason instanceof ExitReason.Halt) || result != kernel.answer()) {
                throw new IllegalStateException(
                        kernel.name() + " ended with " + reason + " and " + result);
            }
            return result;
        }
    }
}
