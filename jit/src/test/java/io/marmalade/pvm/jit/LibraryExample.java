package io.marmalade.pvm.jit;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.interpreter.InterpreterEngine;

/** The example of the README and of the package's documentation, compiled. */
final class LibraryExample {
    private LibraryExample() {}

    /** Runs a standard program and says what came of it. */
    static void run(byte[] blob, ProtocolVersion version, byte[] arguments) {
        // begin
        StandardProgram program = StandardProgram.decode(blob, version).orElseThrow();
        Engine engine = JitEngine.tiered(new InterpreterEngine()); // one for all programs
        try (Machine machine = engine.newMachine(program.program())) {
            program.load(machine, arguments);
            machine.setGas(1_000_000);
            ExitReason end = machine.run((number, caller) -> ExitReason.PANIC); // no host calls
            System.out.println(end + " with " + machine.register(7));
        }
        // end
    }
}
