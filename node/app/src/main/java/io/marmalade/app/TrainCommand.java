package io.marmalade.app;

import io.marmalade.bench.input.GuestRun;
import io.marmalade.bench.input.Kernel;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.jit.JitEngine;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Does for a few seconds what a node does: guests of both versions on the engines, then a short
 * chain. The launcher has its start-up cache record which classes and methods that takes, and how
 * they are used, so that a node's first blocks are quick.
 */
@Command(
        name = "train",
        hidden = true,
        description = "Does what a node does, for the launcher's start-up cache to be recorded.")
final class TrainCommand implements Callable<Integer> {
    private static final String BLOCKS = "36";

    @Override
    public Integer call() throws IOException {
        InterpreterEngine interpreter = new InterpreterEngine();
        for (Engine engine : List.of(interpreter, JitEngine.impatient(interpreter))) {
            for (ProtocolVersion version : ProtocolVersion.values()) {
                for (Kernel kernel : Kernel.ALL) {
                    new GuestRun(kernel, version, engine).run();
                }
            }
        }
        return Main.run("-q", "dev", "--fast", "--blocks", BLOCKS);
    }
}
